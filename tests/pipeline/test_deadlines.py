"""What becomes of frames that are late, and of sound that piles up."""

import pytest

from pipeline.deadlines import QUEUE_WINDOW_FRAMES, SLACK_S, Deadlines, Verdict
from pipeline.pacer import Pacer
from pipeline.rates import FPS, FRAME_PERIOD_S, SAMPLES_PER_FRAME
from tests.pipeline.fakes import FakeClock


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def deadlines(clock):
    deadlines = Deadlines(Pacer(FPS, clock), clock)
    assert deadlines.judge(0) is Verdict.DRAW
    deadlines.wait()
    return deadlines


def test_the_first_deadline_leaves_slack(clock):
    started_s = clock.now_s()
    deadlines = Deadlines(Pacer(FPS, clock), clock)
    assert deadlines.wait() == 0.0
    assert clock.now_s() == pytest.approx(started_s + SLACK_S)


def test_frames_in_time_are_drawn_and_wait_for_their_deadline(clock, deadlines):
    started_s = clock.now_s()
    for frame in range(1, 50):
        assert deadlines.judge(0) is Verdict.DRAW
        clock.advance(0.02)
        assert deadlines.wait() == 0.0
        assert clock.now_s() == pytest.approx(started_s + frame * FRAME_PERIOD_S)


def test_a_late_frame_with_sound_waiting_is_replaced_by_the_last_one(clock, deadlines):
    clock.advance(1.5 * FRAME_PERIOD_S)
    assert deadlines.judge(SAMPLES_PER_FRAME) is Verdict.RESEND


def test_more_than_two_frames_behind_nothing_is_sent(clock, deadlines):
    clock.advance(5 * FRAME_PERIOD_S)
    for waiting in (4, 3, 2, 1):
        assert deadlines.judge(waiting * SAMPLES_PER_FRAME) is Verdict.SKIP
    assert deadlines.judge(0) is Verdict.DRAW


def test_after_a_stall_the_deadlines_go_on_without_a_burst(clock, deadlines):
    clock.advance(10.2 * FRAME_PERIOD_S)
    sent_s = []
    for backlog in (9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0):
        if deadlines.judge(backlog * SAMPLES_PER_FRAME) is not Verdict.SKIP:
            deadlines.wait()
            sent_s.append(clock.now_s())
        if backlog == 0:
            clock.advance(FRAME_PERIOD_S / 2)
    assert len(sent_s) == 3
    in_one_period = [t for t in sent_s if t < sent_s[0] + 0.99 * FRAME_PERIOD_S]
    assert len(in_one_period) <= 2


def test_sound_that_came_late_moves_the_deadlines(clock, deadlines):
    clock.advance(1.8 * FRAME_PERIOD_S)
    assert deadlines.judge(0) is Verdict.DRAW
    assert deadlines.wait() == 0.0
    moved_s = clock.now_s()
    assert deadlines.judge(0) is Verdict.DRAW
    deadlines.wait()
    assert clock.now_s() == pytest.approx(moved_s + FRAME_PERIOD_S)


def test_a_queue_that_never_clears_costs_one_frame(deadlines):
    verdicts = []
    for _ in range(QUEUE_WINDOW_FRAMES + 5):
        verdicts.append(deadlines.judge(SAMPLES_PER_FRAME))
        if verdicts[-1] is not Verdict.SKIP:
            deadlines.wait()
    assert verdicts.count(Verdict.SKIP) == 1


def test_bursts_of_sound_are_no_queue(clock, deadlines):
    for index in range(3 * QUEUE_WINDOW_FRAMES):
        assert deadlines.judge(SAMPLES_PER_FRAME * (index % 2)) is Verdict.DRAW
        deadlines.wait()


def test_after_skipped_deadlines_the_sound_is_caught_up_before_anything_is_drawn(clock, deadlines):
    assert deadlines.judge(0) is Verdict.DRAW
    clock.advance(4 * FRAME_PERIOD_S)
    deadlines.wait()
    for waiting in (3, 2, 1):
        assert deadlines.judge(waiting * SAMPLES_PER_FRAME) is Verdict.SKIP
    assert deadlines.judge(0) is Verdict.DRAW
