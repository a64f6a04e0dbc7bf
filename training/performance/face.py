"""The face of a performance: mouth, brows, lids, smile, gaze and head of a stretch of speech."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class FacePerformance:
    """What the face does, one row per video frame (sampled at the frame's centre).

    face: (T, 52) float32 in the order of motion_space: actions in [0, 1], head rotation (radians
        yaw, pitch, roll), head translation (metres), gaze in the world (radians yaw, pitch)
    closed: (T,) float32 in [0, 1], 1 where the lips touch
    nods_s, turns_s, raises_s: start times of the head's nods and turns (or tilts) on accents, and
        of the brows' raises, each in order; an accent may have any of them or none
    """

    face: np.ndarray
    closed: np.ndarray
    nods_s: np.ndarray
    turns_s: np.ndarray
    raises_s: np.ndarray
