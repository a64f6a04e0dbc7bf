"""The one media clock: when each sample of the sound was captured, on our monotonic clock."""

import math

from pipeline.rates import SAMPLE_RATE_HZ

# Bandwidth of the loop: wide while it locks, then narrow, so that neither the jitter of callbacks
# nor the granularity of a driver's time stamps moves pictures.
LOCKING_BANDWIDTH_HZ = 1.0
STEADY_BANDWIDTH_HZ = 0.02
LARGEST_SKEW = 1e-3
# What a stalled device or a clock that was set does, and jitter never does.
RELOCK_ERROR_S = 0.1


class MediaClock:
    """Filters (sample, time) pairs to a straight line: a delay-locked loop of second order.

    After Adriaensen 2005, "Using a DLL to filter time". `sample_rate_hz` is the nominal rate; the
    true one may differ by the skew of the two clocks, which the loop learns.
    """

    def __init__(self, sample_rate_hz: float = SAMPLE_RATE_HZ) -> None:
        self._nominal_period_s = 1.0 / sample_rate_hz
        # (sample, its time, seconds a sample): replaced whole, so that another thread may read
        self._line: tuple[int, float, float] | None = None
        self._locked_for_s = 0.0
        self._relocks = 0

    @property
    def is_running(self) -> bool:
        """Whether a sample has been observed."""
        return self._line is not None

    @property
    def relocks(self) -> int:
        """How often the line broke off: the device stalled, or a clock jumped."""
        return self._relocks

    @property
    def skew(self) -> float:
        """By how much the sound's clock is faster than ours, as a fraction."""
        return 0.0 if self._line is None else self._nominal_period_s / self._line[2] - 1.0

    def time_of(self, sample: float) -> float:
        """Monotonic time at which this sample was, or will be, captured.

        Raises ValueError before the first observation.
        """
        known, time_s, period_s = self._known()
        return time_s + (sample - known) * period_s

    def sample_at(self, time_s: float) -> float:
        """The sample, fractions included, captured at this monotonic time; see `time_of`."""
        known, known_s, period_s = self._known()
        return known + (time_s - known_s) / period_s

    def observe(self, sample: int, time_s: float) -> None:
        """Sample `sample` was captured at `time_s`, as far as the driver knows.

        A sample before the last one belongs to another device: the line begins anew.
        """
        if self._line is None or sample < self._line[0]:
            self._lock(sample, time_s, self._nominal_period_s)
            return
        known, known_s, period_s = self._line
        elapsed_s = (sample - known) * self._nominal_period_s
        if elapsed_s == 0.0:
            return
        expected_s = known_s + (sample - known) * period_s
        error_s = time_s - expected_s
        if abs(error_s) > RELOCK_ERROR_S:
            self._relocks += 1
            self._lock(sample, time_s, period_s)
            return
        self._locked_for_s += elapsed_s
        bandwidth_hz = max(LOCKING_BANDWIDTH_HZ / (1.0 + self._locked_for_s), STEADY_BANDWIDTH_HZ)
        omega = min(2.0 * math.pi * bandwidth_hz * elapsed_s, 0.5)
        # A rate that is known is not learnt anew from what was too wild for the line.
        if self._relocks:
            omega_rate = min(omega, 2.0 * math.pi * STEADY_BANDWIDTH_HZ * elapsed_s)
        else:
            omega_rate = omega
        period_s += omega_rate * omega_rate * error_s / elapsed_s * self._nominal_period_s
        slowest_s = self._nominal_period_s * (1.0 + LARGEST_SKEW)
        fastest_s = self._nominal_period_s * (1.0 - LARGEST_SKEW)
        period_s = min(max(period_s, fastest_s), slowest_s)
        self._line = sample, expected_s + math.sqrt(2.0) * omega * error_s, period_s

    def _known(self) -> tuple[int, float, float]:
        if self._line is None:
            raise ValueError("nothing has been observed yet")
        return self._line

    def _lock(self, sample: int, time_s: float, period_s: float) -> None:
        self._line = sample, time_s, period_s
        self._locked_for_s = 0.0
