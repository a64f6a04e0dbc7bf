"""Motions that our own stages make of a real voice, in any style."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from pipeline.body_motion import BodyMotion, BodyState
from pipeline.face_motion import FaceMotion, FaceState
from pipeline.model_folder import MODELS
from pipeline.motion_file import Motion
from pipeline.motion_settings import MotionSettings
from pipeline.network import Network, load_network
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.skeleton import Skeleton
from pipeline.sound_file import decode_audio
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk, SpeechFrame
from pipeline.style import Style
from pipeline.template import load_template

CLIP = Path(__file__).parents[1] / "data" / "go_forward.flac"
SENTENCES, PAUSE_FRAMES = 3, 60


@cache
def sentences() -> tuple[SpeechFrame, ...]:
    """One sentence thrice and a pause."""
    spoken = np.tile(decode_audio(CLIP), SENTENCES)
    return hearing(np.concatenate((spoken, np.zeros(PAUSE_FRAMES * SAMPLES_PER_FRAME, np.float32))))


def hearing(samples: np.ndarray) -> tuple[SpeechFrame, ...]:
    """What is heard in the whole frames of a sound."""
    stage = SpeechFeatures(load_network(MODELS / "speech", "cpu"))
    state, heard = stage.init_state(), []
    whole = len(samples) // SAMPLES_PER_FRAME * SAMPLES_PER_FRAME
    for chunk in samples[:whole].reshape(-1, SAMPLES_PER_FRAME):
        frame, state = stage.step(AudioChunk(chunk, len(heard) * SAMPLES_PER_FRAME, 0.0), state)
        heard.append(frame)
    return tuple(heard)


class Performer:
    """Performer(style, seed): face and body of the shipped networks, without look-ahead."""

    def __init__(self, style: Style, seed: int = 0) -> None:
        face_network, body_network = _networks()
        self._face = FaceMotion(face_network, style, MotionSettings(), 0, seed)
        self._body = BodyMotion(body_network, skeleton(), style, MotionSettings(), seed)
        self.start = self._face.init_state(), self._body.init_state()

    def play(
        self, heard: Iterable[SpeechFrame], state: tuple[FaceState, BodyState] | None = None
    ) -> tuple[Motion, tuple[FaceState, BodyState]]:
        """The motion to what is heard, and the states behind it."""
        face_state, body_state = state or self.start
        motion = Motion()
        for speech in heard:
            face, face_state = self._face.step(speech, face_state)
            body, body_state = self._body.step(face, speech, body_state)
            motion.append(face, body)
        return motion, (face_state, body_state)


@cache
def _networks() -> tuple[Network, Network]:
    face, body = (load_network(MODELS / name, "cpu") for name in ("face_motion", "body_motion"))
    return face, body


@cache
def skeleton() -> Skeleton:
    """Of the average person."""
    model = load_template()
    return model.skeleton(np.zeros(len(model.identity_names)))


def recited(frames: int) -> list[SpeechFrame]:
    """The sentences, again and again."""
    heard = sentences()
    return [replace(heard[index % len(heard)], frame=index) for index in range(frames)]


def recital(style: Style, frames: int, seed: int = 0) -> Motion:
    """The motion to the sentences, again and again."""
    return Performer(style, seed).play(recited(frames))[0]
