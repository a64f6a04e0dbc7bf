import numpy as np
import pytest

from training.performance.chance import apart, followed, raised_after, times_at_rate, wandering


def test_events_come_at_the_asked_rate():
    rate = np.where(np.arange(60_000) < 30_000, 0.2, 0.8)
    times_s = times_at_rate(np.random.default_rng(0), rate, 0.55)
    assert (times_s < 1000).sum() == pytest.approx(200, rel=0.1)
    assert (times_s >= 1000).sum() == pytest.approx(800, rel=0.1)


def test_gaps_are_lognormal_and_not_periodic():
    gaps_s = np.diff(times_at_rate(np.random.default_rng(1), np.full(90_000, 0.5), 0.55))
    assert np.log(gaps_s).std() == pytest.approx(0.55, rel=0.1)


def test_no_event_where_the_rate_is_zero():
    rate = np.where(np.arange(900) < 450, 0.0, 1.0)
    assert times_at_rate(np.random.default_rng(2), rate, 0.5).min() >= 15.0
    assert not len(times_at_rate(np.random.default_rng(2), np.zeros(900), 0.5))


def test_events_too_close_are_left_out():
    kept = apart(np.array([0.0, 0.2, 0.5, 0.9, 1.5]), 0.5)
    assert kept.tolist() == [True, False, True, False, True]


def test_wandering_has_unit_deviation_and_forgets():
    noise = wandering(np.random.default_rng(3), 30_000, 0.3, 2)
    np.testing.assert_allclose(noise.std(axis=0), 1.0, rtol=0.1)
    lag = 60
    assert np.abs((noise[lag:] * noise[:-lag]).mean(axis=0)).max() < 0.15


def test_a_follower_never_moves_before_its_target():
    target = np.r_[np.zeros(30), np.ones(60)]
    curve = followed(target, 0.5)
    assert not curve[:30].any()
    assert 0.5 < curve[45] < 1.0
    assert curve[-1] == pytest.approx(1.0, abs=1e-2)


def test_a_rate_is_raised_only_behind_the_moments():
    raised = raised_after(np.ones(90), np.array([1.0]), 0.1, 0.5, 4.0)
    assert set(raised[:33]) == {1.0}
    assert set(raised[33:48]) == {4.0}
    assert set(raised[48:]) == {1.0}
