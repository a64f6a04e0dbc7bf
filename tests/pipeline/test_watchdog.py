import threading

import pytest

from pipeline.notices import Notices
from pipeline.statistics import Statistics
from pipeline.watchdog import PERIOD_S, STUCK_LOOKS, Watchdog


@pytest.fixture
def statistics():
    return Statistics()


@pytest.fixture
def notices():
    return Notices()


@pytest.fixture
def watchdog(statistics, notices):
    return Watchdog(lambda: statistics.in_progress, notices)


def test_half_a_second_is_never_passed_before_it_barks():
    assert STUCK_LOOKS * PERIOD_S <= 0.5 - PERIOD_S


def test_a_stage_that_does_not_come_back_is_named_until_it_does(
    watchdog, statistics, notices, caplog
):
    caplog.set_level("INFO")
    with statistics.stage("renderer"):
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


def test_the_thread_looks_by_itself_and_ends_with_its_notice(statistics):
    barked = threading.Event()
    notices = Notices(lambda sentences: barked.set())
    with Watchdog(lambda: statistics.in_progress, notices), statistics.stage("face_motion"):
        assert barked.wait(5)
        assert notices.sentences()[0].startswith("Moving the face hangs")
    assert notices.sentences() == ()
