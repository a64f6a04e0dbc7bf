import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.face_motion import FaceMotion
from pipeline.model_folder import MODELS
from pipeline.motion_settings import MotionSettings
from pipeline.motion_space import FACE_ACTIONS, FACE_SIZE, GAZE
from pipeline.names import ACTION_INDEX, FACIAL_ACTIONS, VISEME_INDEX
from pipeline.network import load_network
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.skeleton import rotation_from_head_angles
from pipeline.sound_file import decode_audio
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk, FaceFrame, SpeechFrame, State
from pipeline.style import load_style
from tests.pipeline.motion_networks import SmallFace
from tests.pipeline.voices import conversation, silence, voice

CLIP = Path(__file__).parent.parent / "data" / "go_forward.flac"
BLINKS = [ACTION_INDEX["eyeBlinkLeft"], ACTION_INDEX["eyeBlinkRight"]]
MOUTH = [i for i, n in enumerate(FACIAL_ACTIONS) if n.startswith(("jaw", "mouth", "tongue"))]
OPENING = ("jawOpen", "mouthFunnel", "mouthLowerDownLeft", "mouthUpperUpLeft", "mouthPucker")


@pytest.fixture(scope="module")
def network():
    return SmallFace()


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


def sounding(frames: list[SpeechFrame]) -> list[SpeechFrame]:
    """The same with features that differ from frame to frame in speech."""
    draw = np.random.default_rng(7)
    return [
        replace(f, feature=draw.standard_normal(256).astype(np.float32) * float(f.activity[0]))
        for f in frames
    ]


def make(network, lookahead: int = 1, style: str = "natural", seed: int = 5, **settings):
    return FaceMotion(network, load_style(style), MotionSettings(**settings), lookahead, seed)


def move(motion: FaceMotion, heard: list[SpeechFrame]) -> list[FaceFrame]:
    state, faces = motion.init_state(), []
    for speech in heard:
        face, state = motion.step(speech, state)
        faces.append(face)
    return faces


def actions(faces: list[FaceFrame]) -> np.ndarray:
    return np.array([face.actions for face in faces])


def direction(yaw, pitch):
    return np.array(
        [math.sin(yaw) * math.cos(pitch), -math.sin(pitch), math.cos(yaw) * math.cos(pitch)]
    )


@pytest.mark.parametrize("lookahead", [0, 1, 4])
def test_the_face_runs_the_look_ahead_behind_the_sound(network, heard, lookahead):
    motion = make(network, lookahead)
    faces = move(motion, heard)
    assert [face.frame for face in faces] == [speech.frame - lookahead for speech in heard]
    assert motion.latency_s == pytest.approx(lookahead / 30)
    # By hindsight the encoder knows better what the frame before was.
    told = [speech.viseme for speech in heard]
    if lookahead:
        told = [speech.late_viseme for speech in heard[1:]]
    for viseme, face in zip(told, faces[lookahead:], strict=False):
        np.testing.assert_array_equal(face.viseme, viseme)


@pytest.mark.parametrize("lookahead", [-1, 5])
def test_a_look_ahead_out_of_range_is_refused(network, lookahead):
    with pytest.raises(ValueError, match="look-ahead must be 0 to 4"):
        make(network, lookahead)


@pytest.mark.parametrize("lookahead", [0, 3])
def test_the_network_hears_the_look_ahead_and_knows_it(heard, lookahead):
    network = SmallFace()
    move(make(network, lookahead), heard[:10])
    assert len(network.given) == 10 - lookahead
    for inputs, speech in zip(network.given, heard[lookahead:10], strict=True):
        np.testing.assert_array_equal(inputs["feature"][0, 0], speech.feature)
        assert inputs["lookahead"][0, 0].tolist() == np.eye(5)[lookahead].tolist()


def test_the_state_is_that_of_the_frame_shown(heard):
    frames = [silence(i) for i in range(10)] + [voice(i) for i in range(10, 30)]
    at_once, late = (move(make(SmallFace(), n), frames) for n in (0, 4))
    states = [face.state for face in at_once]
    assert states.index(State.SPEAKING) == 11
    assert [face.state for face in late[4:]] == states[:-4]


def test_an_afterthought_about_a_viseme_is_used_where_the_look_ahead_allows(network):
    frames = [voice(i) for i in range(30)]
    better = np.eye(15, dtype=np.float32)[VISEME_INDEX["FF"]]
    frames[20] = replace(frames[20], late_viseme=better)
    for lookahead, expected in ((0, "aa"), (1, "FF"), (4, "FF")):
        face = move(make(network, lookahead), frames)[19 + lookahead]
        assert face.frame == 19
        assert face.viseme.argmax() == VISEME_INDEX[expected]


def test_all_values_are_in_range_whatever_the_network_says(heard):
    class Wild(SmallFace):
        def run(self, inputs):
            made = super().run(inputs)
            made["motion"] = 30.0 * inputs["noise"]
            made["closed"] = np.full((1, 1, 1), -1e4, np.float32)
            return made

    for face in move(make(Wild(), expression=2.0, head=2.0), heard):
        assert face.actions.shape == (52,)
        assert face.actions.dtype == np.float32
        assert face.actions.min() >= 0.0
        assert face.actions.max() <= 1.0
        assert np.abs(face.head_rotation).max() <= 0.6 + 1e-6
        assert np.abs(face.head_translation).max() <= 0.15 + 1e-6
        assert np.abs(face.gaze).max() < 0.5
        assert face.gaze.shape == (2, 2)


def test_the_network_goes_on_from_what_it_made_itself(heard):
    plain, strong = SmallFace(), SmallFace()
    move(make(plain), heard[:60])
    faces = move(make(strong, expression=0.0, head=2.0), heard[:60])
    for one, other in zip(plain.given, strong.given, strict=True):
        np.testing.assert_array_equal(one["previous"], other["previous"])
    for inputs, face in zip(strong.given[1:], faces[1:], strict=False):
        assert face.generated is not None
        np.testing.assert_array_equal(inputs["previous"][0, 0], face.generated)


def test_the_jaw_moves_with_the_voice_and_the_lips_shut_in_silence(network, heard):
    faces = move(make(network), heard)
    assert actions(faces)[17:64, ACTION_INDEX["jawOpen"]].max() > 0.2
    for face in faces[-20:]:
        for name in OPENING:
            assert face.actions[ACTION_INDEX[name]] == 0.0


def test_in_silence_the_face_lives_without_babbling(network):
    faces = move(make(network), sounding([silence(i) for i in range(300)]))
    values = actions(faces[10:])
    assert values[:, MOUTH].max(axis=0)[[MOUTH.index(ACTION_INDEX[n]) for n in OPENING]].max() == 0
    others = np.delete(values, MOUTH, axis=1)
    assert (np.abs(np.diff(others, axis=0)).max(axis=1) > 0.0).all()
    rotations = np.array([face.head_rotation for face in faces[10:]])
    assert (np.abs(np.diff(rotations, axis=0)).max(axis=1) > 0.0).all()


def test_from_talk_to_silence_to_talk_the_jaw_does_not_jump(network):
    faces = move(make(network), sounding(conversation(420, 90, 50)))
    jaw = actions(faces)[1:, ACTION_INDEX["jawOpen"]]
    generated = np.array([face.generated for face in faces[1:]])
    free = generated[:, FACE_ACTIONS.index("jawOpen")]
    quiet = np.array([face.state != State.SPEAKING for face in faces[1:]])
    assert (jaw[quiet] == 0.0).mean() > 0.8
    # silence takes some frames to shut a mouth, a voice to free it
    added = np.abs(np.diff(jaw)) - np.abs(np.diff(free))
    assert added.max() < 0.55 * free.max()
    shutting = np.diff(jaw)[:-1][quiet[2:] | quiet[1:-1]]
    assert shutting.min() > -0.35 * free.max()
    assert jaw.max() > 0.3


def test_lips_that_touch_for_a_sound_are_shut_at_once(network, heard):
    class Closing(SmallFace):
        def run(self, inputs):
            made = super().run(inputs)
            return made | {"closed": np.full((1, 1, 1), 4.0, np.float32)}

    bilabial = np.eye(15, dtype=np.float32)[VISEME_INDEX["PP"]]
    humming = [replace(speech, viseme=bilabial, late_viseme=bilabial) for speech in heard]
    assert actions(move(make(network), heard))[:, ACTION_INDEX["jawOpen"]].max() > 0.2
    assert actions(move(make(Closing()), humming))[:, ACTION_INDEX["jawOpen"]].max() == 0.0


@pytest.mark.parametrize("lookahead", [0, 1])
def test_a_dip_of_the_sound_shuts_lips_that_may_touch(lookahead):
    class Doubting(SmallFace):
        def run(self, inputs):
            made = super().run(inputs)
            made["motion"][..., FACE_ACTIONS.index("jawOpen")] = 0.5
            return made | {"closed": np.zeros((1, 1, 1), np.float32)}

    heard = np.full(15, 0.1, np.float32)
    heard[[VISEME_INDEX["PP"], VISEME_INDEX["sil"]]] = 0.2, 0.0
    heard /= heard.sum()
    voices = [
        replace(voice(i), viseme=heard, energy_db=-32.0 if i == 30 else -24.0) for i in range(40)
    ]
    jaw = actions(move(make(Doubting(), lookahead), voices))[lookahead:, ACTION_INDEX["jawOpen"]]
    assert jaw[20:30].min() > 0.3
    assert jaw[30] < 0.5 * jaw[29]


def test_streamed_in_any_pieces_the_faces_are_the_same(network, heard):
    motion = make(network)
    whole = move(motion, heard)
    state, pieces = motion.init_state(), []
    for start in range(0, len(heard), 7):
        middle = state
        for speech in heard[start : start + 7]:
            face, state = motion.step(speech, state)
            pieces.append(face)
        motion.step(heard[0], middle)
    for one, two in zip(whole, pieces, strict=True):
        np.testing.assert_array_equal(one.actions, two.actions)
        np.testing.assert_array_equal(one.gaze, two.gaze)


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


def test_seeds_differ_in_what_is_chosen_and_agree_about_the_lips(network, heard):
    one, other = (move(make(network, seed=seed), heard) for seed in (5, 6))
    np.testing.assert_array_equal(actions(one)[:, MOUTH], actions(other)[:, MOUTH])
    heads = [np.array([face.head_rotation for face in faces[1:]]) for faces in (one, other)]
    assert (heads[0] != heads[1]).all()


def test_without_expression_only_blinks_remain(network, heard):
    faces = move(make(network, expression=0.0), heard)
    assert np.delete(actions(faces), BLINKS, axis=1).max() == 0.0
    usual = actions(move(make(network), heard))
    np.testing.assert_array_equal(actions(faces)[1:, BLINKS], usual[1:, BLINKS])
    assert usual[:, BLINKS].max() > 0.1


def test_without_head_motion_the_head_is_still(network, heard):
    for face in move(make(network, head=0.0), heard):
        np.testing.assert_array_equal(face.head_rotation, 0.0)
        np.testing.assert_array_equal(face.head_translation, 0.0)


def test_intensities_are_factors(network, heard):
    reach, size = [], []
    for share in (0.0, 0.5, 1.0, 1.5, 2.0):
        faces = move(make(network, expression=share, head=share), heard)
        reach.append(np.std([face.head_rotation for face in faces]))
        size.append(np.delete(actions(faces), BLINKS, axis=1).sum())
    assert reach == sorted(reach)
    assert reach[1] == pytest.approx(0.5 * reach[2], rel=1e-3)
    assert size == sorted(size)
    assert len(set(size)) == 5


def test_the_eyes_stay_on_what_they_look_at_while_the_head_moves(network, heard):
    for face in move(make(network, head=1.5), heard)[1:]:
        assert face.generated is not None
        turn = rotation_from_head_angles(face.head_rotation)
        seen = turn @ direction(*face.gaze[0].astype(float))
        assert seen == pytest.approx(direction(*face.generated[GAZE].astype(float)), abs=1e-5)


def test_styles_differ_in_what_the_mouth_does(network, heard):
    shy, presenter = (actions(move(make(network, style=s), heard)) for s in ("shy", "presenter"))
    assert presenter[:, MOUTH].sum() > 1.05 * shy[:, MOUTH].sum()


def test_another_style_or_intensity_during_a_run_makes_no_jump(network, heard):
    calm, wild = make(network, style="calm"), make(network, style="energetic", head=2.0)
    state = calm.init_state()
    for speech in heard[:50]:
        _, state = calm.step(speech, state)
    before, after = calm.step(heard[50], state)[0], wild.step(heard[50], state)[0]
    assert np.abs(after.actions - before.actions).max() < 0.08
    assert np.degrees(np.abs(after.head_rotation - before.head_rotation)).max() < 2.0
    for speech in heard[50:]:
        face, state = wild.step(speech, state)
    np.testing.assert_array_equal(state.manner[:14], np.float32(load_style("energetic").knobs))
    assert face.generated is not None
    assert face.generated.shape == (FACE_SIZE,)


def test_speaking_is_noticed_and_ends(network, heard):
    states = [face.state for face in move(make(network), heard)]
    assert states[40] == State.SPEAKING
    assert states[-1] == State.LISTENING
    assert states[0] == State.IDLE
