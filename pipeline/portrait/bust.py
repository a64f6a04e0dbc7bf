"""The usual outline of a clothed person under a head, for continuing a picture that ends early."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np

from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.rest_pose import resting_joint_rotation
from pipeline.source_view import vertex_normals
from pipeline.template import EYE_JOINTS, SourcePose, Template, load_template

CAMERA_DISTANCE_M = 1.6
# Clothes stand off the body.
CLOTH_M = 0.014
# A crew neck: an ellipse about the root of the neck, half axes in distances of the eyes.
NECKLINE_EYES = (0.95, 0.55)
NECK_ROOT = "neck01"
LIGHT = np.array([-0.3, 0.5, 0.81], np.float32)
DARKEST, BRIGHTEST = 0.6, 1.1
# Beside the outline, where little of it is left, clothes have this shade.
USUAL_SHADE, LITTLE = 0.95, 0.1
SOFT_EYES = 0.3


@dataclass(frozen=True, slots=True)
class Bust:
    """person, neck (768, 512) bool: the whole outline, and above the neckline; shade (768, 512)
    float32: light on the clothes, about 1."""

    person: np.ndarray
    neck: np.ndarray
    shade: np.ndarray


def draw_bust(eyes_centre: np.ndarray, eyes_px: float) -> Bust:
    """The template's mean person, upright and frontal; eyes_centre (2,), eyes_px: their place."""
    vertices, triangles, shade, eyes, neck = _resting_person()
    scale = eyes_px / np.linalg.norm(eyes[0] - eyes[1])
    between = eyes.mean(0)
    nearness = (CAMERA_DISTANCE_M - between[2]) / (CAMERA_DISTANCE_M - vertices[:, 2:])
    offset = (vertices[:, :2] - between[:2]) * nearness * np.array([1, -1])
    corners = np.round(offset * scale + eyes_centre).astype(np.int32)[triangles]
    drawn = np.zeros((FRAME_HEIGHT_PX, FRAME_WIDTH_PX), np.uint8)
    for corner, light in zip(corners, shade.tolist(), strict=True):
        cv2.fillConvexPoly(drawn, corner, light)
    width = 2 * round(CLOTH_M * scale) + 1
    drawn = cv2.dilate(drawn, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width)))
    root = (neck[:2] - between[:2]) * (1, -1) * scale + eyes_centre
    above = np.zeros_like(drawn)
    axes = (round(NECKLINE_EYES[0] * eyes_px), round(NECKLINE_EYES[1] * eyes_px))
    cv2.ellipse(above, (round(root[0]), round(root[1])), axes, 0, 0, 360, 255, -1)
    above[: max(round(root[1]), 0)] = 255
    person = drawn > 0
    light = cv2.GaussianBlur(drawn.astype(np.float32), (0, 0), SOFT_EYES * eyes_px)
    covered = cv2.GaussianBlur(person.astype(np.float32), (0, 0), SOFT_EYES * eyes_px)
    shade = (light / 200 + LITTLE * USUAL_SHADE) / (covered + LITTLE)
    return Bust(person, (above > 0) & person, shade)


@cache
def _resting_person():
    """Vertices (V, 3), triangles far ones first, their light 1..255, eyes (2, 3), neck (3,)."""
    model = load_template()
    identity = np.zeros(len(model.identity_names), np.float32)
    rest = resting_joint_rotation(model.skeleton(identity))
    none = np.zeros(52, np.float32), np.zeros(3, np.float32), np.zeros((2, 2), np.float32)
    geometry = Template(model, identity, SourcePose(*none, rest), rest).source_geometry()
    vertices = geometry.vertices
    normals = vertex_normals(vertices, model.triangles)[model.triangles].mean(1)
    front = normals[:, 2] > 0
    light = DARKEST + (BRIGHTEST - DARKEST) * np.clip(normals @ LIGHT, 0, 1)
    order = np.argsort(vertices[model.triangles].mean(1)[:, 2])
    order = order[front[order]]
    shade = np.clip(light * 200, 1, 255).astype(int)
    joints = [model.joint_names.index(name) for name in (*EYE_JOINTS, NECK_ROOT)]
    eyes_and_neck = geometry.positions[joints]
    return vertices, model.triangles[order], shade[order], eyes_and_neck[:2], eyes_and_neck[2]
