"""The line through the times of samples."""

import numpy as np
import pytest

from pipeline.media_clock import MediaClock
from pipeline.rates import SAMPLE_RATE_HZ

BLOCK = 800


def observe(clock, blocks, skew=0.0, *, jitter_s=0.0, start_s=50.0, first=0):
    """Feed blocks; the true time of each block's end and what the clock then says."""
    random = np.random.default_rng(3)
    true_s, told_s = [], []
    for block in range(first, first + blocks):
        sample = (block + 1) * BLOCK
        time_s = start_s + sample / SAMPLE_RATE_HZ / (1 + skew)
        clock.observe(sample, time_s + jitter_s * random.random())
        true_s.append(time_s)
        told_s.append(clock.time_of(sample))
    return np.array(true_s), np.array(told_s)


def test_before_anything_is_observed_there_is_no_time():
    with pytest.raises(ValueError, match="observed"):
        MediaClock().time_of(0)


def test_a_perfect_clock_is_told_exactly():
    true_s, told_s = observe(MediaClock(), 300)
    assert told_s == pytest.approx(true_s, abs=1e-9)


@pytest.mark.parametrize("skew", [-1e-4, 1e-4, 5e-4])
def test_the_skew_is_learnt_and_leaves_no_lag(skew):
    clock = MediaClock()
    true_s, told_s = observe(clock, 9000, skew)
    assert clock.skew == pytest.approx(skew, abs=2e-6)
    assert np.abs(told_s - true_s)[3000:].max() < 1e-4


def test_jitter_of_callbacks_is_averaged_out():
    true_s, told_s = observe(MediaClock(), 9000, 1e-4, jitter_s=0.01)
    lag_s = (told_s - true_s)[3000:]
    assert lag_s.mean() == pytest.approx(0.005, abs=0.001)
    assert lag_s.std() < 0.0006


def test_a_device_that_stalled_begins_a_new_line():
    clock = MediaClock()
    observe(clock, 300)
    true_s, told_s = observe(clock, 300, start_s=51.5, first=300)
    assert told_s == pytest.approx(true_s, abs=1e-9)
    assert clock.relocks == 1


def test_samples_that_start_anew_begin_a_new_line():
    clock = MediaClock()
    observe(clock, 300)
    true_s, told_s = observe(clock, 10, start_s=90.0)
    assert told_s == pytest.approx(true_s, abs=1e-9)


def test_the_sample_of_a_time_is_the_inverse():
    clock = MediaClock()
    observe(clock, 300, 1e-4)
    assert clock.sample_at(clock.time_of(123_456.5)) == pytest.approx(123_456.5)
