"""From a body vector of the motion space to the joints of one skeleton."""

import numpy as np

from pipeline.arm import ARM_JOINTS, Arm, resting_torso
from pipeline.hand_pose import POSE_SIZE
from pipeline.motion_space import BREATH, CLAVICLE_LIFT, HANDS, TORSO_TURN
from pipeline.names import BODY_JOINTS, JOINT_INDEX, SPINE_JOINTS
from pipeline.skeleton import Skeleton

LARGEST_TORSO_TURN = np.radians(12.0)
LARGEST_LIFT = np.radians(12.0)
_SPINE_SHARES = np.array([0.08, 0.17, 0.25, 0.28, 0.22])[:, None]  # pelvis end first
_BREATH_SPINE_PITCH = np.radians([0.0, 0.0, 0.0, -0.9, -0.5])

_SPINE = slice(JOINT_INDEX[SPINE_JOINTS[0]], JOINT_INDEX[SPINE_JOINTS[-1]] + 1)
_CLAVICLE = [JOINT_INDEX[f"clavicle.{side}"] for side in "LR"]
_FIRST = [JOINT_INDEX[f"upperarm01.{side}"] for side in "LR"]
_ARM = [slice(first, first + ARM_JOINTS) for first in _FIRST]


class BodyPose:
    """BodyPose(skeleton): arms by inverse kinematics, so that no vector breaks a joint's limits or
    puts a hand into the face or the trunk."""

    def __init__(self, skeleton: Skeleton) -> None:
        self._arms = (Arm(skeleton, "L"), Arm(skeleton, "R"))
        # rotations of the arms' joints are the same whichever way the torso turns
        self._torsos = [resting_torso(arm) for arm in self._arms]

    def joint_rotation(self, body: np.ndarray) -> np.ndarray:
        """(49, 3) float32 axis-angle in the order of names.BODY_JOINTS, from (BODY_SIZE,)."""
        body = np.asarray(body, np.float64)
        turn = LARGEST_TORSO_TURN * np.tanh(body[TORSO_TURN] / LARGEST_TORSO_TURN)
        spine = _SPINE_SHARES * turn
        spine[:, 0] += _BREATH_SPINE_PITCH * min(max(float(body[BREATH][0]), 0.0), 1.0)
        lift = np.minimum(np.maximum(body[CLAVICLE_LIFT], -LARGEST_LIFT), LARGEST_LIFT).tolist()
        rotation = np.zeros((len(BODY_JOINTS), 3))
        rotation[_SPINE] = spine
        hands = body[HANDS].reshape(2, POSE_SIZE)
        for hand, (arm, torso) in enumerate(zip(self._arms, self._torsos, strict=True)):
            rotation[_CLAVICLE[hand], 2] = arm.sign * lift[hand]
            rotation[_ARM[hand]] = arm.solve(hands[hand], torso, lift[hand]).rotations
        return rotation.astype(np.float32)
