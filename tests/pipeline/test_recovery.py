import pytest

from pipeline.errors import ModelError
from pipeline.notices import Notices
from pipeline.recovery import (
    LONGEST_PAUSE_S,
    MOST_RESUMPTIONS,
    STEADY_S,
    WELL_AFTER_S,
    Recovery,
    Remedy,
)
from tests.pipeline.fakes import FakeClock

GPU, CPU = "full on torch cuda", "lite on CPUExecutionProvider"
BROKEN = RuntimeError("something else")


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def notices():
    return Notices()


@pytest.fixture
def recovery(notices, clock, caplog):
    caplog.set_level("CRITICAL")
    return Recovery(notices, clock)


def test_what_fails_once_goes_on_at_once_and_is_only_logged(recovery, notices, clock, caplog):
    caplog.set_level("INFO")
    attempt = recovery.plan(BROKEN, GPU)
    assert (attempt.remedy, attempt.not_before_s) == (Remedy.RESUME, clock.now_s())
    assert notices.sentences() == ()
    assert "the engine failed" in caplog.text


@pytest.mark.parametrize(
    ("fault", "sentence", "remedy"),
    [
        (RuntimeError("CUDA error: unspecified launch failure"), "graphics card stopped", "RENEW"),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"), "memory", "HUMBLE"),
        (MemoryError(), "memory", "HUMBLE"),
        (BROKEN, "step of the avatar failed", "RENEW"),
        (ModelError("The file motion/weights is damaged."), "is damaged", "RENEW"),
    ],
)
def test_the_second_fault_is_told_and_a_lack_of_memory_asks_for_less(
    recovery, notices, fault, sentence, remedy
):
    recovery.plan(fault, GPU)
    assert recovery.plan(fault, GPU).remedy is Remedy[remedy]
    assert sentence in notices.sentences()[0]
    assert "The last picture stands" in notices.sentences()[0]


def test_later_faults_within_a_minute_ask_for_less_and_wait(recovery, clock):
    attempts = [recovery.plan(BROKEN, GPU) for _ in range(9)]
    remedies = [attempt.remedy for attempt in attempts]
    assert remedies == [Remedy.RESUME, Remedy.RENEW] + [Remedy.HUMBLE] * 7
    waits_s = [attempt.not_before_s - clock.now_s() for attempt in attempts]
    assert waits_s == [0, 0, 0, 1, 2, 4, 8, 10, 10]


def test_faults_of_an_engine_that_runs_well_between_them_cost_one_picture_each(recovery, clock):
    remedies = []
    for _ in range(MOST_RESUMPTIONS + 1):
        attempt = recovery.plan(MemoryError(), GPU)
        assert attempt.not_before_s == clock.now_s()
        remedies.append(attempt.remedy)
        clock.advance(STEADY_S + 1)
    assert remedies == [Remedy.RESUME] * MOST_RESUMPTIONS + [Remedy.HUMBLE]


def test_an_engine_that_fails_again_and_again_at_once_is_given_pauses(recovery, clock):
    waits_s = []
    for _ in range(6):
        waits_s.append(recovery.plan(BROKEN, GPU).not_before_s - clock.now_s())
        recovery.succeed(GPU)
        clock.advance(0.1)
    assert waits_s == [0, 0, 0, 1, 2, 4]


def test_a_fault_after_a_good_minute_is_a_first_one_again(recovery, clock):
    for _ in range(3):
        recovery.plan(MemoryError(), GPU)
    recovery.succeed(CPU)
    clock.advance(WELL_AFTER_S + 1)
    remedies = [recovery.plan(BROKEN, CPU).remedy for _ in range(2)]
    assert remedies == [Remedy.RESUME, Remedy.RENEW]


def test_the_same_engine_again_is_no_news_and_a_humbler_one_is(recovery, notices):
    for _ in range(2):
        recovery.plan(BROKEN, GPU)
    recovery.succeed(GPU)
    assert notices.sentences() == ()
    recovery.plan(BROKEN, GPU)
    recovery.succeed(CPU)
    (sentence,) = notices.sentences()
    assert f"The avatar is {CPU} now, because {GPU} failed" in sentence
    assert "from time to time it is tried again" in sentence
    recovery.plan(BROKEN, CPU)
    recovery.succeed(CPU)
    assert notices.sentences() == (sentence,), "it is still the humbler one"


def test_a_night_of_faults_is_survived(recovery, clock):
    for _ in range(2000):
        attempt = recovery.plan(BROKEN, GPU)
        assert attempt.not_before_s <= clock.now_s() + LONGEST_PAUSE_S
        clock.advance(LONGEST_PAUSE_S)
