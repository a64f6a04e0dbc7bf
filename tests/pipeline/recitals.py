"""Motions that our own stages make of a real voice, in any style."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from pipeline.body_motion import BodyMotion
from pipeline.face_motion import FaceMotion
from pipeline.model_folder import MODELS
from pipeline.motion_file import Motion
from pipeline.motion_settings import MotionSettings
from pipeline.network import load_network
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.sound_file import decode_audio
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk, SpeechFrame
from pipeline.style import Style
from pipeline.template import load_template

CLIP = Path(__file__).parents[1] / "data" / "go_forward.flac"
SENTENCES, PAUSE_FRAMES = 3, 60


@cache
def _heard() -> tuple[SpeechFrame, ...]:
    """One sentence thrice and a pause."""
    spoken = np.tile(decode_audio(CLIP), SENTENCES)
    frames = len(spoken) // SAMPLES_PER_FRAME + PAUSE_FRAMES
    samples = np.zeros((frames, SAMPLES_PER_FRAME), np.float32)
    samples.ravel()[: len(spoken)] = spoken
    stage = SpeechFeatures(load_network(MODELS / "speech", "cpu"))
    state, heard = stage.init_state(), []
    for index, chunk in enumerate(samples):
        frame, state = stage.step(AudioChunk(chunk, index * SAMPLES_PER_FRAME, 0.0), state)
        heard.append(frame)
    return tuple(heard)


def recital(style: Style, frames: int, seed: int = 0) -> Motion:
    """The sentences, again and again."""
    face_motion = FaceMotion(
        load_network(MODELS / "face_motion", "cpu"), style, MotionSettings(), 0, seed
    )
    model = load_template()
    body_motion = BodyMotion(
        model.skeleton(np.zeros(len(model.identity_names))),
        style,
        MotionSettings(),
        seed,
    )
    face_state, body_state, motion = face_motion.init_state(), body_motion.init_state(), Motion()
    heard = _heard()
    for index in range(frames):
        speech = replace(heard[index % len(heard)], frame=index)
        face, face_state = face_motion.step(speech, face_state)
        body, body_state = body_motion.step(face, speech, body_state)
        motion.append(face, body)
    return motion
