"""What the implicit offset is guessed from: how face and body are and how they just moved."""

from itertools import pairwise

import numpy as np

from pipeline.names import JOINT_INDEX, SPINE_JOINTS
from pipeline.rates import FPS
from pipeline.stream_types import BodyFrame, FaceFrame

# Fingers carry neither hair nor cloth.
JOINTS: tuple[str, ...] = (
    *SPINE_JOINTS,
    *(
        f"{bone}.{side}"
        for side in "LR"
        for bone in ("clavicle", "shoulder01", "upperarm01", "lowerarm01", "wrist")
    ),
)
_JOINT_INDICES = [JOINT_INDEX[name] for name in JOINTS]
POSE_SIZE = 52 + 3 + 3 + 3 * len(JOINTS)
# This frame, and how it came from the two before.
PAST_FRAMES = 2
MOTION_SIZE = POSE_SIZE * (1 + PAST_FRAMES)
# Metres and radians a second, of the order of one.
_METRE, _SPEED = 10.0, FPS / 5.0

Past = tuple[np.ndarray, ...]


def pose_of(face: FaceFrame, body: BodyFrame) -> np.ndarray:
    """(POSE_SIZE,) float32: actions, head, torso and arms of one frame."""
    joints = body.joint_rotation[_JOINT_INDICES].ravel()
    head = face.head_rotation, face.head_translation * _METRE
    return np.concatenate([face.actions, *head, joints]).astype(np.float32)


def motion_of(pose: np.ndarray, past: Past) -> np.ndarray:
    """(MOTION_SIZE,) float32 of a pose and those of the frames before it, the latest first; where
    fewer than PAST_FRAMES are known, nothing moved before."""
    known = (pose, *past, *[past[-1] if past else pose] * PAST_FRAMES)[: 1 + PAST_FRAMES]
    speeds = [(later - before) * np.float32(_SPEED) for later, before in pairwise(known)]
    return np.concatenate([pose, *speeds])


def remembered(pose: np.ndarray, past: Past) -> Past:
    """The past of the next frame."""
    return (pose, *past)[:PAST_FRAMES]
