import numpy as np
import pytest

from training.performance.minimum_jerk import bumps, ease, frame_times, steps


def test_steps_are_sampled_at_the_centres_of_frames():
    curve = steps(60, np.array([0.31]), np.array([0.5]), np.array([2.0]))
    np.testing.assert_allclose(curve, 2.0 * ease((frame_times(60) - 0.31) / 0.5), atol=1e-12)


def test_a_step_too_short_for_a_frame_still_arrives():
    curve = steps(10, np.array([0.16]), np.array([0.001]), np.array([1.0]))
    assert set(np.round(curve, 9)) == {0.0, 1.0}


def test_steps_before_and_behind_the_stretch_do_no_harm():
    curve = steps(30, np.array([-3.0, 5.0]), np.array([0.4, 0.4]), np.array([1.0, 7.0]))
    np.testing.assert_allclose(curve, 1.0)


def test_channels_move_together():
    heights = np.array([[1.0, -2.0], [0.5, 0.0]])
    curve = steps(60, np.array([0.1, 0.9]), np.array([0.3, 0.4]), heights)
    np.testing.assert_allclose(curve[-1], heights.sum(axis=0))


def test_a_bump_returns_to_where_it_began():
    curve = bumps(90, np.array([0.5]), (0.2, 0.3, 0.4), np.array([3.0]))
    assert curve.max() == pytest.approx(3.0)
    assert abs(curve[-1]) < 1e-12
    assert int(curve.argmax()) in range(20, 31)


def test_nothing_happens_without_events():
    assert not steps(12, np.zeros(0), np.zeros(0), np.zeros((0, 3))).any()
