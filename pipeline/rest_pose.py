"""The pose in which body motion rests: upright, arms hanging."""

import numpy as np

from pipeline.arm import ARM_JOINTS, Arm, resting_torso
from pipeline.hand_pose import REST
from pipeline.names import BODY_JOINTS, JOINT_INDEX
from pipeline.skeleton import Skeleton


def resting_joint_rotation(skeleton: Skeleton) -> np.ndarray:
    """(49, 3) float32 local axis-angle, names.BODY_JOINTS, as body motion gives it at rest."""
    rotation = np.zeros((len(BODY_JOINTS), 3), np.float32)
    for side in "LR":
        first = JOINT_INDEX[f"upperarm01.{side}"]
        arm = Arm(skeleton, side)
        solved = arm.solve(REST, resting_torso(arm), 0.0)
        rotation[first : first + ARM_JOINTS] = solved.rotations
    return rotation
