"""How far behind the sound pictures are shown."""

import pytest

from pipeline.latency_target import (
    AUTO_MARGIN_S,
    DEAD_BAND_S,
    LARGEST_AUTO_SLACK_S,
    WINDOW_FRAMES,
    Buffering,
    LatencyTarget,
)


def target_after(ages_s, buffering):
    target = LatencyTarget(buffering)
    for age_s in ages_s:
        target.add(age_s)
    return target.value_s


def test_nothing_is_said_before_enough_is_known():
    assert target_after([0.05] * 20, Buffering()) is None


def test_automatic_leaves_time_for_nearly_every_picture():
    ages_s = [0.05] * 95 + [0.07] * 5
    assert target_after(ages_s * 3, Buffering()) == pytest.approx(0.07 + AUTO_MARGIN_S)


def test_automatic_does_not_wait_for_what_a_busy_machine_takes_at_worst():
    ages_s = [0.05] * 90 + [0.5] * 10
    assert target_after(ages_s * 3, Buffering()) == pytest.approx(0.05 + LARGEST_AUTO_SLACK_S)


def test_automatic_forgets_a_bad_time():
    ages_s = [0.1] * 60 + [0.05] * 2 * WINDOW_FRAMES
    assert target_after(ages_s, Buffering()) == pytest.approx(0.05 + AUTO_MARGIN_S)


def test_small_changes_move_nothing():
    target = LatencyTarget(Buffering())
    for _ in range(WINDOW_FRAMES):
        target.add(0.05)
    before_s = target.value_s
    for _ in range(2 * WINDOW_FRAMES):
        target.add(0.05 + 0.8 * DEAD_BAND_S)
    assert target.value_s == before_s


def test_a_fixed_choice_keeps_its_slack_over_the_median():
    assert target_after([0.05] * 95 + [0.2] * 5, Buffering(4)) == pytest.approx(0.05 + 0.06)


def test_the_lookahead_grows_from_quick_to_smooth():
    frames = [Buffering(smoothness).lookahead_frames for smoothness in range(5)]
    assert frames == sorted(frames)
    assert (frames[0], frames[-1], Buffering().lookahead_frames) == (0, 3, 1)


@pytest.mark.parametrize("smoothness", [-1, 5])
def test_choices_that_do_not_exist_are_refused(smoothness):
    with pytest.raises(ValueError, match="0 to 4"):
        Buffering(smoothness)
