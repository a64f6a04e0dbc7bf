"""One-slot mailbox: the reader gets the latest value, older ones are dropped and counted."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Hands the latest value from one thread to another; video is never queued.

    `put` never blocks. A value that is replaced before anybody took it counts in `dropped`.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._value: T | None = None
        self._fresh = False
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """How many values were replaced before they were taken."""
        return self._dropped

    @property
    def closed(self) -> bool:
        return self._closed

    def put(self, value: T) -> None:
        """Replace the value in the slot."""
        with self._changed:
            if self._fresh:
                self._dropped += 1
            self._value = value
            self._fresh = True
            self._changed.notify_all()

    def take(self, timeout_s: float = 0.0) -> T | None:
        """The value, if one came since the last take; waits up to `timeout_s`, else None."""
        with self._changed:
            self._changed.wait_for(lambda: self._fresh or self._closed, timeout_s)
            if not self._fresh:
                return None
            self._fresh = False
            return self._value

    def latest(self) -> T | None:
        """The last value put, taken or not; for a reader that only looks (counts no take)."""
        with self._changed:
            return self._value

    def close(self) -> None:
        """Wake every waiting reader; a value still in the slot can be taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
