"""The vocabulary of the hands: hand shapes, the rest pose, and the forms of gestures.

A hand's pose is one vector of POSE_SIZE numbers (see Slot), equal for both sides: positions are
relative to the shoulder in the axes of the chest, for an arm of NOMINAL_ARM_M from shoulder to
wrist; lateral is away from the body.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

NOMINAL_ARM_M = 0.56


class Slot(IntEnum):
    """Places in a pose vector; metres and radians."""

    LATERAL = 0
    UP = 1
    FORWARD = 2
    SWIVEL = 3  # of the elbow about the line from shoulder to wrist, outwards
    PRONATION = 4  # 0 = palm to the body's midline, thumb up; positive = palm down
    FLEXION = 5  # of the wrist, towards the palm
    DEVIATION = 6  # of the wrist, towards the thumb
    SPREAD = 7  # between neighbouring fingers
    CURL = 8  # the first of 5 fingers x 3 joints, thumb first


POSE_SIZE = Slot.CURL + 15

# Five fingers from the thumb to the little one, three joints from the knuckle outwards, degrees;
# then the spread between neighbours.
_SHAPES: dict[str, tuple[tuple[tuple[float, float, float], ...], float]] = {
    "relaxed": (((6, 10, 10), (16, 22, 12), (22, 26, 15), (26, 30, 17), (28, 32, 18)), -3.0),
    "open": (((-6, 0, 0), (0, 4, 2), (2, 5, 3), (4, 6, 4), (6, 7, 4)), 2.5),
    "cup": (((4, 6, 6), (22, 14, 8), (24, 16, 9), (26, 17, 9), (26, 18, 10)), 1.0),
    "pinch": (((26, 16, 14), (46, 40, 22), (30, 30, 18), (24, 26, 15), (18, 22, 12)), 0.5),
    "fist": (((22, 32, 34), (62, 72, 42), (66, 74, 42), (68, 74, 42), (68, 72, 40)), -4.5),
    "point": (((22, 34, 32), (2, 6, 3), (62, 72, 42), (68, 74, 42), (68, 72, 40)), -4.5),
    "flat": (((4, 4, 4), (6, 5, 3), (6, 5, 3), (7, 5, 3), (8, 6, 3)), -7.0),
}
HAND_SHAPES = tuple(_SHAPES)


def hand_pose(
    place_m: tuple[float, float, float],
    wrist_deg: tuple[float, float, float],
    shape: str,
    swivel_deg: float = 0.0,
) -> np.ndarray:
    """(POSE_SIZE,) float64: lateral, up, forward place; pronation, flexion, deviation."""
    curls, spread = _SHAPES[shape]
    angles = np.radians([swivel_deg, *wrist_deg, spread])
    return np.concatenate((place_m, angles, np.radians(curls).ravel()))


REST = hand_pose((0.10, -0.53, 0.07), (12.0, 4.0, 0.0), "relaxed")


@dataclass(frozen=True, slots=True)
class GestureForm:
    """One gesture: where the hands wait for the stressed syllable, and where they go on it.

    ready, stroke: (POSE_SIZE,) for each hand that takes part
    most_beats: how often the stroke may be repeated in one phrase
    """

    name: str
    two_handed: bool
    ready: np.ndarray
    stroke: np.ndarray
    most_beats: int


GESTURE_FORMS: tuple[GestureForm, ...] = (
    GestureForm(
        "offer with both hands",
        True,
        hand_pose((0.01, -0.22, 0.25), (5, 0, 0), "relaxed"),
        hand_pose((0.025, -0.15, 0.25), (-55, -8, 0), "open", swivel_deg=4),
        2,
    ),
    GestureForm(
        "hold between the hands",
        True,
        hand_pose((-0.02, -0.12, 0.24), (8, -22, 4), "cup", swivel_deg=4),
        hand_pose((-0.03, -0.185, 0.25), (4, -18, -6), "cup", swivel_deg=2),
        4,
    ),
    GestureForm(
        "calm with both palms",
        True,
        hand_pose((0.0, -0.125, 0.24), (62, -14, 0), "flat", swivel_deg=4),
        hand_pose((0.01, -0.19, 0.26), (70, -24, 0), "open", swivel_deg=4),
        3,
    ),
    GestureForm(
        "small beat with both hands",
        True,
        hand_pose((-0.02, -0.145, 0.24), (25, -4, 4), "relaxed"),
        hand_pose((-0.01, -0.2, 0.25), (18, 2, -6), "relaxed"),
        5,
    ),
    GestureForm(
        "offer with one hand",
        False,
        hand_pose((0.0, -0.2, 0.25), (8, 0, 0), "relaxed"),
        hand_pose((0.02, -0.125, 0.25), (-52, -8, 0), "open", swivel_deg=4),
        2,
    ),
    GestureForm(
        "edge of the hand",
        False,
        hand_pose((0.0, -0.11, 0.24), (10, -20, 14), "flat", swivel_deg=4),
        hand_pose((-0.01, -0.19, 0.26), (6, -16, -12), "flat"),
        4,
    ),
    GestureForm(
        "precise beat",
        False,
        hand_pose((0.0, -0.115, 0.24), (35, -18, 6), "pinch", swivel_deg=4),
        hand_pose((0.0, -0.175, 0.26), (30, -6, -4), "pinch", swivel_deg=2),
        4,
    ),
    GestureForm(
        "firm beat",
        False,
        hand_pose((0.01, -0.11, 0.24), (25, -12, 8), "fist", swivel_deg=4),
        hand_pose((0.01, -0.185, 0.26), (20, 4, -8), "fist"),
        3,
    ),
    GestureForm(
        "raised finger",
        False,
        hand_pose((0.02, -0.09, 0.24), (30, -20, 8), "point", swivel_deg=5),
        hand_pose((0.02, -0.145, 0.26), (35, -2, 0), "point", swivel_deg=3),
        3,
    ),
    GestureForm(
        "sweep",
        False,
        hand_pose((-0.05, -0.17, 0.24), (55, -4, 4), "flat"),
        hand_pose((0.03, -0.15, 0.24), (45, -12, -10), "open", swivel_deg=5),
        2,
    ),
)
ONE_HANDED = tuple(form for form in GESTURE_FORMS if not form.two_handed)
TWO_HANDED = tuple(form for form in GESTURE_FORMS if form.two_handed)
