"""From the samples in a ring at the device's rate to audio chunks of the 24 kHz media clock."""

from math import gcd, isfinite

import numpy as np

from pipeline.clock import Clock
from pipeline.decimator import Decimator
from pipeline.rates import FPS, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from pipeline.ring_buffer import RingBuffer
from pipeline.stream_types import AudioChunk


class Capture:
    """The consumer's side of a ring: decimates and cuts into chunks.

    A gap left by an overrun keeps its length on the media clock: whole chunks are left out, the
    rest is silence, so that chunk boundaries and the filter's phase stay where they were.
    """

    def __init__(self, ring: RingBuffer, rate_hz: int, clock: Clock) -> None:
        self._ring = ring
        self._rate_hz = rate_hz
        self._clock = clock
        self._decimator = Decimator(rate_hz)
        # The shortest run of whole chunks that is a whole number of device samples.
        self._skip_chunks = FPS // gcd(rate_hz, FPS)
        self._skip_device_samples = rate_hz // gcd(rate_hz, FPS)
        self._pending = np.zeros(0, np.float32)
        self._next_device_index = 0
        self._next_sample = 0

    @property
    def latency_s(self) -> float:
        """Algorithmic delay of the decimation."""
        return self._decimator.latency_s

    @property
    def ended(self) -> bool:
        """The producer has closed the ring and everything was read."""
        return self._ring.closed and not self._ring.available_samples and not len(self._pending)

    @property
    def lost_samples(self) -> int:
        """Samples lost by overruns, at 24 kHz."""
        return round(self._ring.lost_samples * SAMPLE_RATE_HZ / self._rate_hz)

    @property
    def backlog_samples(self) -> int:
        """Samples that wait to be read, at 24 kHz."""
        waiting = self._ring.available_samples * SAMPLE_RATE_HZ // self._rate_hz
        return waiting + len(self._pending)

    def read(self, timeout_s: float) -> AudioChunk | None:
        """The next chunk; None when it was not complete within `timeout_s` or all was read."""
        deadline_s = self._clock.now_s() + timeout_s
        while len(self._pending) < SAMPLES_PER_FRAME:
            count = self._decimator.inputs_for(SAMPLES_PER_FRAME - len(self._pending))
            block = self._ring.read(count, max(0.0, deadline_s - self._clock.now_s()))
            if block is None:
                return self._last_chunk() if self._ring.closed else None
            gap = block.start_index - self._next_device_index
            self._next_device_index = block.start_index + len(block.samples)
            if gap:
                self._bridge(gap)
            self._append(block.samples)
        return self._chunk()

    def _bridge(self, gap_device_samples: int) -> None:
        skips, silence = divmod(gap_device_samples, self._skip_device_samples)
        self._next_sample += skips * self._skip_chunks * SAMPLES_PER_FRAME
        self._append(np.zeros(silence, np.float32))

    def _append(self, device_samples: np.ndarray) -> None:
        samples = self._decimator.step(device_samples)
        if not isfinite(samples.sum()):
            samples = np.nan_to_num(samples)
        samples = np.minimum(np.maximum(samples, -1.0), 1.0)
        self._pending = np.concatenate([self._pending, samples])

    def _last_chunk(self) -> AudioChunk | None:
        if not len(self._pending):
            return None
        silence = np.zeros(SAMPLES_PER_FRAME - len(self._pending), np.float32)
        self._pending = np.concatenate([self._pending, silence])
        return self._chunk()

    def _chunk(self) -> AudioChunk:
        samples = self._pending[:SAMPLES_PER_FRAME].copy()
        self._pending = self._pending[SAMPLES_PER_FRAME:]
        newest_index, newest_time_s = self._ring.last_write
        behind_s = (newest_index - self._next_device_index) / self._rate_hz
        behind_s += len(self._pending) / SAMPLE_RATE_HZ
        chunk = AudioChunk(samples, self._next_sample, newest_time_s - behind_s)
        self._next_sample += SAMPLES_PER_FRAME
        return chunk
