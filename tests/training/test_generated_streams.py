from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from torch.nn import functional

from pipeline.body_motion import resting_body
from pipeline.body_pose import BodyPose
from pipeline.face_motion import FaceMotion
from pipeline.model_folder import MODELS
from pipeline.motion_file import Motion
from pipeline.motion_settings import MotionSettings
from pipeline.motion_space import BODY_SIZE, FACE_ACTIONS, FACE_SIZE, MOUTH_INDICES
from pipeline.names import IMPLICIT_SIZE
from pipeline.network import load_network
from pipeline.networks.motion_transformer import MotionTransformer
from pipeline.networks.sizes import face_motion_sizes
from pipeline.phrasing import Phrase, follow_phrase
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.sound_file import decode_audio
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk, BodyFrame, SpeechFrame
from pipeline.style import load_style
from pipeline.style_observation import observe
from pipeline.template import load_template
from training.generated_streams import finish_of, told_closed, told_speech
from training.motion.features import load_encoder
from training.performed_motion import performed_motion

CLIP = Path(__file__).parent.parent / "data" / "go_forward.flac"
# the front end cannot tell a room from a voice yet
SETTLING = 8
JAW = FACE_ACTIONS.index("jawOpen")


@pytest.fixture(scope="module")
def heard() -> list[SpeechFrame]:
    samples = decode_audio(CLIP)
    features = SpeechFeatures(load_network(MODELS / "speech", "cpu"))
    state, frames = features.init_state(), []
    for start in range(0, len(samples) - SAMPLES_PER_FRAME, SAMPLES_PER_FRAME):
        chunk = AudioChunk(samples[start : start + SAMPLES_PER_FRAME], start, 0.0)
        frame, state = features.step(chunk, state)
        frames.append(frame)
    return frames


@pytest.fixture(scope="module")
def network() -> MotionTransformer:
    made = MotionTransformer(face_motion_sizes())
    made.load_state_dict(load_file(MODELS / "face_motion" / "weights.safetensors"))
    return made.eval().requires_grad_(False)


def waving_bodies(count: int) -> np.ndarray:
    """(count, BODY_SIZE) both arms on the move."""
    bodies = np.tile(resting_body(), (count, 1))
    wave = np.sin(np.arange(count)[:, None] / 7.0 + np.arange(BODY_SIZE))
    return bodies + 0.05 * wave.astype(np.float32)


def states_of(heard: list[SpeechFrame]) -> np.ndarray:
    phrase, states = Phrase(), []
    for speech in heard:
        phrase = follow_phrase(speech, phrase)
        states.append(phrase.state)
    return np.array(states, np.uint8)


def asked_of(heard: list[SpeechFrame], states: np.ndarray, knobs, lookahead: int):
    frames = len(heard) - lookahead
    feature = torch.tensor(np.array([speech.feature for speech in heard]))
    return {
        "feature": feature[None, lookahead:],
        "style": torch.tensor(knobs)[None, None],
        "state": functional.one_hot(torch.from_numpy(states[:frames]).long(), 3).float()[None],
        "lookahead": functional.one_hot(torch.tensor([[lookahead]]), 5).float(),
    }


@pytest.mark.parametrize("lookahead", [0, 2])
def test_a_decoded_stream_looks_as_the_runtime_shows_it(heard, network, lookahead):
    style = load_style("storyteller")
    runtime = FaceMotion(
        load_network(MODELS / "face_motion", "cpu"), style, MotionSettings(), lookahead, seed=3
    )
    model = load_template()
    skeleton = model.skeleton(np.zeros(len(model.identity_names)))
    pose, bodies = BodyPose(skeleton), waving_bodies(len(heard) - lookahead)
    state, shown, offset = runtime.init_state(), Motion(), np.zeros(IMPLICIT_SIZE, np.float32)
    faces = []
    for speech in heard:
        face, state = runtime.step(speech, state)
        if face.frame >= 0:
            faces.append(face)
            turned = pose.joint_rotation(bodies[face.frame])
            shown.append(face, BodyFrame(face.frame, turned, offset))
    generated = np.array([face.generated for face in faces])
    states = states_of(heard)
    asked = asked_of(heard, states, np.array(style.knobs, np.float32), lookahead)
    rest = torch.zeros(1, 1, FACE_SIZE)
    closed = told_closed(network, rest, torch.from_numpy(generated)[None], asked)[0].numpy()
    feature = torch.tensor(np.array([speech.feature for speech in heard])).half()
    with torch.no_grad():
        told = told_speech(load_encoder(MODELS / "speech"), feature)
    finish = finish_of(told, closed, states, lookahead)
    expected = observe(shown.arrays(), skeleton)[SETTLING:]
    decoded = performed_motion(generated, bodies, states[: len(bodies)], pose, finish)
    found = observe(decoded, skeleton)[SETTLING:]
    away = np.abs(found - expected)
    others = np.setdiff1d(np.arange(away.shape[1]), MOUTH_INDICES)
    assert away[:, others].max() < 1e-4
    # the level of the voice is told by the encoder here, and measured there
    assert away.mean() < 5e-4
    assert (away.max(axis=1) > 0.03).mean() < 0.05
    assert away.max() < 0.2
    # and the finish is worth its trouble
    bare = performed_motion(generated, bodies, states[: len(bodies)], pose)
    bare = observe(bare, skeleton)[SETTLING:]
    assert np.abs(bare - expected)[:, JAW].max() > 0.05


def test_an_encoder_without_late_visemes_tells_those_of_the_frame_before():
    encoder = load_encoder(MODELS / "speech")
    older = tuple(head for head in encoder.sizes.heads if head != "late_viseme")
    encoder.sizes = replace(encoder.sizes, heads=older)
    feature = torch.randn(2, 6, encoder.sizes.feature_size, generator=torch.Generator())
    told = told_speech(encoder, feature)
    torch.testing.assert_close(told.late_viseme[:, 1:], told.viseme[:, :-1])
