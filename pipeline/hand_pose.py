"""What a pose of one hand is, and the one in which hands rest.

A hand's pose is one vector of POSE_SIZE numbers (see Slot), equal for both sides: positions are
relative to the shoulder in the axes of the chest, for an arm of NOMINAL_ARM_M from shoulder to
wrist; lateral is away from the body.
"""

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

# (POSE_SIZE,) hanging arm, fingers relaxed
REST = np.concatenate((
    (0.10, -0.53, 0.07),
    np.radians((0.0, 12.0, 4.0, 0.0, -3.0)),
    np.radians((6, 10, 10, 16, 22, 12, 22, 26, 15, 26, 30, 17, 28, 32, 18)),
))  # fmt: skip
