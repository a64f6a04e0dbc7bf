"""Performances in the terms of a motion file, as the runtime would have shown them."""

import numpy as np

from pipeline.body_pose import BodyPose
from pipeline.gaze import eyes_in_head
from pipeline.motion_file import MotionArrays
from pipeline.motion_space import (
    ACTIONS,
    FACE_ACTION_INDICES,
    GAZE,
    HEAD_ROTATION,
    HEAD_TRANSLATION,
)
from pipeline.names import BODY_JOINTS, FACIAL_ACTIONS, IMPLICIT_SIZE, VISEMES
from pipeline.rates import FPS, SAMPLE_RATE_HZ


def performed_motion(
    face: np.ndarray, body: np.ndarray, state: np.ndarray, pose: BodyPose
) -> MotionArrays:
    """The entries of a motion file from (T, FACE_SIZE), (T, BODY_SIZE) and (T,) state.

    Visemes are not told by a performance and stay zero.
    """
    frames = len(face)
    actions = np.zeros((frames, len(FACIAL_ACTIONS)), np.float32)
    actions[:, FACE_ACTION_INDICES] = np.clip(face[:, ACTIONS], 0.0, 1.0)
    gaze = [eyes_in_head(row[GAZE], row[HEAD_ROTATION]) for row in face]
    joints = [pose.joint_rotation(row) for row in body]
    return MotionArrays(
        fps=np.array(float(FPS)),
        sample_rate=np.array(SAMPLE_RATE_HZ),
        facial_actions=actions,
        facial_action_names=np.array(FACIAL_ACTIONS),
        head_rotation=face[:, HEAD_ROTATION].astype(np.float32),
        head_translation=face[:, HEAD_TRANSLATION].astype(np.float32),
        gaze=np.array(gaze, np.float32).reshape(frames, 2, 2),
        joint_rotation=np.array(joints, np.float32).reshape(frames, len(BODY_JOINTS), 3),
        joint_names=np.array(BODY_JOINTS),
        implicit=np.zeros((frames, IMPLICIT_SIZE), np.float32),
        viseme=np.zeros((frames, len(VISEMES)), np.float32),
        state=state.astype(np.uint8),
    )
