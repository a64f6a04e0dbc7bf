import numpy as np
import pytest

from pipeline.hand_pose import Slot
from pipeline.knobs import KNOB_INDEX
from pipeline.rates import FPS
from pipeline.stream_types import State
from tests.training.performance.scores import talk
from training.performance.body import BodyPerformance
from training.performance.face import FacePerformance, play_face
from training.performance.gestures import HandsPerformance, Phase, play_hands
from training.performance.presets import PRESETS, preset

LATEST_S = 0.08


def hands_of(style: str, gesture: float = 1.0, seed: int = 0, **knobs: float) -> HandsPerformance:
    vector = preset(style)
    for name, value in knobs.items():
        vector[KNOB_INDEX[name]] = value
    draws = [np.random.default_rng([seed, part]) for part in range(2)]
    face = play_face(talk(), vector, draws[0])
    return play_hands(talk(), face, vector, gesture, draws[1])


def raised_share(hands: HandsPerformance | BodyPerformance) -> float:
    speaking = talk().state == State.SPEAKING
    return float((hands.raised[speaking] > 0.5).any(axis=1).mean())


@pytest.mark.parametrize("style", PRESETS)
def test_strokes_start_just_after_an_accented_vowel_has_begun(style: str):
    hands = hands_of(style, gesture=2.0)
    onsets = np.array([accent.time_s for accent in talk().accents])
    assert len(hands.strokes_s)
    late_s = hands.strokes_s - hands.accents_s
    assert late_s.min() >= 0.0
    assert late_s.max() <= LATEST_S
    assert np.isin(hands.accents_s, onsets).all()


def test_hands_really_move_when_a_stroke_starts():
    hands = hands_of("energetic")
    place = hands.poses[:, :, : Slot.SWIVEL]
    speed = np.linalg.norm(np.diff(place, axis=0), axis=2).max(axis=1) * FPS
    starts = np.round(hands.strokes_s * FPS).astype(int)
    starts = starts[starts + 6 < len(speed)]
    during = np.array([speed[start : start + 6].max() for start in starts])
    assert np.median(during) > 0.25
    assert np.median(during) > 3.0 * np.median(speed[hands.phases[1:] == Phase.READY])


def test_without_intensity_hands_never_rise_and_are_still():
    hands = hands_of("energetic", gesture=0.0)
    assert not len(hands.strokes_s)
    assert not hands.raised.any()
    assert np.ptp(hands.poses, axis=0).max() < 1e-9


def test_resting_hands_are_still():
    hands = hands_of("natural")
    resting = hands.phases == Phase.REST
    long = np.convolve(resting, np.ones(15), "valid") == 15
    first = np.flatnonzero(long)
    assert len(first)
    assert max(np.ptp(hands.poses[start + 8 : start + 15], axis=0).max() for start in first) < 1e-6


def test_more_intensity_raises_hands_more_often_and_farther():
    shares, ways = [], []
    for gesture in (0.3, 1.0, 2.0):
        played = [hands_of("natural", gesture, seed) for seed in range(4)]
        shares.append(np.mean([raised_share(hands) for hands in played]))
        ways.append(np.mean([np.abs(np.diff(h.poses[..., :3], axis=0)).sum() for h in played]))
    assert shares[0] < 0.75 * shares[1] < 0.75 * shares[2]
    assert ways[0] < 0.75 * ways[1] < 0.75 * ways[2]


def test_presets_differ_in_their_share_of_gestures():
    share = {
        style: np.mean([raised_share(hands_of(style, seed=seed)) for seed in range(3)])
        for style in ("shy", "natural", "energetic")
    }
    assert share["shy"] < 0.25 < share["natural"] < 0.55 < share["energetic"]


def test_two_handedness_is_the_share_of_gestures_with_both_hands():
    shares = []
    for knob in (0.0, 0.5, 1.0):
        up = hands_of("energetic", two_handedness=knob).raised > 0.5
        shares.append(up.all(axis=1).sum() / up.any(axis=1).sum())
    assert shares[0] < 0.15 < shares[1] - 0.1 < shares[2] - 0.3


def test_extent_makes_strokes_larger():
    ways = []
    for knob in (0.0, 1.0):
        hands = hands_of("energetic", gesture_extent=knob)
        ends = np.minimum(np.round(hands.strokes_s * FPS).astype(int) + 7, len(hands.poses) - 1)
        starts = np.round(hands.strokes_s * FPS).astype(int)
        place = hands.poses[..., : Slot.SWIVEL]
        ways.append(np.linalg.norm(place[ends] - place[starts], axis=2).max(axis=1).mean())
    assert ways[1] > 1.5 * ways[0]


def test_hands_rise_when_a_phrase_has_begun_and_sink_when_a_pause_is_heard():
    hands, score = hands_of("natural"), talk()
    starts = np.array([phrase.start_s for phrase in score.phrases])
    ends = np.array([phrase.end_s for phrase in score.phrases])
    changes = np.flatnonzero(np.diff(hands.phases.astype(int))) + 1
    rises = [f / FPS for f in changes if hands.phases[f] == Phase.PREPARATION]
    for rise_s in rises:
        phrase = int(np.searchsorted(starts, rise_s)) - 1
        assert phrase >= 0
        assert rise_s < ends[phrase]
    following = np.append(starts[1:], np.inf)
    long = following - ends > 1.0
    frames = np.round((ends[long] + 0.8) * FPS).astype(int)
    frames = frames[frames < len(hands.phases)]
    assert len(frames) > 5
    quiet = (Phase.REST, Phase.RETRACTION)
    assert np.isin(hands.phases[frames], quiet).mean() > 0.9


def test_strokes_prefer_the_accents_that_the_face_plays():
    score = talk()
    times_s = np.array([accent.time_s for accent in score.accents])
    empty = np.zeros(0)
    face = FacePerformance(np.zeros((score.frames, 52)), empty, times_s[::2], empty, empty)
    hands = play_hands(score, face, preset("energetic"), 1.0, np.random.default_rng(2))
    assert np.isin(hands.accents_s, times_s[::2]).mean() > 0.75
