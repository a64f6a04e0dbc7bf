"""A ball of skin in a collar of cloth, as a scene for styles: no OpenGL needed."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from pipeline.camera_model import CameraModel
from training.people.character import Kind
from training.people.label import Label
from training.people.look import Look
from training.people.styles.scene import Scene
from training.people.surfaces import KINDS, Surfaces

SCALE, WIDTH, HEIGHT = 1, 512, 768
CENTRE, RADIUS_PX, METRES_PER_PX = (256.0, 300.0), 150.0, 0.0008
COLLAR_ROW, EYES, EYE_PX = 450, ((306.0, 270.0), (206.0, 270.0)), 9.0
SKIN, CLOTH = (0.55, 0.30, 0.20), (0.05, 0.10, 0.40)


def ball() -> Scene:
    """Lit from the person's right (the picture's left); the wall behind is grey."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32) + 0.5
    x, y = (columns - CENTRE[0]) / RADIUS_PX, (CENTRE[1] - rows) / RADIUS_PX
    head = x**2 + y**2 < 1
    cloth = (rows > COLLAR_ROW) & (np.abs(columns - CENTRE[0]) < 200)
    skin = head & ~cloth
    eye = np.zeros_like(head)
    for left, top in EYES:
        eye |= np.hypot(columns - left, rows - top) < EYE_PX
    z = np.sqrt(np.clip(1 - x**2 - y**2, 0, 1))
    normal = np.where(skin[..., None], np.stack([x, y, z], -1), [0.0, 0.0, 1.0])
    there = skin | cloth
    normal = np.where(there[..., None], normal, 0).astype(np.float32)
    kind = np.where(cloth, Kind.CLOTH, np.where(eye, Kind.EYE, np.where(skin, Kind.SKIN, 0)))
    depth = np.where(there, 1.2 - np.where(cloth, 0, z) * RADIUS_PX * METRES_PER_PX, 0)
    light = np.clip(normal @ np.array([-0.6, 0.3, 0.74]), 0, 1) * 0.6 + 0.1
    light = np.repeat(np.where(there, light, 0)[..., None], 3, -1).astype(np.float32)
    albedo = np.where(cloth[..., None], CLOTH, SKIN) * there[..., None]
    albedo = np.where(eye[..., None], 0.02, albedo).astype(np.float32)
    cover = np.eye(KINDS, dtype=np.float32)[kind]
    surfaces = Surfaces(
        cover, albedo, normal, depth.astype(np.float32), light, np.zeros_like(light)
    )
    label = np.where(cloth, Label.CLOTH, np.where(eye, Label.LEFT_EYE, Label.FACE))
    truth: Any = SimpleNamespace(
        label=np.where(there, label, Label.NONE).astype(np.uint8),
        normal=normal * np.array([1, -1, -1], np.float32),
        landmarks=SimpleNamespace(pixel=_landmarks()),
    )
    camera = CameraModel(
        1.0 / METRES_PER_PX * 1.2, np.array([256.0, 384.0]), np.diag([1.0, -1.0, -1.0]), np.zeros(3)
    )
    wall = np.full((HEIGHT, WIDTH, 3), 0.3, np.float32)
    return Scene(surfaces, truth, camera, wall, Look())


def _landmarks() -> np.ndarray:
    """(478, 2) px: everything in the middle of the face but the eyes and the cheeks."""
    points = np.tile([256.0, 330.0], (478, 1))
    points[468], points[473] = EYES[1], EYES[0]
    points[[50, 280]] = (190.0, 330.0), (322.0, 330.0)
    return points
