"""The portrait camera: where it stands, and its matrices for OpenGL."""

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX

PICTURE_HEIGHT_MM = 36.0
# What is nearer or further away is not drawn.
NEAR_M, FAR_M = 0.3, 8.0


def portrait_camera(
    target: np.ndarray, span_m: float, lens_mm: float = 75.0, pitch_rad: float = 0.03
) -> CameraModel:
    """Look at `target` (3,) so that the picture's height covers `span_m` there.

    lens_mm: focal length on 36 mm of picture height; pitch_rad: > 0 looks slightly down.
    """
    focal_px = lens_mm / PICTURE_HEIGHT_MM * FRAME_HEIGHT_PX
    distance_m = focal_px * span_m / FRAME_HEIGHT_PX
    s, c = np.sin(pitch_rad), np.cos(pitch_rad)
    backward = np.array([0.0, s, c])
    rotation = np.stack([[1.0, 0.0, 0.0], [0.0, -c, s], -backward])
    position = np.asarray(target) + distance_m * backward
    centre = np.array([FRAME_WIDTH_PX / 2, FRAME_HEIGHT_PX / 2])
    return CameraModel(focal_px, centre, rotation, -rotation @ position)


def lens_position(camera: CameraModel) -> np.ndarray:
    """(3,) of the lens in template axes."""
    return -camera.rotation.T @ camera.translation


def camera_from_world(camera: CameraModel) -> np.ndarray:
    """(4, 4) template metres -> OpenCV camera metres."""
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = camera.rotation, camera.translation
    return pose


def clip_from_world(
    camera: CameraModel, near_m: float = NEAR_M, far_m: float = FAR_M
) -> np.ndarray:
    """(4, 4) for OpenGL, whose clip space is y up; pixel edges map to -1 and 1."""
    f, (cx, cy) = camera.focal_px, camera.centre_px
    w, h, depth = FRAME_WIDTH_PX, FRAME_HEIGHT_PX, far_m - near_m
    lens = np.array(
        [
            [2 * f / w, 0, 2 * cx / w - 1, 0],
            [0, -2 * f / h, 1 - 2 * cy / h, 0],
            [0, 0, (far_m + near_m) / depth, -2 * far_m * near_m / depth],
            [0, 0, 1, 0],
        ]
    )
    return lens @ camera_from_world(camera)
