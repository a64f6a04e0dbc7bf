"""What a pose of one hand is, and those in which hands rest.

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

_RELAXED = (6, 10, 10, 16, 22, 12, 22, 26, 15, 26, 30, 17, 28, 32, 18)
_HALF_CLOSED = (10, 14, 12, 32, 34, 20, 36, 38, 22, 38, 40, 22, 38, 40, 22)


@dataclass(frozen=True, slots=True)
class RestForm:
    """hands: (2, POSE_SIZE) of the leading and the other hand at rest; share: of people who hold
    them so."""

    name: str
    hands: np.ndarray
    share: float


def _pose(
    place_m: tuple[float, float, float], angles_deg: tuple[float, ...], fingers_deg: tuple[int, ...]
) -> np.ndarray:
    return np.concatenate((place_m, np.radians(angles_deg), np.radians(fingers_deg)))


# (POSE_SIZE,) hanging arm, fingers relaxed
REST = _pose((0.10, -0.53, 0.07), (0.0, 12.0, 4.0, 0.0, -3.0), _RELAXED)
_LOW = _pose((-0.045, -0.33, 0.25), (0.0, 28.0, 2.0, 0.0, -2.0), _HALF_CLOSED)
_LOW_OTHER = _pose((-0.05, -0.425, 0.245), (0.0, 34.0, 6.0, 0.0, -3.0), _RELAXED)
_LAP = _pose((-0.03, -0.42, 0.245), (0.0, 58.0, 6.0, 0.0, -3.0), _RELAXED)
REST_FORMS: tuple[RestForm, ...] = (
    RestForm("hanging", np.stack((REST, REST)), 0.5),
    RestForm("folded low in front", np.stack((_LOW, _LOW_OTHER)), 0.2),
    RestForm("one hand low in front", np.stack((_LOW, REST)), 0.15),
    RestForm("on the lap", np.stack((_LAP, _LAP)), 0.15),
)
_GOLDEN = 0.618034


def resting_hands(seed: int) -> np.ndarray:
    """(2, POSE_SIZE) left and right at rest as the person of a seed holds them; the right one
    leads. Seeds in a row are spread over the forms by their shares; of seed 0 the arms hang."""
    place, shares = seed * _GOLDEN % 1.0, np.cumsum([form.share for form in REST_FORMS])
    return REST_FORMS[int(np.searchsorted(shares, place, "right"))].hands[::-1]
