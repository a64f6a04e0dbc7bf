import pytest

from pipeline.errors import ModelError
from pipeline.notices import Notices
from pipeline.recovery import STEADY_S, WELL_AFTER_S, Recovery
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


@pytest.mark.parametrize(
    ("fault", "sentence", "humbler"),
    [
        (RuntimeError("CUDA error: unspecified launch failure"), "graphics card stopped", False),
        (RuntimeError("CUDA out of memory. Tried to allocate 2 GiB"), "memory", True),
        (MemoryError(), "memory", True),
        (BROKEN, "step of the avatar failed", False),
        (ModelError("The file motion/weights is damaged; install again."), "install again", False),
    ],
)
def test_the_first_fault_is_told_and_only_a_lack_of_memory_asks_for_less(
    recovery, notices, fault, sentence, humbler
):
    attempt = recovery.plan(fault, GPU)
    assert attempt.humbler == humbler
    assert sentence in notices.sentences()[0]
    assert "The last picture stands" in notices.sentences()[0]


def test_a_second_fault_within_a_minute_asks_for_less_and_later_ones_wait(recovery, clock):
    attempts = [recovery.plan(BROKEN, GPU) for _ in range(9)]
    assert [attempt.humbler for attempt in attempts] == [False] + [True] * 8
    waits_s = [attempt.not_before_s - clock.now_s() for attempt in attempts]
    assert waits_s == [0, 0, 1, 2, 4, 8, 10, 10, 10]


def test_faults_of_engines_that_ran_for_a_while_are_mended_at_once(recovery, clock):
    for _ in range(6):
        assert recovery.plan(BROKEN, GPU).not_before_s == clock.now_s()
        recovery.succeed(GPU)
        clock.advance(STEADY_S + 1)


def test_an_engine_that_fails_again_and_again_at_once_is_given_pauses(recovery, clock):
    waits_s = []
    for _ in range(6):
        waits_s.append(recovery.plan(BROKEN, GPU).not_before_s - clock.now_s())
        recovery.succeed(GPU)
        clock.advance(0.1)
    assert waits_s == [0, 0, 1, 2, 4, 8]


def test_a_fault_after_a_good_minute_is_a_first_one_again(recovery, clock):
    recovery.plan(BROKEN, GPU)
    recovery.succeed(GPU)
    clock.advance(WELL_AFTER_S + 1)
    assert not recovery.plan(BROKEN, GPU).humbler


def test_the_same_engine_again_is_no_news_and_a_humbler_one_is(recovery, notices):
    recovery.plan(BROKEN, GPU)
    recovery.succeed(GPU)
    assert notices.sentences() == ()
    recovery.plan(BROKEN, GPU)
    recovery.succeed(CPU)
    (sentence,) = notices.sentences()
    assert f"The avatar is {CPU} now, because {GPU} failed" in sentence
    assert "press Stop and Start" in sentence
    recovery.plan(BROKEN, CPU)
    recovery.succeed(CPU)
    assert notices.sentences() == (sentence,), "it is still the humbler one"
