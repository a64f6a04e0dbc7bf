"""What the trackers find in a picture; the centre of its first pixel is at (0.5, 0.5) px.

Names and orders are MediaPipe's (Apache-2.0): 478 face points, 33 of the body, 21 of a hand.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np


class BodyPoint(IntEnum):
    """The points of the body that are used here, by the person's own sides."""

    NOSE = 0
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_HIP = 23
    RIGHT_HIP = 24


@dataclass(frozen=True, slots=True)
class FaceBox:
    """A face as the detector sees it.

    left_px, top_px, width_px, height_px: the box; score in [0, 1]
    points (6, 2) px: right eye, left eye, nose, mouth, right ear, left ear (the person's sides)
    """

    left_px: float
    top_px: float
    width_px: float
    height_px: float
    score: float
    points: np.ndarray


@dataclass(frozen=True, slots=True)
class FaceLandmarks:
    """points (478, 3) float32 px, z away from the viewer in the scale of x; score in [0, 1]."""

    points: np.ndarray
    score: float

    @property
    def inter_ocular_px(self) -> float:
        """Distance of the two irises."""
        return float(np.linalg.norm(self.points[468, :2] - self.points[473, :2]))


@dataclass(frozen=True, slots=True)
class BodyLandmarks:
    """points (33, 3) float32 px, visibility (33,) in [0, 1], world (33, 3) metres from the hips,
    x to the right of the picture, y down, z away from the viewer; score in [0, 1]."""

    points: np.ndarray
    visibility: np.ndarray
    world: np.ndarray
    score: float


@dataclass(frozen=True, slots=True)
class HandLandmarks:
    """points (21, 3) float32 px; left: the person's left hand; score in [0, 1]."""

    points: np.ndarray
    left: bool
    score: float
