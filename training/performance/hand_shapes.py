"""Shapes of the hand that gestures use, in the layout of hand_pose.Slot."""

import numpy as np

from pipeline.hand_pose import POSE_SIZE, REST, Slot

_Finger = tuple[float, float, float]
_STRAIGHT: _Finger = (2, 5, 3)
_CLOSED: _Finger = (66, 74, 42)
_LAST_CLOSED: _Finger = (68, 72, 40)
_AT_REST: _Finger = (24, 26, 15)

# Five fingers from the thumb to the little one, three joints from the knuckle outwards, degrees;
# then the spread between neighbours.
_SHAPES: dict[str, tuple[tuple[_Finger, _Finger, _Finger, _Finger, _Finger], float]] = {
    "open": (((-6, 0, 0), (0, 4, 2), (2, 5, 3), (4, 6, 4), (6, 7, 4)), 2.5),
    "flat": (((4, 4, 4), (6, 5, 3), (6, 5, 3), (7, 5, 3), (8, 6, 3)), -7.0),
    "cup": (((4, 6, 6), (22, 14, 8), (24, 16, 9), (26, 17, 9), (26, 18, 10)), 1.0),
    "pinch": (((26, 16, 14), (46, 40, 22), (30, 30, 18), (24, 26, 15), (18, 22, 12)), 0.5),
    "ring": (((24, 20, 22), (48, 46, 26), (14, 14, 8), (8, 9, 5), (5, 7, 4)), 3.0),
    "fist": (((22, 32, 34), (62, 72, 42), (66, 74, 42), (68, 74, 42), (68, 72, 40)), -4.5),
    "loose fist": (((16, 20, 18), (42, 50, 28), (46, 54, 30), (50, 56, 30), (52, 56, 30)), -4.0),
    "point": (((22, 34, 32), (2, 6, 3), (62, 72, 42), (68, 74, 42), (68, 72, 40)), -4.5),
    "two fingers": (((26, 34, 32), _STRAIGHT, (4, 6, 3), _CLOSED, _LAST_CLOSED), 2.0),
    "three fingers": (((-4, 2, 2), _STRAIGHT, (4, 6, 3), (60, 66, 38), _LAST_CLOSED), 2.5),
    "three pads": (((24, 14, 14), (42, 34, 20), (42, 36, 20), (28, 30, 17), (24, 28, 16)), -3.0),
    "thumb out": (((-12, -4, -2), (54, 64, 38), (58, 66, 38), (60, 66, 38), (60, 64, 36)), -4.5),
    "claw": (((6, 16, 16), (18, 34, 22), (18, 36, 22), (20, 36, 22), (22, 36, 20)), 5.0),
    "bridge": (((8, 8, 6), (38, 10, 6), (40, 10, 6), (42, 11, 6), (42, 12, 6)), -4.0),
    "offering": (((-8, 2, 2), (4, 8, 5), (9, 12, 7), (14, 16, 9), (18, 18, 10)), 1.5),
    "spread": (((-11, -2, -2), (-2, 3, 2), (0, 4, 2), (1, 4, 3), (3, 5, 3)), 8.0),
    "half closed": (((10, 14, 12), (32, 34, 20), (36, 38, 22), (38, 40, 22), (38, 40, 22)), -2.0),
    "steeple": (((2, 8, 6), (14, 10, 6), (14, 10, 6), (15, 11, 6), (16, 12, 7)), 4.0),
    "index led": (((8, 12, 12), (4, 8, 5), (20, 24, 14), _AT_REST, (28, 30, 17)), -1.0),
}
_RELAXED = "relaxed"
HAND_SHAPES = (_RELAXED, *_SHAPES)


def shape_of(name: str) -> np.ndarray:
    """(16,) radians, a pose vector from Slot.SPREAD on. Raises KeyError for an unknown name."""
    if name == _RELAXED:
        return REST[Slot.SPREAD :].copy()
    curls, spread = _SHAPES[name]
    return np.radians(np.concatenate(([spread], np.ravel(curls))))


def hand_pose(
    place_m: tuple[float, float, float],
    wrist_deg: tuple[float, float, float],
    shape: str,
    swivel_deg: float = 0.0,
) -> np.ndarray:
    """(POSE_SIZE,) float64: lateral, up, forward place; pronation, flexion, deviation."""
    angles = np.radians([swivel_deg, *wrist_deg])
    pose = np.concatenate((place_m, angles, shape_of(shape)))
    assert pose.shape == (POSE_SIZE,)
    return pose
