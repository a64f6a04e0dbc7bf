"""Silence as an audio source, for motion that is shown without sound."""

from typing import Self

import numpy as np

from pipeline.clock import Clock, MonotonicClock
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.stream_types import AudioChunk


class SilentSource:
    """`chunk_count` chunks of silence, as fast as they are read."""

    name = "silence"
    lost_samples = 0
    xruns = 0
    backlog_samples = 0

    def __init__(self, chunk_count: int, clock: Clock | None = None) -> None:
        self.chunk_count = chunk_count
        self._clock = clock or MonotonicClock()
        self._silence = np.zeros(SAMPLES_PER_FRAME, np.float32)
        self._next_chunk = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def ended(self) -> bool:
        return self._next_chunk >= self.chunk_count

    def read(self, timeout_s: float = 0.0) -> AudioChunk | None:
        """The next chunk, or None at the end; never waits."""
        del timeout_s
        if self.ended:
            return None
        start_sample = self._next_chunk * SAMPLES_PER_FRAME
        self._next_chunk += 1
        return AudioChunk(self._silence, start_sample, self._clock.now_s())

    def close(self) -> None:
        """Nothing to release."""
