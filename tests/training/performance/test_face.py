from dataclasses import replace

import numpy as np
import pytest

from pipeline.knobs import KNOB_INDEX
from pipeline.motion_space import (
    ACTIONS,
    FACE_ACTIONS,
    FACE_SIZE,
    GAZE,
    HEAD_ROTATION,
    HEAD_TRANSLATION,
    MOUTH_INDICES,
)
from pipeline.rates import FPS, SAMPLES_PER_FRAME
from pipeline.stream_types import State
from tests.training.performance.utterances import spoken_shard
from training.performance.face import play_face
from training.performance.presets import PRESETS, preset
from training.performance.score import Habits, Score

COLUMN = {name: FACE_ACTIONS.index(name) for name in FACE_ACTIONS}
CLIP_FRAMES = 8 * FPS


@pytest.fixture(scope="module")
def score():
    samples, clips = spoken_shard(90.0, seed=6)
    return Score.of_clips(samples, clips, len(samples) // SAMPLES_PER_FRAME)


@pytest.fixture(scope="module")
def quiet():
    """Two seconds of speech, 20 s of listening, then idle."""
    samples, clips = spoken_shard(5.0, seed=7)
    samples = np.concatenate([samples, np.zeros(80 * 24_000, np.float32)])
    return Score.of_clips(samples, clips, len(samples) // SAMPLES_PER_FRAME)


def play(score, name="natural", seed=0, **knobs):
    point = preset(name).copy()
    for key, value in knobs.items():
        point[KNOB_INDEX[key]] = value
    return play_face(score, point, np.random.default_rng(seed))


def head_deg(played):
    return np.degrees(played.face[:, HEAD_ROTATION].astype(float))


def speed_deg_s(played):
    return np.linalg.norm(np.diff(head_deg(played), axis=0), axis=1) * FPS


def clips_of(face):
    return [face[k : k + CLIP_FRAMES] for k in range(0, len(face) - CLIP_FRAMES + 1, CLIP_FRAMES)]


def statistics(clip):
    speed = np.abs(np.diff(clip, axis=0)).mean(axis=0) * FPS
    return np.concatenate([clip.mean(axis=0), clip.std(axis=0), speed])


def test_a_performance_is_finite_and_in_range(score):
    for name in PRESETS:
        played = play(score, name)
        assert played.face.shape == (score.frames, FACE_SIZE)
        assert played.face.dtype == played.closed.dtype == np.float32
        assert np.isfinite(played.face).all()
        assert 0.0 <= played.face[:, ACTIONS].min() <= played.face[:, ACTIONS].max() <= 1.0
        assert np.abs(head_deg(played)).max() <= 24.0
        assert np.abs(played.face[:, HEAD_TRANSLATION]).max() < 0.05
        assert np.abs(np.degrees(played.face[:, GAZE])).max() < 28.0


def test_the_same_seed_plays_the_same(score):
    np.testing.assert_array_equal(play(score, seed=3).face, play(score, seed=3).face)


def test_another_seed_differs_in_all_but_the_mouth(score):
    one, other = play(score, seed=1).face, play(score, seed=2).face
    np.testing.assert_array_equal(one[:, MOUTH_INDICES], other[:, MOUTH_INDICES])
    for column in (COLUMN["eyeBlinkLeft"], COLUMN["browInnerUp"], GAZE.start, HEAD_ROTATION.start):
        assert np.abs(one[:, column] - other[:, column]).max() > 0.01
        assert abs(np.corrcoef(one[:, column], other[:, column])[0, 1]) < 0.6


def test_one_side_smiles_more_by_habit(score):
    played = play(replace(score, habits=Habits(asymmetry=0.1)), smile=0.8).face
    left, right = played[:, COLUMN["mouthSmileLeft"]], played[:, COLUMN["mouthSmileRight"]]
    assert left.mean() / right.mean() == pytest.approx(1.1 / 0.9, rel=0.02)


@pytest.mark.parametrize(
    ("name", "sd", "median_and_p95"),
    [
        ("natural", ((2.2, 2.0, 1.6), (4.2, 3.9, 3.2)), ((5, 22), (14, 60))),
        ("calm", ((0.7, 0.6, 0.6), (2.0, 1.8, 1.9)), ((1.5, 7), (6, 23))),
        ("energetic", ((3.8, 2.8, 2.3), (7.0, 6.0, 5.2)), ((9, 45), (18, 80))),
    ],
)
def test_heads_move_as_in_real_footage(score, name, sd, median_and_p95):
    sds, speeds = [], []
    for seed in range(4):
        played = play(score, name, seed)
        sds.append(head_deg(played).std(axis=0))
        speeds.append(np.percentile(speed_deg_s(played), (50, 95)))
    for found, (low, high) in ((sds, sd), (speeds, median_and_p95)):
        assert (np.mean(found, axis=0) > low).all()
        assert (np.mean(found, axis=0) < high).all()


@pytest.mark.parametrize("name", PRESETS)
def test_nothing_in_the_head_is_periodic(score, name):
    pitch = head_deg(play(score, name, seed=5))[: 60 * FPS, 1]
    pitch = pitch - pitch.mean()
    spectrum = np.abs(np.fft.rfft(pitch, 2 * len(pitch))) ** 2
    correlation = np.fft.irfft(spectrum)[: len(pitch)]
    assert (correlation / correlation[0])[2 * FPS :].max() < 0.4


@pytest.mark.parametrize(("knob", "per_min"), [(0.0, 8.0), (0.5, 18.0), (1.0, 29.0)])
def test_blinks_come_as_often_as_asked_and_are_brief(score, knob, per_min):
    counts, widths_s = 0, []
    for seed in range(4):
        lids = play(score, seed=seed, blink_rate=knob).face[:, COLUMN["eyeBlinkLeft"]]
        above = np.flatnonzero(np.diff((lids >= 0.5).astype(int), prepend=0, append=0))
        counts += len(above) // 2
        for start, stop in above.reshape(-1, 2):
            if start > 0 and stop < len(lids):
                before = (lids[start] - 0.5) / (lids[start] - lids[start - 1])
                after = (lids[stop - 1] - 0.5) / (lids[stop - 1] - lids[stop])
                widths_s.append((stop - start - 1 + before + after) / FPS)
                peak = start + int(lids[start:stop].argmax())
                assert lids[peak] > 0.9
    assert counts / (4 * score.length_s / 60) == pytest.approx(per_min, rel=0.2)
    assert min(widths_s) > 0.09
    assert max(widths_s) < 0.26


def test_nods_start_with_accented_vowels(score):
    played = play(score, "energetic")
    times_s = np.array([a.time_s for a in score.accents])
    beats_s = np.concatenate([played.nods_s, played.turns_s])
    assert len(beats_s) > 30
    late_s = np.array([(b - times_s[times_s <= b + 1e-9]).min() for b in beats_s])
    assert late_s.max() <= 0.08


def test_a_listener_nods_and_an_idle_person_is_calm(quiet):
    listening, idle = quiet.state == State.LISTENING, quiet.state == State.IDLE
    idle[: 10 * FPS] = False
    nods, restless = 0, []
    for seed in range(12):
        played = play(quiet, seed=seed)
        pitch = head_deg(played)[:, 1]
        quick = pitch - np.convolve(pitch, np.full(45, 1 / 45), mode="same")
        down = (quick > 1.2) & listening
        nods += int((np.diff(down.astype(int)) == 1).sum())
        restless.append(np.median(speed_deg_s(played)[idle[1:]]))
        assert not played.face[idle][:, COLUMN["jawOpen"]].any()
        assert played.closed[idle].all()
    assert 1.0 < nods / (12 * listening.sum() / FPS / 60) < 14.0
    assert 0.3 < np.mean(restless) < 4.0


STATISTICS = {
    "articulation": lambda c: c[:, COLUMN["jawOpen"]].std(),
    "expressiveness": lambda c: sum(
        c[:, COLUMN[n]].std() for n in ("browInnerUp", "mouthSmileLeft", "cheekSquintLeft")
    ),
    "smile": lambda c: c[:, COLUMN["mouthSmileLeft"]].mean(),
    "brow": lambda c: (c[:, COLUMN["browInnerUp"]] - c[:, COLUMN["browDownLeft"]]).mean(),
    "head_energy": lambda c: np.abs(np.diff(c[:, HEAD_ROTATION], axis=0)).mean(),
    "nod_turn_balance": lambda c: np.log(
        c[:, HEAD_ROTATION.start + 1].std() / c[:, HEAD_ROTATION.start].std()
    ),
    "tilt": lambda c: abs(c[:, HEAD_ROTATION.start + 2].mean()),
    "eye_contact": lambda c: -np.hypot(*c[:, GAZE].T).mean(),
    "blink_rate": lambda c: c[:, COLUMN["eyeBlinkLeft"]].mean(),
    "tempo": lambda c: (
        np.abs(np.diff(c[:, HEAD_ROTATION], axis=0)).mean() / c[:, HEAD_ROTATION].std(axis=0).mean()
    ),
    "posture": lambda c: c[:, HEAD_TRANSLATION.stop - 1].mean(),
}


@pytest.mark.parametrize("knob", STATISTICS)
def test_every_knob_changes_its_own_statistic_monotonically(score, knob):
    means = []
    for value in (0.0, 0.33, 0.67, 1.0):
        clips = [
            c
            for seed in range(2)
            for c in clips_of(play(score, "natural", seed, **{knob: value}).face)
        ]
        means.append(np.mean([STATISTICS[knob](clip) for clip in clips]))
    assert (np.diff(means) > 0).all()


def test_a_linear_classifier_tells_the_presets_apart_in_8_seconds(score):
    seen, told, truth = [], [], []
    for label, name in enumerate(PRESETS):
        for seed in range(6):
            speaker = replace(score, habits=Habits.drawn(np.random.default_rng([label, seed])))
            for clip in clips_of(play(speaker, name, 100 * label + seed).face):
                seen.append(statistics(clip))
                told.append(label)
                truth.append(seed >= 4)
    x, y, held = np.array(seen, float), np.array(told), np.array(truth)
    x = (x - x[~held].mean(axis=0)) / (x[~held].std(axis=0) + 1e-9)
    x = np.column_stack([x, np.ones(len(x))])
    square = x[~held].T @ x[~held] + 2.0 * np.eye(x.shape[1])
    weights = np.linalg.solve(square, x[~held].T @ np.eye(len(PRESETS))[y[~held]])
    assert ((x[held] @ weights).argmax(axis=1) == y[held]).mean() >= 0.97


def test_knobs_out_of_range_are_refused(score):
    with pytest.raises(ValueError, match="14 numbers"):
        play_face(score, np.full(14, 1.2), np.random.default_rng(0))
    with pytest.raises(ValueError, match="14 numbers"):
        play_face(score, np.zeros(8), np.random.default_rng(0))


def test_an_empty_stretch_has_an_empty_performance():
    score = Score.of_clips(np.zeros(0, np.float32), [], 0)
    assert play(score).face.shape == (0, FACE_SIZE)
