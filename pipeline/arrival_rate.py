"""Whether sound arrives at the rate it should."""

from pipeline.clock import Clock
from pipeline.rates import SAMPLE_RATE_HZ

WINDOW_S = 4.0
# Far beyond clocks that differ and jitter at the ends of a window, far below the usual rates' steps
# (44.1 to 48 kHz is 9 %).
TOLERANCE = 0.06


class ArrivalRate:
    """Counts what a source delivered over windows of some seconds.

    A device whose rate was changed under us goes on delivering, at the wrong speed. A single wrong
    window is nothing: the clock may have jumped while the computer slept.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.restart()

    def restart(self) -> None:
        """The source is another one, or paused."""
        self._start: tuple[float, int] | None = None
        self._was_wrong = False

    def is_right(self, samples: int) -> bool:
        """samples: how many at 24 kHz the source has delivered in all."""
        now_s = self._clock.now_s()
        start_s, start_samples = self._start = self._start or (now_s, samples)
        elapsed_s = now_s - start_s
        if elapsed_s < WINDOW_S:
            return True
        rate_hz = (samples - start_samples) / elapsed_s
        was_wrong, is_wrong = self._was_wrong, abs(rate_hz / SAMPLE_RATE_HZ - 1) > TOLERANCE
        self._start, self._was_wrong = (now_s, samples), is_wrong
        return not (was_wrong and is_wrong)
