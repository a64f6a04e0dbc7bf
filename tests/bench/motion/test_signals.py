import numpy as np
import pytest

from bench.motion.signals import (
    autocorrelation,
    best_lag,
    coherence,
    jerk,
    largest_peak_beyond,
    longest_run_s,
    peaks,
    reach,
    smoothed,
    speed,
    wasserstein,
)
from tests.bench.motion.motions import wandering

TIME_S = np.arange(1800) / 30


def test_speed_and_jerk_are_derivatives_in_seconds():
    line = np.stack([3 * TIME_S, 4 * TIME_S], axis=1)
    assert speed(line) == pytest.approx(5.0)
    cubic = np.stack([TIME_S[:60] ** 3, np.zeros(60)], axis=1)
    assert jerk(cubic) == pytest.approx(6.0, abs=1e-6)


def test_reach_is_the_diagonal_of_the_box_of_each_window():
    circle = np.stack([np.cos(TIME_S * 6), np.sin(TIME_S * 6)], axis=1)
    assert reach(circle, 4.0) == pytest.approx(np.sqrt(8.0), rel=0.01)
    assert len(reach(circle, 4.0)) == 29


def test_the_distance_of_shifted_and_of_scaled_samples_is_known():
    draw = np.random.default_rng(0).random(5000)
    assert wasserstein(draw, draw) == 0.0
    assert wasserstein(draw + 0.3, draw) == pytest.approx(0.3)
    assert wasserstein(2 * draw, draw) == pytest.approx(draw.mean(), rel=0.01)


def test_of_two_close_peaks_the_higher_one_is_kept():
    values = np.zeros(60)
    values[[10, 14, 40]] = 1.0, 2.0, 0.5
    assert peaks(values, 0.4, 0.5).tolist() == [14, 40]
    assert peaks(values, 0.6, 0.0).tolist() == [10, 14]


def test_a_rhythm_shows_at_its_period_and_wandering_does_not():
    rhythm = autocorrelation(np.sin(2 * np.pi * TIME_S / 3), 10.0)
    assert rhythm[90] == pytest.approx(1.0, abs=0.02)
    assert largest_peak_beyond(rhythm, 2.0) > 0.95
    assert largest_peak_beyond(autocorrelation(wandering(1800, 1, 1)[:, 0], 10.0), 2.0) < 0.35


def test_a_steady_rise_and_stillness_are_no_rhythm():
    assert largest_peak_beyond(autocorrelation(5 * TIME_S, 10.0), 2.0) < 0.4
    assert largest_peak_beyond(autocorrelation(np.ones(600), 10.0), 2.0) == 0.0


def test_coherence_tells_what_follows_from_what_does_not():
    leader, stranger = wandering(1800, 2, 2).T
    follower = np.convolve(leader, np.ones(6) / 6)[:1800]
    assert coherence(leader, follower, 0.15, 2.0) > 0.95
    assert coherence(leader, stranger, 0.15, 2.0) < 0.2


def test_too_short_a_signal_has_no_coherence():
    assert np.isnan(coherence(np.ones(300), np.ones(300), 0.15, 2.0))


def test_a_shift_by_two_frames_is_a_lag_of_two():
    leader = wandering(400, 1, 3)[:, 0]
    lag, correlation = best_lag([leader], [np.roll(leader, 2)], 6)
    assert lag == pytest.approx(2.0, abs=0.1)
    assert correlation > 0.98


def test_a_shift_by_half_a_frame_is_found_too():
    fine = wandering(1200, 1, 4, smooth=40)[:, 0]
    assert best_lag([fine[3::2]], [fine[2:-1:2]], 6)[0] == pytest.approx(0.5, abs=0.1)


def test_the_longest_run_is_told_in_seconds():
    assert longest_run_s(np.array([0, 1, 1, 1, 0, 1], bool)) == pytest.approx(0.1)
    assert longest_run_s(np.zeros(5, bool)) == 0.0


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
