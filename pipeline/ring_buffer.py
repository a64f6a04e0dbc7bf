"""Bounded audio buffer between one producer (the audio callback) and one consumer."""

import threading
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class RingBlock:
    """What one read returns.

    samples: (n,) float32, a copy
    start_index: index of the first sample since the stream began; larger than the end of the
        block before when samples were lost between them
    """

    samples: np.ndarray
    start_index: int


class RingBuffer:
    """Preallocated mono float32 ring for a single producer and a single consumer.

    Sample indices are Python integers (at least 64 bits). When the consumer is too slow the newest
    samples are kept and `lost_samples` counts the overwritten ones. The lock is held only while
    one block is copied, so that the producer never waits longer than one copy.
    """

    def __init__(self, capacity_samples: int) -> None:
        if capacity_samples < 1:
            raise ValueError(f"capacity must be at least one sample, not {capacity_samples}")
        self._buffer = np.zeros(capacity_samples, np.float32)
        self._arrived = threading.Condition()
        self._write_index = 0
        self._read_index = 0
        self._wanted = 1
        self._lost_samples = 0
        self._last_write: tuple[int, float] = (0, 0.0)
        self._closed = False

    @property
    def capacity_samples(self) -> int:
        return len(self._buffer)

    @property
    def lost_samples(self) -> int:
        """Samples overwritten before they were read."""
        return self._lost_samples

    @property
    def closed(self) -> bool:
        return self._closed

    @property
    def available_samples(self) -> int:
        with self._arrived:
            return self._write_index - self._read_index

    @property
    def last_write(self) -> tuple[int, float]:
        """(index after the newest sample, its monotonic capture time in seconds)."""
        with self._arrived:
            return self._last_write

    def write(self, block: np.ndarray, capture_time_s: float = 0.0) -> None:
        """Append (n,) samples of any float type; never waits for the consumer.

        `capture_time_s` is the monotonic time at which the last sample was captured.
        """
        with self._arrived:
            count = len(block)
            capacity = len(self._buffer)
            kept = block[-capacity:]
            self._write_index += count
            self._copy_in(kept, self._write_index - len(kept))
            overrun = self._write_index - self._read_index - capacity
            if overrun > 0:
                self._lost_samples += overrun
                self._read_index += overrun
            self._last_write = (self._write_index, capture_time_s)
            if self._write_index - self._read_index >= self._wanted:
                self._arrived.notify()

    def read(self, count: int, timeout_s: float) -> RingBlock | None:
        """The oldest `count` samples; None when they have not come within `timeout_s`.

        After `close` it returns what is left, down to a single sample, then None.
        """
        if not 1 <= count <= len(self._buffer):
            raise ValueError(f"cannot read {count} samples from a ring of {len(self._buffer)}")
        with self._arrived:
            self._wanted = count
            self._arrived.wait_for(
                lambda: self._closed or self._write_index - self._read_index >= count, timeout_s
            )
            available = self._write_index - self._read_index
            if available < count and not (self._closed and available):
                return None
            start = self._read_index
            samples = self._copy_out(start, min(count, available))
            self._read_index += len(samples)
            return RingBlock(samples, start)

    def close(self) -> None:
        """Say that no more samples will come, and wake the consumer."""
        with self._arrived:
            self._closed = True
            self._arrived.notify_all()

    def _copy_in(self, samples: np.ndarray, index: int) -> None:
        position = index % len(self._buffer)
        head = min(len(samples), len(self._buffer) - position)
        self._buffer[position : position + head] = samples[:head]
        self._buffer[: len(samples) - head] = samples[head:]

    def _copy_out(self, index: int, count: int) -> np.ndarray:
        position = index % len(self._buffer)
        samples = np.empty(count, np.float32)
        head = min(count, len(self._buffer) - position)
        samples[:head] = self._buffer[position : position + head]
        samples[head:] = self._buffer[: count - head]
        return samples
