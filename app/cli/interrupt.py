"""Ctrl-C as an event: the run ends after the frame in hand and its files are closed."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event


@contextmanager
def stop_on_interrupt() -> Iterator[Event]:
    """An event that the first Ctrl-C (or SIGTERM) sets; a second one interrupts at once."""
    stop = Event()

    numbers = (signal.SIGINT, signal.SIGTERM)
    previous = {int(number): signal.getsignal(number) for number in numbers}

    def ask_to_stop(number: int, frame: object) -> None:
        stop.set()
        signal.signal(number, previous[number])

    for number in numbers:
        signal.signal(number, ask_to_stop)
    try:
        yield stop
    finally:
        for number in numbers:
            signal.signal(number, previous[number])
