"""A small avatar made from the template alone, for tests of the picture stages."""

import cv2
import numpy as np

from pipeline.avatar import Avatar, Light
from pipeline.camera_model import CameraModel
from pipeline.names import ACTION_INDEX, IMPLICIT_SIZE
from pipeline.rasterizer import rasterize
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.rest_pose import resting_joint_rotation
from pipeline.source_view import vertex_normals
from pipeline.stream_types import BodyFrame, FaceFrame, State
from pipeline.template import Part, SourcePose, Template, TemplateModel, load_template

COLOURS = {
    Part.HEAD: (0.85, 0.65, 0.55), Part.TORSO: (0.3, 0.4, 0.6), Part.UPPER_ARM: (0.3, 0.4, 0.6),
    Part.FOREARM: (0.3, 0.4, 0.6), Part.HAND: (0.85, 0.65, 0.55), Part.EYE: (0.9, 0.9, 0.9),
    Part.CAVITY: (0.3, 0.1, 0.1), Part.UPPER_TEETH: (0.9, 0.86, 0.76),
    Part.LOWER_TEETH: (0.9, 0.86, 0.76), Part.TONGUE: (0.6, 0.25, 0.25),
}  # fmt: skip


def face_frame(
    actions: dict[str, float] | None = None,
    head_rotation: tuple[float, float, float] = (0, 0, 0),
    gaze: tuple[float, float] = (0, 0),
    frame: int = 0,
) -> FaceFrame:
    """A face with some actions set; angles in radians."""
    values = np.zeros(52, np.float32)
    for name, value in (actions or {}).items():
        values[ACTION_INDEX[name]] = value
    return FaceFrame(
        frame, values, np.array(head_rotation, np.float32), np.zeros(3, np.float32),
        np.tile(np.array(gaze, np.float32), (2, 1)), np.zeros(15, np.float32), State.SPEAKING,
    )  # fmt: skip


def resting_body(model: TemplateModel, identity: np.ndarray, frame: int = 0) -> BodyFrame:
    """Arms hanging."""
    rotation = resting_joint_rotation(model.skeleton(identity))
    return BodyFrame(frame, rotation, np.zeros(IMPLICIT_SIZE, np.float32))


def portrait_camera() -> CameraModel:
    return CameraModel(
        1600.0, np.array([256.0, 384.0], np.float32), np.diag([1.0, -1.0, -1.0]).astype(np.float32),
        np.array([0, -0.14, 1.5], np.float32),
    )  # fmt: skip


def make_avatar(folder, actions: dict[str, float] | None = None) -> tuple[Avatar, Template]:
    """The mean person, plainly shaded, in front of a striped wall; actions: its expression."""
    model = load_template()
    identity = np.zeros(len(model.identity_names), np.float32)
    rest = resting_joint_rotation(model.skeleton(identity))
    source = SourcePose(
        face_frame(actions).actions, np.zeros(3, np.float32), np.zeros((2, 2), np.float32), rest
    )
    template, camera = Template(model, identity, source, rest), portrait_camera()
    vertices = template.source_geometry().vertices
    points, depth = camera.project(vertices)
    raster = rasterize(points, depth, model.triangles, FRAME_WIDTH_PX, FRAME_HEIGHT_PX)
    palette = np.zeros((len(Part), 3), np.float32)
    for part, colour in COLOURS.items():
        palette[part] = colour
    normals = raster.interpolate(model.triangles, vertex_normals(vertices, model.triangles))
    shade = 0.4 + 0.6 * np.clip(normals @ np.array([0.3, 0.4, 0.87]), 0, 1)[..., None]
    person = palette[model.part[np.maximum(raster.triangle, 0)]] * shade
    matte = cv2.GaussianBlur(raster.covered.astype(np.float32), (0, 0), 0.7)
    stripes = np.where(np.arange(FRAME_WIDTH_PX) // 32 % 2, 0.7, 0.5).astype(np.float32)
    wall = np.broadcast_to(stripes[None, :, None], (FRAME_HEIGHT_PX, FRAME_WIDTH_PX, 3))
    portrait = person * matte[..., None] + wall * (1 - matte[..., None])
    as_bytes = [np.round(np.clip(x, 0, 1) * 255).astype(np.uint8) for x in (portrait, matte, wall)]
    light = Light(*(np.array(v, np.float32) for v in ((0.4, 0.5, 0.77), [0.7] * 3, [0.3] * 3)))
    avatar = Avatar(
        "test", "Test", folder, *as_bytes, np.zeros(portrait.shape[:2], np.uint8), identity,
        np.zeros_like(model.rest_vertices), source, camera,
        np.array(COLOURS[Part.HEAD], np.float32), np.array(COLOURS[Part.TORSO], np.float32),
        True, light,
    )  # fmt: skip
    return avatar, template


def parts_of_vertices(model: TemplateModel) -> np.ndarray:
    """Part id (V,) of each vertex; where parts meet, the higher id."""
    parts = np.zeros(len(model.rest_vertices), np.uint8)
    for column in range(3):
        np.maximum.at(parts, model.triangles[:, column], model.part)
    return parts
