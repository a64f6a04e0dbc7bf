"""Frames that come at any times, on the timeline of the stream."""

import numpy as np
import pytest

from pipeline.portrait.clip_timeline import EASE_S, LONGEST_BRIDGE_S, Timeline, presence
from pipeline.rates import FPS


@pytest.mark.parametrize("fps", [24.0, 25.0, 29.97, 30.0, 50.0, 60.0])
def test_any_rate_becomes_the_stream_s(fps):
    times_s = np.arange(int(4 * fps)) / fps
    values, known = Timeline(times_s, 4 * FPS - 2).resampled(2.0 * times_s[:, None], times_s >= 0)
    assert known.all()
    assert values[:, 0] == pytest.approx(2.0 * np.arange(4 * FPS - 2) / FPS, abs=1e-9)


def test_uneven_times_are_followed():
    times_s = np.cumsum(np.random.default_rng(0).uniform(0.02, 0.05, 80))
    timeline = Timeline(times_s, int(times_s[-1] * FPS))
    values, known = timeline.resampled(np.sin(times_s)[:, None], np.ones(80, bool))
    at_s = np.arange(timeline.frame_count) / FPS
    assert values[3:, 0] == pytest.approx(np.sin(at_s)[3:], abs=1e-3)
    assert known[3:].all()


def test_holes_are_told():
    times_s = np.arange(60) / FPS
    seen = np.ones(60, bool)
    seen[20:30] = False
    _, known = Timeline(times_s, 60).resampled(times_s[:, None], seen)
    assert np.flatnonzero(~known).tolist() == list(range(20, 30))


def test_nothing_seen_is_nothing_known():
    values, known = Timeline(np.arange(9) / FPS, 9).resampled(np.ones((9, 2)), np.zeros(9, bool))
    assert values.shape == (9, 2)
    assert not known.any()


def test_short_gaps_are_bridged_and_long_ones_ease_to_rest():
    known = np.ones(200, bool)
    known[20 : 20 + round(LONGEST_BRIDGE_S * FPS)] = False
    known[100:160] = False
    level = presence(known)
    assert (level[:100] == 1.0).all()
    assert (level[100:113] > 0.0).sum() == round(EASE_S * FPS) - 1
    assert np.abs(np.diff(level)).max() < 0.2
    assert level[130] == 0.0
    assert level[160:].min() == 1.0


def test_what_is_not_known_at_the_ends_is_at_rest():
    known = np.zeros(90, bool)
    known[40:50] = True
    level = presence(known)
    assert level[0] == level[-1] == 0.0
    assert level[45] == 1.0
