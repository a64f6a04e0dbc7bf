"""Raised hands of a clip: where the wrists are, as poses that the arms of the template can take."""

from collections.abc import Sequence

import numpy as np

from pipeline.hand_pose import NOMINAL_ARM_M, REST, Slot
from pipeline.portrait.clip_timeline import Timeline, presence
from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint
from pipeline.portrait.track_smoothing import smooth_track

LEAST_VISIBILITY = 0.7
# Hands come from below the picture, quickly.
EASE_S = 0.25
SLOW_HZ, QUICK_HZ = 3.0, 9.0
# Shoulder, elbow, wrist; and the sign of "away from the body" along x to the picture's right.
SIDES = (
    (BodyPoint.LEFT_SHOULDER, BodyPoint.LEFT_ELBOW, BodyPoint.LEFT_WRIST, 1.0),
    (BodyPoint.RIGHT_SHOULDER, BodyPoint.RIGHT_ELBOW, BodyPoint.RIGHT_WRIST, -1.0),
)
LEAST_ARM_M = 0.2


def hand_poses(bodies: Sequence[BodyLandmarks | None], timeline: Timeline) -> np.ndarray:
    """(N, 2, POSE_SIZE) of the left and the right hand; resting where it is not seen.

    Only the place of the wrist is measured; palm and fingers stay relaxed.
    """
    poses = np.tile(REST, (timeline.frame_count, 2, 1))
    for hand, points in enumerate(SIDES):
        places, seen = _wrist_places(bodies, points)
        if seen.sum() < 3:
            continue
        along, known = timeline.resampled(places, seen)
        along = smooth_track(along, known, SLOW_HZ, QUICK_HZ)
        share = presence(known, EASE_S)[:, None]
        poses[:, hand, : Slot.SWIVEL] += share * (along - REST[: Slot.SWIVEL])
    return poses


def _wrist_places(
    bodies: Sequence[BodyLandmarks | None], points: tuple[int, int, int, float]
) -> tuple[np.ndarray, np.ndarray]:
    """(T, 3) lateral, up and forward of the shoulder for a nominal arm, and (T,) bool."""
    shoulder, elbow, wrist, away = points
    places, seen = np.zeros((len(bodies), 3)), np.zeros(len(bodies), bool)
    lengths = np.full(len(bodies), np.nan)
    for index, body in enumerate(bodies):
        if body is None or body.visibility[[shoulder, elbow, wrist]].min() < LEAST_VISIBILITY:
            continue
        upper = body.world[elbow] - body.world[shoulder]
        fore = body.world[wrist] - body.world[elbow]
        lengths[index] = np.linalg.norm(upper) + np.linalg.norm(fore)
        places[index] = (upper + fore) * (away, -1.0, -1.0)
        seen[index] = True
    if seen.any():
        places *= NOMINAL_ARM_M / max(float(np.nanmedian(lengths)), LEAST_ARM_M)
    return places, seen
