"""Synthetic speech frames and faces: what the stages behind the ear see of a voice."""

import math

import numpy as np

from pipeline.motion_space import FACE_SIZE, HEAD_ROTATION
from pipeline.names import FEATURE_SIZE, VISEME_INDEX
from pipeline.stream_types import FaceFrame, SpeechFrame, State


def silence(frame: int) -> SpeechFrame:
    """A quiet room."""
    return SpeechFrame(
        frame=frame,
        feature=np.zeros(FEATURE_SIZE, np.float32),
        viseme=np.eye(15, dtype=np.float32)[VISEME_INDEX["sil"]],
        activity=np.array([0.02, 0.95, 0.03], np.float32),
        voicing=0.0,
        f0_hz=0.0,
        energy_db=-72.0,
        stress=0.0,
    )


def voice(frame: int, loudness_db: float = -24.0) -> SpeechFrame:
    """Lively speech: about five syllables a second, every third or so of them stressed."""
    syllable = math.sin(2.0 * math.pi * frame / 6.3)
    stress = max(0.0, math.sin(2.0 * math.pi * frame / 21.0)) ** 4
    return SpeechFrame(
        frame=frame,
        feature=np.zeros(FEATURE_SIZE, np.float32),
        viseme=np.eye(15, dtype=np.float32)[VISEME_INDEX["aa"]],
        activity=np.array([0.96, 0.02, 0.02], np.float32),
        voicing=0.9,
        f0_hz=140.0,
        energy_db=loudness_db + 5.0 * syllable + 5.0 * stress,
        stress=stress,
    )


def conversation(frames: int, speak_frames: int = 150, pause_frames: int = 60) -> list[SpeechFrame]:
    """Phrases and pauses in turn, beginning with a phrase."""
    turn = speak_frames + pause_frames
    return [voice(i) if i % turn < speak_frames else silence(i) for i in range(frames)]


def face(
    frame: int,
    head_rotation: tuple[float, float, float] = (0.0, 0.0, 0.0),
    heard: SpeechFrame | None = None,
) -> FaceFrame:
    """A neutral face with its head turned, speaking where `heard` is a frame of speech or None."""
    generated = np.zeros(FACE_SIZE, np.float32)
    generated[HEAD_ROTATION] = head_rotation
    speaking = heard is None or heard.activity[0] > 0.5
    return FaceFrame(
        frame=frame,
        actions=np.zeros(52, np.float32),
        head_rotation=np.array(head_rotation, np.float32),
        head_translation=np.zeros(3, np.float32),
        gaze=np.zeros((2, 2), np.float32),
        viseme=np.eye(15, dtype=np.float32)[0],
        state=State.SPEAKING if speaking else State.LISTENING,
        generated=generated,
    )
