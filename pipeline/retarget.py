"""Body motion on a person who sits as their portrait shows them.

At rest every joint stays as in the portrait and only turns along. An arm that is raised goes
where the motion wants it instead, so that hands meet their targets whatever the portrait's pose.
"""

import numpy as np

from pipeline.arm import ARM_JOINTS
from pipeline.limits import limited
from pipeline.names import JOINT_INDEX
from pipeline.skeleton import rotations_from_axis_angle

# Turn of the elbow from rest at which an arm begins to leave the portrait's pose, and has left it.
LEAVES_RAD, LEFT_RAD = np.radians(4.0), np.radians(40.0)

_CLAVICLE = [JOINT_INDEX[f"clavicle.{side}"] for side in "LR"]
_SHOULDER = [JOINT_INDEX[f"shoulder01.{side}"] for side in "LR"]
_UPPER_ARM = [JOINT_INDEX[f"upperarm01.{side}"] for side in "LR"]
_ELBOW = [JOINT_INDEX[f"lowerarm01.{side}"] for side in "LR"]
_ARM = np.array([range(first, first + ARM_JOINTS) for first in _UPPER_ARM])


class Retarget:
    """Retarget(source, rest): both (49, 3) axis-angle in the order of names.BODY_JOINTS; the
    portrait's pose, and the pose in which body motion rests."""

    def __init__(self, source: np.ndarray, rest: np.ndarray) -> None:
        self._source = rotations_from_axis_angle(source)
        self._unrest = _inverse(rotations_from_axis_angle(rest))

    def step(self, joint_rotation: np.ndarray) -> np.ndarray:
        """(49, 3, 3) float32 local rotations for BodyFrame.joint_rotation."""
        wanted = rotations_from_axis_angle(joint_rotation)
        turn = wanted @ self._unrest
        local = turn @ self._source
        raised = self._raised(turn[_ELBOW])
        if not raised.any():
            return local
        # The shoulders keep the portrait's pose; the arms' directions shall not suffer from it.
        girdle = local[_CLAVICLE] @ local[_SHOULDER]
        meant = wanted[_CLAVICLE] @ wanted[_SHOULDER]
        target = wanted[_ARM]
        target[:, 0] = _inverse(girdle) @ meant @ target[:, 0]
        way = _axis_angles(_inverse(local[_ARM]) @ target)
        local[_ARM] = local[_ARM] @ rotations_from_axis_angle(way * raised[:, None, None])
        return local

    @staticmethod
    def _raised(elbow_turn: np.ndarray) -> np.ndarray:
        """(2,) in [0, 1] how far each arm has left the portrait's pose."""
        cosine = 0.5 * (np.trace(elbow_turn, axis1=1, axis2=2) - 1.0)
        angle = np.arccos(np.clip(cosine, -1.0, 1.0))
        share = limited((angle - LEAVES_RAD) / (LEFT_RAD - LEAVES_RAD))
        return share * share * (3.0 - 2.0 * share)


def _inverse(rotations: np.ndarray) -> np.ndarray:
    return rotations.swapaxes(-1, -2)


def _axis_angles(rotations: np.ndarray) -> np.ndarray:
    """(..., 3, 3) rotations by less than pi -> (..., 3) radians."""
    twice = np.stack(
        (
            rotations[..., 2, 1] - rotations[..., 1, 2],
            rotations[..., 0, 2] - rotations[..., 2, 0],
            rotations[..., 1, 0] - rotations[..., 0, 1],
        ),
        axis=-1,
    )
    sine = 0.5 * np.sqrt((twice * twice).sum(axis=-1, keepdims=True))
    cosine = 0.5 * (np.trace(rotations, axis1=-2, axis2=-1)[..., None] - 1.0)
    angle = np.arctan2(sine, cosine)
    # angle / sin(angle) -> 1 for tiny angles.
    return twice * np.where(sine > 1e-4, angle / np.maximum(2.0 * sine, 1e-6), 0.5)
