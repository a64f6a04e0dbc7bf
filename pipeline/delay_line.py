"""Sound that is heard again a little later, at a speed that may differ by a hair from its own."""

import numpy as np

TAPS = 32
PHASES = 2048
# Of the highest frequency: what the filter lets through.
PASS_BAND = 0.92
KAISER_BETA = 8.0


class DelayLine:
    """Ring of mono samples for one writer and one reader, neither of which ever waits.

    The writer only adds; the reader reads at any fractional position by a windowed sinc (Smith,
    "Digital Audio Resampling"), into arrays made beforehand. Positions count samples from 0.

    capacity_samples: rounded up to a power of two; largest_block: of `read`, in samples
    pass_band: up to which share of the highest frequency sound gets through; less than 1 where it
        is read at a lower rate
    """

    def __init__(self, capacity_samples: int, largest_block: int, pass_band: float = 1.0) -> None:
        size = 1 << max(capacity_samples - 1, 4 * TAPS).bit_length()
        self._mask = size - 1
        self._buffer = np.zeros(size, np.float32)
        self._written = 0
        self._table = _filter_table(PASS_BAND * min(pass_band, 1.0))
        self._steps = np.arange(largest_block, dtype=np.float64)
        self._positions = np.empty(largest_block, np.float64)
        self._whole = np.empty(largest_block, np.float64)
        self._first = np.empty((largest_block, 1), np.int64)
        self._phase = np.empty(largest_block, np.int64)
        self._places = np.empty((largest_block, TAPS), np.int64)
        self._windows = np.empty((largest_block, TAPS), np.float32)
        self._weights = np.empty((largest_block, TAPS), np.float32)
        self._offsets = np.tile(np.arange(TAPS, dtype=np.int64) - TAPS // 2 + 1, (largest_block, 1))

    @property
    def written(self) -> int:
        """How many samples there have been."""
        return self._written

    @property
    def capacity_samples(self) -> int:
        return self._mask + 1

    def write(self, block: np.ndarray) -> None:
        """Append (n,) float32 samples; older ones give way."""
        kept = block[-(self._mask + 1) :]
        start = (self._written + len(block) - len(kept)) & self._mask
        head = min(len(kept), self._mask + 1 - start)
        self._buffer[start : start + head] = kept[:head]
        self._buffer[: len(kept) - head] = kept[head:]
        # Last, so that the reader never sees a place that is being written.
        self._written += len(block)

    def holds(self, first: float, last: float) -> bool:
        """Whether all positions from `first` to `last` can be read."""
        return (
            last + TAPS // 2 + 1 <= self._written
            and first - TAPS // 2 >= self._written - self._mask - 1 + self._mask // 8
            and first >= 0
        )

    def read(self, position: float, step: float, out: np.ndarray) -> None:
        """Fill `out`, (n,) float32, with the sound at position, position + step, …"""
        count = len(out)
        positions, whole = self._positions[:count], self._whole[:count]
        np.multiply(self._steps[:count], step, out=positions)
        positions += position
        np.floor(positions, out=whole)
        positions -= whole
        positions *= PHASES
        np.rint(positions, out=positions)
        phase, first = self._phase[:count], self._first[:count]
        phase[:] = positions
        first[:, 0] = whole
        places, windows, weights = (
            self._places[:count],
            self._windows[:count],
            self._weights[:count],
        )
        # Adding arrays of two shapes would make buffers.
        np.copyto(places, first)
        np.add(places, self._offsets[:count], out=places)
        np.bitwise_and(places, self._mask, out=places)
        # Every place lies within the ring; other modes than clip would copy first.
        np.take(self._buffer, places, out=windows, mode="clip")
        np.take(self._table, phase, axis=0, out=weights, mode="clip")
        np.multiply(windows, weights, out=windows)
        np.sum(windows, axis=1, out=out)


def _filter_table(pass_band: float) -> np.ndarray:
    """(PHASES + 1, TAPS) float32: row p weighs the samples about a point p / PHASES behind one."""
    fractions = np.arange(PHASES + 1)[:, None] / PHASES
    distance = np.arange(TAPS)[None] - TAPS // 2 + 1 - fractions
    within = np.clip(1.0 - (distance / (TAPS / 2)) ** 2, 0.0, None)
    window = np.i0(KAISER_BETA * np.sqrt(within)) / np.i0(KAISER_BETA)
    rows = pass_band * np.sinc(pass_band * distance) * window
    return (rows / rows.sum(axis=1, keepdims=True)).astype(np.float32)
