"""The template's vertices and the 478 landmarks of a rendered person, seen by a camera."""

from dataclasses import dataclass

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.portrait.landmark_model import IRIS
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.template import FOLDER, Part, load_template
from training.people.character import Character, Kind
from training.people.label import Label
from training.people.pose import PosedCharacter
from training.people.tracked_place import tracked_place

LANDMARKS = 478
TOLERANCE_M = 0.002
# A steep surface's plane says nothing about depths further away than this.
REACH_M = 0.006


@dataclass(frozen=True, slots=True)
class SeenPoints:
    """Points in one picture.

    pixel: (P, 2) float32, centre of the first pixel at (0.5, 0.5); may lie outside the picture
    depth_m: (P,) float32 along the camera's axis
    visible: (P,) bool: in the picture, facing the camera, nothing before it (but brows, lashes
        and beards)
    """

    pixel: np.ndarray
    depth_m: np.ndarray
    visible: np.ndarray


def template_rows(character: Character) -> np.ndarray:
    """Vertex of the character (V,) int32 for each of the template's: body, teeth, tongue.

    A body that is the template itself has them in its own order.
    Raises ValueError where the character's teeth or tongue are not the template's.
    """
    model = load_template()
    if len(character.body.rest) == len(model.rest_vertices):
        return np.arange(len(model.rest_vertices), dtype=np.int32)
    with np.load(FOLDER / "template.npz") as file:
        rows = [file["base_index"].astype(np.int32)]
    for kind, regions in (
        (Kind.TEETH, (Part.UPPER_TEETH, Part.LOWER_TEETH)),
        (Kind.TONGUE, (Part.TONGUE,)),
    ):
        count = len(np.unique(model.triangles[np.isin(model.part, regions)]))
        part = next((part for part in character.parts if part.kind == kind), None)
        used = part.source if part else np.zeros(0, np.int32)
        if len(np.unique(used)) != count or np.ptp(used) != count - 1:
            raise ValueError(f"The {kind.name.lower()} of this character are not the template's.")
        rows.append(np.arange(used.min(), used.min() + count, dtype=np.int32))
    return np.concatenate(rows)


def landmarks(
    posed: PosedCharacter, rows: np.ndarray, iris_radius_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """Positions (478, 3) metres and unit normals (478, 3) of the face mesh's points.

    The first 468 lie on the surface where a tracker sees them; then the right and the left iris:
    its centre on the eyeball and four points of its rim.
    """
    place = tracked_place()
    corner, weight = rows[place.corners], place.weights[..., None]
    position, normal = np.zeros((2, LANDMARKS, 3))
    position[: len(corner)] = (posed.vertices[corner] * weight).sum(1)
    normal[: len(corner)] = (posed.normals[corner] * weight).sum(1)
    normal[: len(corner)] /= np.linalg.norm(normal[: len(corner)], axis=1, keepdims=True)
    radius = posed.character.eye_radius_m
    for points, centre, gaze in zip(IRIS, posed.eye_centre, posed.gaze, strict=True):
        right = np.cross(posed.head_rotation[:, 1], gaze)
        right /= np.linalg.norm(right)
        up = np.cross(gaze, right)
        rim = iris_radius_m * np.stack([right, up, -right, -up])
        height = np.sqrt(radius**2 - iris_radius_m**2)
        position[points[0]] = centre + radius * gaze
        position[list(points[1:])] = centre + height * gaze + rim
        normal[list(points)] = gaze
    return position, normal


def see(
    points: np.ndarray,
    normals: np.ndarray,
    camera: CameraModel,
    depth_m: np.ndarray,
    label: np.ndarray,
) -> SeenPoints:
    """Project points (P, 3) of a surface with unit normals (P, 3), template axes, and test them
    against the maps depth_m and label (768, 512) of the same picture."""
    pixel, depth = camera.project(points)
    size = np.array([FRAME_WIDTH_PX, FRAME_HEIGHT_PX])
    inside = (depth > 0) & (pixel >= 0).all(1) & (pixel < size).all(1)
    texel = np.clip(np.floor(pixel), 0, size - 1).astype(int)
    place = camera.rotation @ points.T + camera.translation[:, None]
    plane = camera.rotation @ normals.T
    facing = (plane * place).sum(0)
    # The point's own plane at the pixel's centre, so that steep surfaces do not hide themselves.
    ray = np.ones((3, len(points)))
    ray[:2] = ((texel + 0.5 - camera.centre_px) / camera.focal_px).T
    along = (plane * ray).sum(0)
    expected = np.where(np.abs(along) > 1e-9, facing / np.where(along, along, 1), depth)
    expected = np.clip(expected, depth - REACH_M, depth + REACH_M)
    column, row = texel.T
    thin = np.isin(label, (Label.BROW, Label.LASH, Label.BEARD))
    before = np.where(thin, np.inf, depth_m)[row, column]
    visible = inside & (facing < 0) & (before > expected - TOLERANCE_M)
    return SeenPoints(pixel.astype(np.float32), depth.astype(np.float32), visible)
