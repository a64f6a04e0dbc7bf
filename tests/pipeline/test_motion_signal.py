"""Smoothing and events."""

import numpy as np
import pytest

from pipeline.motion_signal import events, followed, merged, runs, smoothed
from pipeline.rates import FPS


def test_smoothing_keeps_constants_and_slopes_and_has_no_delay():
    ramp = np.linspace(0.0, 3.0, 90)
    values = np.stack((np.full(90, 2.0), ramp), axis=1)
    result = smoothed(values, 0.1)
    assert result[:, 0] == pytest.approx(values[:, 0])
    assert result[15:-15, 1] == pytest.approx(ramp[15:-15])
    pulse = np.zeros(61)
    pulse[30] = 1.0
    assert smoothed(pulse, 0.1).argmax() == 30
    assert smoothed(pulse, 0.1).sum() == pytest.approx(1.0)


@pytest.mark.parametrize("frames", [1, 2, 5])
def test_smoothing_takes_motions_of_any_length(frames):
    values = np.arange(frames, dtype=float)
    assert smoothed(values, 1.0).shape == (frames,)
    assert np.isfinite(smoothed(values, 1.0)).all()


def test_runs_are_found_at_both_ends_too():
    assert runs(np.array([1, 1, 0, 1, 0, 0, 1], bool)).tolist() == [[0, 2], [3, 4], [6, 7]]
    assert runs(np.zeros(4, bool)).shape == (0, 2)


def test_an_event_must_reach_the_upper_threshold():
    values = np.array([0.0, 0.4, 0.9, 0.4, 0.0, 0.4, 0.4, 0.0])
    assert events(values, 0.8, 0.3).tolist() == [[1, 4]]


def test_stretches_near_each_other_become_one():
    stretches = np.array([[0, 5], [8, 10], [40, 50]])
    assert merged(stretches, 5 / FPS).tolist() == [[0, 10], [40, 50]]
    assert merged(stretches[:0], 1.0).shape == (0, 2)


def test_following_approaches_a_step_from_below():
    result = followed(np.ones(40), 0.2)
    assert result[0] == pytest.approx(0.2)
    assert (np.diff(result) > 0).all()
    assert result[-1] == pytest.approx(1.0, abs=1e-3)
