from pathlib import Path

import numpy as np
import pytest

from pipeline.face_motion import FaceMotion
from pipeline.model_folder import MODELS
from pipeline.motion_settings import MotionSettings
from pipeline.names import ACTION_INDEX
from pipeline.network import load_network
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.sound_file import decode_audio
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk, FaceFrame, SpeechFrame, State
from pipeline.style import load_style

CLIP = Path(__file__).parent.parent / "data" / "go_forward.flac"
BLINKS = [ACTION_INDEX["eyeBlinkLeft"], ACTION_INDEX["eyeBlinkRight"]]
OPENING = ("jawOpen", "mouthFunnel", "mouthLowerDownLeft", "mouthUpperUpLeft", "mouthStretchLeft")


@pytest.fixture(scope="module")
def network():
    return load_network(MODELS / "face_motion", "cpu")


@pytest.fixture(scope="module")
def heard() -> list[SpeechFrame]:
    """The recording with a second of digital silence behind it."""
    samples = np.concatenate([decode_audio(CLIP), np.zeros(24_000, np.float32)])
    features = SpeechFeatures(load_network(MODELS / "speech", "cpu"))
    state, frames = features.init_state(), []
    for start in range(0, len(samples) - SAMPLES_PER_FRAME, SAMPLES_PER_FRAME):
        chunk = AudioChunk(samples[start : start + SAMPLES_PER_FRAME], start, 0.0)
        frame, state = features.step(chunk, state)
        frames.append(frame)
    return frames


def make(network, lookahead: int = 1, style: str = "natural", **settings) -> FaceMotion:
    return FaceMotion(network, load_style(style), MotionSettings(**settings), lookahead, seed=5)


def move(motion: FaceMotion, heard: list[SpeechFrame]) -> list[FaceFrame]:
    state, faces = motion.init_state(), []
    for speech in heard:
        face, state = motion.step(speech, state)
        faces.append(face)
    return faces


def jaw(faces: list[FaceFrame]) -> np.ndarray:
    return np.array([face.actions[ACTION_INDEX["jawOpen"]] for face in faces])


@pytest.mark.parametrize("lookahead", [0, 1, 4])
def test_the_face_runs_the_look_ahead_behind_the_sound(network, heard, lookahead):
    motion = make(network, lookahead)
    faces = move(motion, heard)
    assert [face.frame for face in faces] == [speech.frame - lookahead for speech in heard]
    assert motion.latency_s == pytest.approx(lookahead / 30)
    shown = faces[lookahead:]
    for speech, face in zip(heard, shown, strict=False):
        np.testing.assert_array_equal(face.viseme, speech.viseme)


@pytest.mark.parametrize("lookahead", [-1, 5])
def test_a_look_ahead_out_of_range_is_refused(network, lookahead):
    with pytest.raises(ValueError, match="look-ahead"):
        make(network, lookahead)


def test_all_values_are_in_range(network, heard):
    for face in move(make(network, expression=2.0, head=2.0), heard):
        assert face.actions.shape == (52,)
        assert face.actions.min() >= 0.0
        assert face.actions.max() <= 1.0
        assert np.abs(face.head_rotation).max() <= 0.6
        assert face.gaze.shape == (2, 2)


def test_the_jaw_moves_with_the_voice_and_the_lips_shut_in_silence(network, heard):
    faces = move(make(network), heard)
    assert jaw(faces[17:64]).max() > 0.2
    for face in faces[-20:]:
        for name in OPENING:
            assert face.actions[ACTION_INDEX[name]] == 0.0


def test_later_speech_never_changes_earlier_faces(network, heard):
    other = heard[:40] + heard[:20]
    first, second = move(make(network), heard)[:40], move(make(network), other)[:40]
    for one, two in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.actions, two.actions)
        np.testing.assert_array_equal(one.head_rotation, two.head_rotation)


def test_a_fresh_state_reproduces_the_first_run(network, heard):
    motion = make(network)
    for one, two in zip(move(motion, heard), move(motion, heard), strict=True):
        np.testing.assert_array_equal(one.actions, two.actions)
        np.testing.assert_array_equal(one.gaze, two.gaze)


def test_without_expression_only_blinks_remain(network, heard):
    faces = move(make(network, expression=0.0), heard)
    for face in faces:
        others = np.delete(face.actions, BLINKS)
        assert others.max() == 0.0
    assert max(face.actions[BLINKS[0]] for face in faces) > 0.5


def test_without_head_motion_the_head_is_still(network, heard):
    for face in move(make(network, head=0.0), heard):
        np.testing.assert_array_equal(face.head_rotation, 0.0)
        np.testing.assert_array_equal(face.head_translation, 0.0)


def test_styles_differ_in_what_the_mouth_does(network, heard):
    calm, energetic = (move(make(network, style=name), heard) for name in ("calm", "energetic"))
    assert jaw(energetic).sum() > 1.05 * jaw(calm).sum()


def test_speaking_is_noticed_and_ends(network, heard):
    states = [face.state for face in move(make(network), heard)]
    assert states[40] == State.SPEAKING
    assert states[-1] == State.LISTENING
    assert states[0] == State.IDLE
