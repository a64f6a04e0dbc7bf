"""A motion as positions and angles, comparable whatever made it."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.avatar import load_avatar
from pipeline.motion_file import MotionArrays
from pipeline.names import JOINT_INDEX, SPINE_JOINTS
from pipeline.skeleton import Skeleton
from pipeline.template import load_template
from pipeline.wrist_places import wrist_places

_SPINE = slice(JOINT_INDEX[SPINE_JOINTS[0]], JOINT_INDEX[SPINE_JOINTS[-1]] + 1)


@dataclass(frozen=True, slots=True)
class Tracks:
    """T frames at 30 a second.

    actions (T, 52) in [0, 1]; viseme (T, 15); state (T,)
    head_deg, torso_deg (T, 3): yaw, pitch, roll, signs as in FaceFrame; head_m (T, 3) translation
    gaze_deg (T, 2): where the eyes look in the world, yaw and pitch (head and eyes add up)
    wrists_m (T, 2, 3): left and right, from the shoulder at rest, in the axes of the chest
    """

    actions: np.ndarray
    viseme: np.ndarray
    state: np.ndarray
    head_deg: np.ndarray
    head_m: np.ndarray
    torso_deg: np.ndarray
    gaze_deg: np.ndarray
    wrists_m: np.ndarray

    def __len__(self) -> int:
        return len(self.state)

    @property
    def hands_m(self) -> np.ndarray:
        """(T, 6) both wrists in one row."""
        return self.wrists_m.reshape(len(self), 6)

    def between(self, first: int, last: int) -> "Tracks":
        """The frames [first, last)."""
        return Tracks(*(getattr(self, name)[first:last] for name in self.__slots__))


@cache
def reference_skeleton() -> Skeleton:
    """Of the first avatar of the gallery, for which the stages move by default."""
    return load_template().skeleton(load_avatar(None).identity)


def tracks_of(motion: MotionArrays, skeleton: Skeleton | None = None) -> Tracks:
    """Decodes a motion; skeleton: of the person it was made for, by default the usual one."""
    pitch, yaw, roll = motion.joint_rotation[:, _SPINE].astype(np.float64).sum(axis=1).T
    head = motion.head_rotation.astype(np.float64)
    return Tracks(
        actions=motion.facial_actions,
        viseme=motion.viseme,
        state=motion.state,
        head_deg=np.degrees(head),
        head_m=motion.head_translation.astype(np.float64),
        torso_deg=np.degrees(np.stack((yaw, pitch, -roll), axis=1)),
        gaze_deg=np.degrees(head[:, :2] + motion.gaze.mean(axis=1)),
        wrists_m=wrist_places(motion.joint_rotation, skeleton or reference_skeleton()),
    )
