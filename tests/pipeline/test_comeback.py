"""When what was asked for is tried again."""

import pytest

from pipeline.comeback import FIRST_PAUSE_S, LONGEST_PAUSE_S, TRIAL_S, Comeback
from tests.pipeline.fakes import FakeClock


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def comeback(clock):
    return Comeback(clock)


def pause_of(comeback, clock) -> float:
    waited_s = 0.0
    while not comeback.is_due:
        clock.advance(1.0)
        waited_s += 1.0
    return waited_s


def test_nothing_is_due_before_a_humbler_engine_works(comeback, clock):
    clock.advance(10 * LONGEST_PAUSE_S)
    assert not comeback.is_due


def test_pauses_double_up_to_the_longest_while_it_cannot_be_had(comeback, clock):
    comeback.wait()
    pauses = []
    for _ in range(6):
        pauses.append(pause_of(comeback, clock))
        comeback.fail()
    assert pauses[:4] == [FIRST_PAUSE_S * 2**k for k in range(4)]
    assert pauses[-1] == LONGEST_PAUSE_S


def test_a_fault_soon_after_it_came_back_makes_it_wait_longer_a_later_one_does_not(comeback, clock):
    comeback.succeed()
    clock.advance(TRIAL_S / 2)
    comeback.note_fault()
    comeback.wait()
    assert pause_of(comeback, clock) == 2 * FIRST_PAUSE_S
    comeback.succeed()
    clock.advance(2 * TRIAL_S)
    comeback.note_fault()
    comeback.wait()
    assert pause_of(comeback, clock) == FIRST_PAUSE_S


def test_while_an_engine_is_down_nothing_is_due(comeback, clock):
    comeback.wait()
    comeback.note_fault()
    clock.advance(10 * LONGEST_PAUSE_S)
    assert not comeback.is_due
