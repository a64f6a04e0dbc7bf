"""Where the time of drawing pairs goes, stage by stage."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Wait = Callable[[], object]


class Stopwatch:
    """Stopwatch(wait): seconds by stage; wait() returns when the GPU has done what it was asked.

    Waiting makes the whole slower than without a watch.
    """

    def __init__(self, wait: Wait | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._wait = wait

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        started_s = time.perf_counter()
        yield
        if self._wait is not None:
            self._wait()
        passed_s = time.perf_counter() - started_s
        self.seconds[name] = self.seconds.get(name, 0.0) + passed_s
