"""Where engines are made while the loop goes on."""

import threading
from collections.abc import Callable
from typing import Protocol

from pipeline.engine import Engine


class EngineBuilder(Protocol):
    """Makes one engine at a time."""

    @property
    def is_busy(self) -> bool:
        """Something is being made, or was not taken yet."""
        ...

    def begin(self, make: Callable[[], Engine], /) -> None:
        """Start to make one; `take` yields what came of it."""
        ...

    def take(self) -> Engine | Exception | None:
        """The engine or why there is none, once; None while it is being made."""
        ...


class BackgroundBuilder:
    """Makes engines on a thread, so that the loop shows pictures meanwhile."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: Engine | Exception | None = None
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    def begin(self, make: Callable[[], Engine], /) -> None:
        self._is_busy = True
        threading.Thread(target=self._work, args=(make,), name="engine", daemon=True).start()

    def take(self) -> Engine | Exception | None:
        with self._lock:
            made, self._made = self._made, None
            if made is not None:
                self._is_busy = False
            return made

    def _work(self, make: Callable[[], Engine]) -> None:
        try:
            made: Engine | Exception = make()
        except Exception as fault:  # handed over to the loop, which knows what to do about it
            made = fault
        with self._lock:
            self._made = made


class ImmediateBuilder:
    """Makes engines at once, for work that is not in real time."""

    def __init__(self) -> None:
        self._made: Engine | Exception | None = None

    @property
    def is_busy(self) -> bool:
        return self._made is not None

    def begin(self, make: Callable[[], Engine], /) -> None:
        try:
            self._made = make()
        except Exception as fault:
            self._made = fault

    def take(self) -> Engine | Exception | None:
        made, self._made = self._made, None
        return made
