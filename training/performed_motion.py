"""Performances and generated vectors in the terms of the stream and of a motion file, as the
runtime would show them."""

from dataclasses import dataclass

import numpy as np

from pipeline.body_pose import BodyPose
from pipeline.face_motion import LARGEST_ROTATION_RAD, LARGEST_TRANSLATION_M
from pipeline.gaze import eyes_in_head
from pipeline.motion_file import Motion, MotionArrays
from pipeline.motion_space import (
    ACTIONS,
    FACE_ACTION_INDICES,
    GAZE,
    HEAD_ROTATION,
    HEAD_TRANSLATION,
)
from pipeline.mouth_finish import MouthFinish
from pipeline.names import ACTION_INDEX, FACIAL_ACTIONS, IMPLICIT_SIZE, VISEMES
from pipeline.stream_types import BodyFrame, FaceFrame, State

_BLINKS = [ACTION_INDEX["eyeBlinkLeft"], ACTION_INDEX["eyeBlinkRight"]]
_AUDIBLE_DB = 0.0


@dataclass(frozen=True, slots=True)
class Finish:
    """What the runtime knows about the lips of T frames beside the generated vectors.

    viseme (T, 15): posteriors; closed (T,): posterior of closed lips; speech (T,): largest
    posterior of speech up to the look-ahead; speaking (T,) bool: is somebody up to there?
    dip_db (T,): how far the sound lies below the loudest just heard
    """

    viseme: np.ndarray
    closed: np.ndarray
    speech: np.ndarray
    speaking: np.ndarray
    dip_db: np.ndarray


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
    face: np.ndarray,
    body: np.ndarray,
    state: np.ndarray,
    pose: BodyPose,
    finish: Finish | None = None,
) -> MotionArrays:
    """The entries of a motion file from (T, FACE_SIZE), (T, BODY_SIZE) and (T,) state.

    finish: of vectors that a network generated, whose mouths the runtime finishes and whose heads
        it limits; None: they are shown as they are
    """
    if finish is not None:
        face = _within_limits(face)
    rows = enumerate(zip(face, body, state, strict=True))
    arrays = Motion([performed_frame(frame, *row, pose) for frame, row in rows]).arrays()
    if finish is not None:
        arrays.facial_actions[:] = _finished(arrays.facial_actions, finish)
    return arrays


def _within_limits(face: np.ndarray) -> np.ndarray:
    limited = face.copy()
    for place, limit in (
        (HEAD_ROTATION, LARGEST_ROTATION_RAD),
        (HEAD_TRANSLATION, LARGEST_TRANSLATION_M),
    ):
        limited[:, place] = np.clip(face[:, place], -limit, limit)
    return limited


def _finished(actions: np.ndarray, heard: Finish) -> np.ndarray:
    """(T, 52) with the mouths of (T, 52) finished as FaceMotion does it."""
    mouth, quiet, result = MouthFinish(), 1.0, np.empty_like(actions)
    rows = zip(heard.viseme, heard.closed, heard.speech, heard.speaking, heard.dip_db, strict=True)
    for frame, (viseme, closed, speech, speaking, dip_db) in enumerate(rows):
        quiet = mouth.quiet(float(speech), _AUDIBLE_DB, bool(speaking), quiet)
        shown = mouth.add_contacts(actions[frame], viseme)
        contact = mouth.contact(float(closed), viseme, float(dip_db))
        result[frame] = mouth.finish(shown, contact, quiet)
    result[:, _BLINKS] = actions[:, _BLINKS]
    return np.minimum(result, 1.0)
