"""The monotonic clock as a port, so that everything that waits can be tested without waiting."""

import threading
import time
from typing import Protocol


class Clock(Protocol):
    """Monotonic time in float seconds."""

    def now_s(self) -> float:
        """Seconds since an arbitrary origin; never goes back."""
        ...

    def sleep_until(self, deadline_s: float, cancel: threading.Event | None = None) -> None:
        """Return at `deadline_s`, at once if it has passed, or earlier when `cancel` is set."""
        ...


class MonotonicClock:
    """The real clock (`time.monotonic`)."""

    def now_s(self) -> float:
        return time.monotonic()

    def sleep_until(self, deadline_s: float, cancel: threading.Event | None = None) -> None:
        remaining_s = deadline_s - time.monotonic()
        if remaining_s <= 0:
            return
        if cancel is None:
            # time.sleep has a high resolution timer on every OS, Event.wait 16 ms on Windows
            time.sleep(remaining_s)
        else:
            cancel.wait(remaining_s)
