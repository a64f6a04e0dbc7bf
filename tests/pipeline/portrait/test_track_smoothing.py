"""The smoother keeps what moves and drops what shakes."""

import numpy as np
import pytest

from pipeline.portrait.track_smoothing import penalty, smooth_track, whittaker
from pipeline.rates import FPS

TIME_S = np.arange(300) / FPS
KNOWN = np.ones(300, bool)


def test_the_elimination_solves_the_normal_equations():
    random = np.random.default_rng(0)
    values, weights = random.normal(size=(60, 2)), random.uniform(0.0, 1.0, (60, 2))
    penalties = random.uniform(0.1, 9.0, (60, 2))
    second = np.diff(np.eye(60), 2, axis=0)
    found = whittaker(values, weights, penalties)
    for column in range(2):
        matrix = np.diag(weights[:, column]) + second.T @ np.diag(penalties[1:-1, column]) @ second
        expected = np.linalg.solve(matrix, weights[:, column] * values[:, column])
        assert found[:, column] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("cutoff_hz", [1.0, 4.0, 8.0])
def test_the_cutoff_halves_a_sine_without_delay(cutoff_hz):
    sine = np.sin(2 * np.pi * cutoff_hz * TIME_S + 0.3)[:, None]
    smooth = whittaker(sine, np.ones_like(sine), np.full(sine.shape, penalty(cutoff_hz)))
    assert smooth[60:-60] == pytest.approx(0.5 * sine[60:-60], abs=0.02)


def test_a_blink_in_noise_keeps_its_height_and_the_rest_gets_quiet():
    random = np.random.default_rng(1)
    clean = np.exp(-0.5 * ((np.arange(300) - 150) / 2.2) ** 2)
    noisy = clean + 0.03 * random.normal(size=300)
    smooth = smooth_track(noisy[:, None], KNOWN, 2.0, 14.0)[:, 0]
    assert smooth[148:153].max() > 0.93
    assert smooth.argmax() == pytest.approx(150, abs=1)
    quiet = np.abs(np.arange(300) - 150) > 20
    assert smooth[quiet].std() < 0.6 * noisy[quiet].std()


def test_a_single_wild_frame_leaves_no_trace():
    clean = 0.1 * np.sin(2 * np.pi * 0.5 * TIME_S)
    noisy = clean + 0.002 * np.random.default_rng(2).normal(size=300)
    noisy[100] += 1.0
    smooth = smooth_track(noisy[:, None], KNOWN, 3.0, 10.0)[:, 0]
    assert np.abs(smooth - clean)[95:106].max() < 0.02


def test_gaps_are_bridged_and_never_swing():
    values = 0.3 * TIME_S[:, None] + 0.01 * np.random.default_rng(3).normal(size=(300, 1))
    known = KNOWN.copy()
    known[100:108] = False
    known[200:280] = False
    values[~known] = 1e3
    smooth = smooth_track(values, known, 3.0, 10.0)[:, 0]
    assert smooth == pytest.approx(0.3 * TIME_S, abs=0.06)


@pytest.mark.parametrize("frames", [1, 2, 3])
def test_the_shortest_tracks_pass(frames):
    smooth = smooth_track(np.ones((frames, 2)), np.ones(frames, bool), 2.0, 8.0)
    assert smooth == pytest.approx(np.ones((frames, 2)))


def test_where_nothing_is_known_there_is_nothing():
    assert (smooth_track(np.ones((9, 1)), np.zeros(9, bool), 2.0, 8.0) == 0.0).all()
