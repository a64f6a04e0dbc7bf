"""Eyes that keep looking where they look while the head moves."""

import math

import numpy as np

LARGEST_EYE_YAW = math.radians(28.0)
LARGEST_EYE_PITCH = math.radians(20.0)


def eyes_in_head(gaze_world: np.ndarray, head_rotation: np.ndarray) -> np.ndarray:
    """Vestibulo-ocular reflex: eye rotation in the head that keeps a gaze in the world.

    gaze_world: (2,) radians yaw, pitch, 0 = the viewer; head_rotation: (3,) radians yaw, pitch,
    roll as in FaceFrame. Returns (2, 2) float32 for FaceFrame.gaze, both eyes alike (the portrait
    already converges on the viewer), within the reach of the eyes.
    """
    yaw, pitch = float(gaze_world[0]), float(gaze_world[1])
    x, y, z = math.sin(yaw) * math.cos(pitch), -math.sin(pitch), math.cos(yaw) * math.cos(pitch)
    head_yaw, head_pitch, head_roll = (float(angle) for angle in head_rotation)
    # Inverse of Ry(yaw) Rx(pitch) Rz(-roll).
    c, s = math.cos(head_yaw), math.sin(head_yaw)
    x, z = c * x - s * z, s * x + c * z
    c, s = math.cos(head_pitch), math.sin(head_pitch)
    y, z = c * y + s * z, c * z - s * y
    c, s = math.cos(head_roll), math.sin(head_roll)
    x, y = c * x - s * y, s * x + c * y
    eye_yaw = min(max(math.atan2(x, z), -LARGEST_EYE_YAW), LARGEST_EYE_YAW)
    eye_pitch = min(max(math.atan2(-y, math.hypot(x, z)), -LARGEST_EYE_PITCH), LARGEST_EYE_PITCH)
    return np.array([[eye_yaw, eye_pitch]] * 2, dtype=np.float32)
