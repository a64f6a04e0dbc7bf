import threading

import pytest

from pipeline.clock import MonotonicClock
from pipeline.notices import Notices
from pipeline.statistics import Statistics
from pipeline.watchdog import COUNT_PERIOD_LOOKS, PERIOD_S, STUCK_LOOKS, Watchdog
from tests.pipeline.fakes import FakeClock


@pytest.fixture
def statistics(clock):
    return Statistics(clock.now_s)


@pytest.fixture
def notices():
    return Notices()


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def watchdog(statistics, notices, clock):
    return Watchdog(lambda: statistics, notices, clock)


def test_a_clock_that_jumps_is_noted_once_and_one_that_runs_is_not(watchdog, clock, caplog):
    caplog.set_level("INFO")
    for elapsed_s in (0.05, 0.09, 30.05, 0.05):
        clock.advance(elapsed_s)
        watchdog.look_at_clock(PERIOD_S)
    assert [record.getMessage() for record in caplog.records] == [
        "the clock jumped by 30.0 s: did the computer sleep?"
    ]


def test_many_pictures_left_out_are_noted_once_until_it_is_over(watchdog, statistics, caplog):
    caplog.set_level("INFO")
    for look in range(5 * COUNT_PERIOD_LOOKS):
        statistics.frames_dropped += look < 3 * COUNT_PERIOD_LOOKS and look % 4 == 0
        watchdog.look()
    told = [record for record in caplog.records if record.name == "pipeline.watchdog"]
    assert [record.getMessage() for record in told] == [
        "25 pictures were left out in 5 s: too much to do",
        "hardly a picture is left out any more",
    ]


def test_half_a_second_is_never_passed_before_it_barks():
    assert STUCK_LOOKS * PERIOD_S <= 0.5 - PERIOD_S


def test_a_stage_that_does_not_come_back_is_named_until_it_does(
    watchdog, statistics, notices, clock, caplog
):
    caplog.set_level("INFO")
    with statistics.stage("renderer"):
        clock.advance(0.5)
        for _ in range(STUCK_LOOKS - 1):
            watchdog.look()
        assert notices.sentences() == ()
        watchdog.look()
        (sentence,) = notices.sentences()
        assert sentence.startswith("Drawing the picture hangs")
        watchdog.look()
    watchdog.look()
    assert notices.sentences() == ()
    assert "renderer does not come back" in caplog.text
    assert "renderer came back after 0.5 s" in caplog.text


def test_a_slow_step_is_named_even_where_nobody_looked_meanwhile(
    watchdog, statistics, clock, caplog
):
    caplog.set_level("INFO")
    for took_s in (0.2, 0.3, 0.1):
        with statistics.stage("face_motion"):
            clock.advance(took_s)
        watchdog.look()
    assert [record.getMessage() for record in caplog.records] == [
        "the stage face_motion came back after 0.3 s"
    ]


@pytest.mark.parametrize("held_looks", [0, 1, 8])
def test_a_clock_that_jumps_makes_no_stage_slow(watchdog, statistics, clock, caplog, held_looks):
    caplog.set_level("INFO")

    def pass_look(jump_s=0.0):
        clock.advance(PERIOD_S + jump_s)
        watchdog.look_at_clock(PERIOD_S)
        watchdog.look()

    with statistics.stage("renderer"):
        for _ in range(held_looks):
            pass_look()
        clock.advance(60.0)
    pass_look()
    with statistics.stage("template"):
        pass_look(60.0)
        for _ in range(held_looks - 1):
            pass_look()
    pass_look()
    slow = [record.getMessage() for record in caplog.records if "came back" in record.message]
    held = [f"the stage {name} came back after 0.4 s" for name in ("renderer", "template")]
    assert slow == (held if held_looks == 8 else [])


def test_short_steps_of_the_same_stage_are_no_alarm(watchdog, statistics, notices):
    for _ in range(3 * STUCK_LOOKS):
        with statistics.stage("renderer"):
            watchdog.look()
    watchdog.look()
    assert notices.sentences() == ()


def test_waiting_for_sound_is_no_alarm(watchdog, notices):
    for _ in range(3 * STUCK_LOOKS):
        watchdog.look()
    assert notices.sentences() == ()


def test_the_thread_looks_by_itself_and_ends_with_its_notice():
    statistics = Statistics()
    barked = threading.Event()
    notices = Notices(lambda sentences: barked.set())
    with Watchdog(lambda: statistics, notices, MonotonicClock()), statistics.stage("face_motion"):
        assert barked.wait(5)
        assert notices.sentences()[0].startswith("Moving the face hangs")
    assert notices.sentences() == ()
