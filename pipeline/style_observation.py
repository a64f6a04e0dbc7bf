"""What can be seen of a style in a recorded motion: one vector per frame, for the style encoder."""

import numpy as np

from pipeline.motion_file import MotionArrays
from pipeline.motion_space import FACE_ACTION_INDICES, FACE_ACTIONS
from pipeline.names import BODY_JOINTS, JOINT_INDEX, SPINE_JOINTS
from pipeline.skeleton import Skeleton
from pipeline.stream_types import State
from pipeline.wrist_places import wrist_places

_SPINE = slice(JOINT_INDEX[SPINE_JOINTS[0]], JOINT_INDEX[SPINE_JOINTS[-1]] + 1)
_CLAVICLES = [JOINT_INDEX["clavicle.L"], JOINT_INDEX["clavicle.R"]]
_ARMS = [i for i, name in enumerate(BODY_JOINTS) if name.startswith(("upperarm", "lowerarm"))]
_SEEN_RAD = 1e-4

# actions, head rotation and translation, gaze in the world; then the body: turn of the torso and
# lift of the clavicles, places of the wrists; then whether somebody speaks, and what was seen.
FACE = slice(0, len(FACE_ACTIONS) + 8)
TORSO = slice(FACE.stop, FACE.stop + 5)
WRISTS = slice(TORSO.stop, TORSO.stop + 6)
SPEAKING = WRISTS.stop
TORSO_SEEN, HANDS_SEEN = SPEAKING + 1, SPEAKING + 2
OBSERVATION_SIZE = HANDS_SEEN + 1


def observe(motion: MotionArrays, skeleton: Skeleton) -> np.ndarray:
    """(T, OBSERVATION_SIZE) float32: radians, metres and [0, 1].

    A torso or arms that never move were not seen by whatever recorded the motion; they and their
    flags are zero.
    """
    seen = np.zeros((len(motion.head_rotation), OBSERVATION_SIZE), np.float32)
    # The eyes' own turn and the head's add up to where they look.
    gaze = motion.gaze.mean(axis=1) + motion.head_rotation[:, :2]
    seen[:, FACE] = np.concatenate(
        (
            motion.facial_actions[:, FACE_ACTION_INDICES],
            motion.head_rotation,
            motion.head_translation,
            gaze,
        ),
        axis=1,
    )
    seen[:, SPEAKING] = motion.state == State.SPEAKING
    spine = motion.joint_rotation[:, _SPINE].sum(axis=1)
    if _moves(spine):
        lift = motion.joint_rotation[:, _CLAVICLES, 2]
        seen[:, TORSO] = np.concatenate((spine, lift), axis=1)
        seen[:, TORSO_SEEN] = 1.0
    if _moves(motion.joint_rotation[:, _ARMS]):
        seen[:, WRISTS] = wrist_places(motion.joint_rotation, skeleton).reshape(-1, 6)
        seen[:, HANDS_SEEN] = 1.0
    return seen


def _moves(angles: np.ndarray) -> bool:
    return bool(np.ptp(angles, axis=0).max(initial=0.0) > _SEEN_RAD)
