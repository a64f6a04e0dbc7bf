"""What becomes of frames that are late, and of sound that piles up."""

import numpy as np
import pytest

from pipeline.deadlines import QUEUE_WINDOW_FRAMES, Deadlines, Verdict
from pipeline.latency_target import FIRST_SLACK_S, Buffering
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
    assert clock.now_s() == pytest.approx(started_s + FIRST_SLACK_S)


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


def test_more_than_two_frames_behind_nothing_is_drawn_and_one_picture_is_sent(clock, deadlines):
    clock.advance(5 * FRAME_PERIOD_S)
    assert deadlines.judge(4 * SAMPLES_PER_FRAME) is Verdict.RESEND
    deadlines.wait()
    for waiting in (3, 2, 1):
        assert deadlines.judge(waiting * SAMPLES_PER_FRAME) is Verdict.SKIP
    assert deadlines.judge(0) is Verdict.DRAW


def test_a_machine_that_never_catches_up_still_shows_a_picture_now_and_then(clock, deadlines):
    verdicts = []
    for _ in range(100):
        clock.advance(2 * FRAME_PERIOD_S)
        verdicts.append(deadlines.judge(30 * SAMPLES_PER_FRAME))
    assert verdicts.count(Verdict.DRAW) == pytest.approx(100 / 11, abs=1)


def test_after_a_stall_the_deadlines_go_on_without_a_burst(clock, deadlines):
    clock.advance(10.2 * FRAME_PERIOD_S)
    sent_s = []
    for backlog in (9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 0):
        if deadlines.judge(backlog * SAMPLES_PER_FRAME) is not Verdict.SKIP:
            deadlines.wait()
            sent_s.append(clock.now_s())
        if backlog == 0:
            clock.advance(FRAME_PERIOD_S / 2)
    assert len(sent_s) == 4
    assert np.diff(sent_s).min() > 0.75 * FRAME_PERIOD_S


def test_sound_that_came_late_moves_the_deadlines(clock, deadlines):
    clock.advance(1.8 * FRAME_PERIOD_S)
    assert deadlines.judge(0) is Verdict.DRAW
    assert deadlines.wait() == 0.0
    moved_s = clock.now_s()
    assert deadlines.judge(0) is Verdict.DRAW
    deadlines.wait()
    assert clock.now_s() == pytest.approx(moved_s + FRAME_PERIOD_S)


READING_S = 0.001


def follow(deadlines, clock, frames, *, skew=0.0, work_s=0.012, jitter_s=0.0, again=0):
    """Run frames whose sound comes late by up to `jitter_s`; how old each picture was when it left,
    and the fate of each. The last picture is shown once more before frame `again`."""
    random, start_s = np.random.default_rng(1), clock.now_s()
    ages_s, verdicts = [], []
    for frame in range(1, frames + 1):
        captured_s = start_s + frame * FRAME_PERIOD_S * (1 - skew)
        if frame == again:
            deadlines.wait()
        heard_s = captured_s + 0.01 + jitter_s * random.random()
        had_waited = clock.now_s() > heard_s
        clock.sleep_until(heard_s)
        # Reading takes its time, also of sound that waits.
        clock.advance(READING_S)
        late_chunks = int((clock.now_s() - heard_s) / FRAME_PERIOD_S)
        told_s = captured_s + jitter_s * 0.3 * random.random()
        deadlines.hear(frame * SAMPLES_PER_FRAME, told_s, had_waited=had_waited)
        verdicts.append(deadlines.judge(late_chunks * SAMPLES_PER_FRAME))
        if verdicts[-1] is Verdict.DRAW:
            clock.advance(work_s)
            deadlines.wait(frame * SAMPLES_PER_FRAME)
            ages_s.append(clock.now_s() - captured_s)
        elif verdicts[-1] is Verdict.RESEND:
            deadlines.wait()
    return np.array(ages_s), verdicts


@pytest.mark.parametrize("skew", [-3e-4, 0.0, 3e-4])
@pytest.mark.parametrize("smoothness", [None, 0, 2, 4])
def test_pictures_keep_their_distance_to_the_sound_whatever_its_clock(clock, skew, smoothness):
    deadlines = Deadlines(Pacer(FPS, clock), clock, Buffering(smoothness))
    ages_s, verdicts = follow(deadlines, clock, 6000, skew=skew)
    assert set(verdicts) == {Verdict.DRAW}
    assert np.ptp(ages_s[900:]) < 0.002
    assert deadlines.skew == pytest.approx(skew, abs=3e-5)


def test_smooth_waits_longer_than_quick(clock):
    ages_s = []
    for smoothness in range(5):
        deadlines = Deadlines(Pacer(FPS, clock), clock, Buffering(smoothness))
        ages_s.append(np.median(follow(deadlines, clock, 1500)[0][900:]))
    assert np.diff(ages_s).min() > 0.005
    assert ages_s[0] == pytest.approx(0.022 + FRAME_PERIOD_S / 4, abs=0.004)
    assert ages_s[4] == pytest.approx(0.022 + 1.8 * FRAME_PERIOD_S, abs=0.004)


def test_automatic_waits_as_long_as_the_jitter_of_the_sound_needs(clock):
    median_s = {}
    for jitter_s in (0.0, 0.02):
        deadlines = Deadlines(Pacer(FPS, clock), clock, Buffering())
        ages_s, verdicts = follow(deadlines, clock, 3000, jitter_s=jitter_s)
        assert verdicts.count(Verdict.DRAW) > 2970
        median_s[jitter_s] = np.median(ages_s[900:])
        assert np.ptp(np.percentile(ages_s[900:], (2, 98))) < 0.004
    assert median_s[0.0] == pytest.approx(0.022, abs=0.008)
    assert median_s[0.02] - median_s[0.0] == pytest.approx(0.016, abs=0.006)


def test_deadlines_move_in_steps_nobody_sees(clock):
    deadlines = Deadlines(Pacer(FPS, clock), clock, Buffering())
    ages_s, _ = follow(deadlines, clock, 600)
    assert np.abs(np.diff(ages_s)).max() < 0.0006
    assert np.abs(np.diff(ages_s[300:])).max() < 0.0002


def test_a_queue_that_never_clears_costs_one_frame(clock):
    deadlines = Deadlines(Pacer(FPS, clock), clock, Buffering(1))
    ages_s, verdicts = follow(deadlines, clock, 600, again=300)
    assert verdicts.count(Verdict.SKIP) == 1
    assert verdicts.index(Verdict.SKIP) == pytest.approx(300 + QUEUE_WINDOW_FRAMES, abs=2)
    assert ages_s[310] > ages_s[290] + 0.8 * FRAME_PERIOD_S
    assert ages_s[-1] == pytest.approx(ages_s[290], abs=0.004)


def test_bursts_of_sound_are_no_queue(clock, deadlines):
    for index in range(3 * QUEUE_WINDOW_FRAMES):
        assert deadlines.judge(SAMPLES_PER_FRAME * (index % 2)) is Verdict.DRAW
        deadlines.wait()


def test_another_device_starts_its_samples_anew(clock):
    deadlines = Deadlines(Pacer(FPS, clock), clock, Buffering())
    before_s, _ = follow(deadlines, clock, 600)
    clock.advance(3.0)
    after_s, verdicts = follow(deadlines, clock, 600)
    assert set(verdicts[2:]) == {Verdict.DRAW}
    assert after_s[-1] == pytest.approx(before_s[-1], abs=0.004)


def test_after_skipped_deadlines_the_sound_is_caught_up_before_anything_is_drawn(clock, deadlines):
    assert deadlines.judge(0) is Verdict.DRAW
    clock.advance(4 * FRAME_PERIOD_S)
    deadlines.wait()
    for waiting in (3, 2, 1):
        assert deadlines.judge(waiting * SAMPLES_PER_FRAME) is Verdict.SKIP
    assert deadlines.judge(0) is Verdict.DRAW
