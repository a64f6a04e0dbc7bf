import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pacer import Pacer
from tests.pipeline.fakes import FakeClock

PERIOD_S = 1 / 30


def test_the_first_wait_returns_at_once_and_starts_the_beat():
    clock = FakeClock(start_s=50.0)
    tick = Pacer(30, clock).wait()
    assert clock.time_s == 50.0
    assert tick.deadline_s == 50.0
    assert tick.late_s == 0


def test_deadlines_are_absolute_and_errors_do_not_add_up():
    clock = FakeClock(start_s=0.0)
    pacer = Pacer(30, clock)
    for frame in range(1000):
        tick = pacer.wait()
        assert tick.deadline_s == pytest.approx(frame * PERIOD_S, abs=1e-9)
        assert clock.time_s == pytest.approx(frame * PERIOD_S, abs=1e-9)
        clock.advance(0.011)
    assert pacer.late_frames == 0


def test_a_late_frame_is_reported_and_the_beat_is_kept():
    clock = FakeClock(start_s=0.0)
    pacer = Pacer(30, clock)
    pacer.wait()
    clock.advance(1.5 * PERIOD_S)
    late = pacer.wait()
    assert late.late_s == pytest.approx(0.5 * PERIOD_S)
    assert clock.time_s == pytest.approx(1.5 * PERIOD_S)
    assert pacer.wait().deadline_s == pytest.approx(2 * PERIOD_S)
    assert clock.time_s == pytest.approx(2 * PERIOD_S)
    assert pacer.late_frames == 1
    assert pacer.skipped_frames == 0


def test_a_stall_skips_beats_instead_of_a_burst():
    clock = FakeClock(start_s=0.0)
    pacer = Pacer(30, clock)
    pacer.wait()
    clock.advance(1.01)
    tick = pacer.wait()
    assert tick.skipped_frames == 29
    assert pacer.skipped_frames == 29
    stalled_s = clock.time_s
    for _ in range(3):
        pacer.wait()
    # No more than one beat of the three can lie before the end of the stall.
    assert clock.time_s - stalled_s > 2 * PERIOD_S


def test_after_a_stall_the_beat_lies_on_the_same_grid():
    clock = FakeClock(start_s=0.0)
    pacer = Pacer(30, clock)
    pacer.wait()
    clock.advance(0.5)
    pacer.wait()
    beats = pacer.wait().deadline_s * 30
    assert beats == pytest.approx(round(beats))


@given(st.lists(st.floats(0, 0.4), min_size=1, max_size=40))
def test_every_beat_is_either_sent_or_counted_as_skipped(works_s):
    clock = FakeClock(start_s=0.0)
    pacer = Pacer(30, clock)
    for sent, work_s in enumerate(works_s):
        tick = pacer.wait()
        assert tick.deadline_s == pytest.approx((sent + pacer.skipped_frames) * PERIOD_S)
        assert clock.time_s - tick.deadline_s <= 2 * PERIOD_S + 1e-9
        assert clock.time_s >= tick.deadline_s - 1e-9
        clock.advance(work_s)


def test_reset_starts_a_new_beat_without_counting_the_pause():
    clock = FakeClock(start_s=0.0)
    pacer = Pacer(30, clock)
    pacer.wait()
    clock.advance(60)
    pacer.reset()
    assert pacer.wait().late_s == 0
    assert pacer.late_frames == 0


def test_a_rate_of_zero_is_refused():
    with pytest.raises(ValueError, match="positive"):
        Pacer(0)
