"""Pictures of people who do not exist, and what MediaPipe itself finds in them.

The references were recorded with mediapipe 0.10.21 (FaceMesh with refinement, Pose of complexity 1,
Hands of complexity 1, SelfieSegmentation 0), video mode for face and hands until they settled.
"""

from functools import cache
from pathlib import Path

import cv2
import numpy as np

from pipeline.portrait.trackers import Trackers

DATA = Path(__file__).parents[2] / "data" / "trackers"
NAMES = ("amara", "maya", "raised_hands")


@cache
def trackers() -> Trackers:
    return Trackers.load(threads=1)


@cache
def picture(name: str) -> np.ndarray:
    read = cv2.imread(str(DATA / f"{name}.jpg"))
    assert read is not None
    return np.ascontiguousarray(read[..., ::-1])


@cache
def reference(name: str, part: str) -> np.ndarray:
    with np.load(DATA / "references.npz") as file:
        return file[f"{name}_{part}"]


def apart_px(points: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Distances (N,) of points (N, 2 or more) in the picture."""
    return np.linalg.norm(points[:, :2] - others[:, :2], axis=1)


def turned(pixels: np.ndarray, angle_deg: float) -> tuple[np.ndarray, np.ndarray]:
    """A picture turned about its middle on a square that holds it all; matrix (2, 3) of points."""
    height, width = pixels.shape[:2]
    side = int(np.hypot(height, width)) + 1
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle_deg, 1)
    matrix[:, 2] += [side / 2 - width / 2, side / 2 - height / 2]
    shifted = matrix.copy()
    shifted[:, 2] += matrix[:, :2] @ [0.5, 0.5] - 0.5
    grey = (110, 110, 110)
    return cv2.warpAffine(pixels, shifted, (side, side), borderValue=grey), matrix
