"""A progress bar for work that takes longer than two seconds; silent when not on a terminal."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

DELAY_S = 2.0
PERIOD_S = 0.1
BAR_WIDTH = 30


class Progress:
    """A bar on one line of `stream`, drawn at most ten times a second."""

    def __init__(
        self,
        total: int,
        unit: str,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total = max(total, 1)
        self._unit = unit
        self._stream = stream or sys.stderr
        self._clock = clock
        self._shown = self._stream.isatty()
        self._next_s = clock() + DELAY_S
        self._started_s = clock()
        self._drawn = False

    def update(self, done: int) -> None:
        """Show how much is done."""
        now_s = self._clock()
        if not self._shown or now_s < self._next_s:
            return
        self._next_s = now_s + PERIOD_S
        self._drawn = True
        share = min(done / self._total, 1.0)
        bar = "#" * round(share * BAR_WIDTH)
        left_s = (now_s - self._started_s) * (1 - share) / share if share else 0.0
        self._stream.write(
            f"\r[{bar:<{BAR_WIDTH}}] {share:4.0%} {done}/{self._total} {self._unit}, "
            f"{left_s:.0f} s left "
        )
        self._stream.flush()

    def clear(self) -> None:
        """Take the bar off the terminal."""
        if self._drawn:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
