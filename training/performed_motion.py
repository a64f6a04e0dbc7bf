"""Performances in the terms of the stream and of a motion file, as the runtime would show them."""

import numpy as np

from pipeline.body_pose import BodyPose
from pipeline.gaze import eyes_in_head
from pipeline.motion_file import Motion, MotionArrays
from pipeline.motion_space import (
    ACTIONS,
    FACE_ACTION_INDICES,
    GAZE,
    HEAD_ROTATION,
    HEAD_TRANSLATION,
)
from pipeline.names import FACIAL_ACTIONS, IMPLICIT_SIZE, VISEMES
from pipeline.stream_types import BodyFrame, FaceFrame, State


def performed_frame(
    frame: int, face: np.ndarray, body: np.ndarray, state: int, pose: BodyPose
) -> tuple[FaceFrame, BodyFrame]:
    """What the stages would publish for (FACE_SIZE,), (BODY_SIZE,) and a state.

    Visemes are not told by a performance and stay zero.
    """
    actions = np.zeros(len(FACIAL_ACTIONS), np.float32)
    actions[list(FACE_ACTION_INDICES)] = np.clip(face[ACTIONS], 0.0, 1.0)
    shown = FaceFrame(
        frame=frame,
        actions=actions,
        head_rotation=face[HEAD_ROTATION],
        head_translation=face[HEAD_TRANSLATION],
        gaze=eyes_in_head(face[GAZE], face[HEAD_ROTATION]),
        viseme=np.zeros(len(VISEMES), np.float32),
        state=State(int(state)),
    )
    offset = np.zeros(IMPLICIT_SIZE, np.float32)
    return shown, BodyFrame(frame, pose.joint_rotation(body), offset)


def performed_motion(
    face: np.ndarray, body: np.ndarray, state: np.ndarray, pose: BodyPose
) -> MotionArrays:
    """The entries of a motion file from (T, FACE_SIZE), (T, BODY_SIZE) and (T,) state."""
    rows = enumerate(zip(face, body, state, strict=True))
    return Motion([performed_frame(frame, *row, pose) for frame, row in rows]).arrays()
