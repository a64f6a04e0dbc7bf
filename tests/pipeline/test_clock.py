import threading
import time

import pytest

from pipeline.clock import MonotonicClock


def test_it_is_the_monotonic_clock():
    before = time.monotonic()
    now = MonotonicClock().now_s()
    assert before <= now <= time.monotonic()


@pytest.mark.parametrize("cancel", [None, threading.Event()])
def test_sleeping_ends_at_the_deadline(cancel):
    clock = MonotonicClock()
    deadline_s = clock.now_s() + 0.02
    clock.sleep_until(deadline_s, cancel)
    assert -0.001 <= clock.now_s() - deadline_s < 0.5


def test_a_deadline_that_has_passed_does_not_wait():
    clock = MonotonicClock()
    start_s = clock.now_s()
    clock.sleep_until(start_s - 5)
    assert clock.now_s() - start_s < 0.5


def test_a_sleep_can_be_cancelled():
    clock, cancel = MonotonicClock(), threading.Event()
    sleeper = threading.Thread(target=clock.sleep_until, args=(clock.now_s() + 60, cancel))
    sleeper.start()
    cancel.set()
    sleeper.join(5)
    assert not sleeper.is_alive()
