"""A sound file as an audio source at full speed."""

from pathlib import Path
from typing import Self

import numpy as np

from pipeline.clock import Clock, MonotonicClock
from pipeline.played_file import PlayedFile
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.sound_file import decode_audio
from pipeline.stream_types import AudioChunk

__all__ = ["PlayedFile", "WavSource", "decode_audio"]


class SampleSource:
    """Yields the chunks of samples, (n,) float32 at 24 kHz, as fast as they are read; the capture
    time is the time of reading."""

    lost_samples = 0
    xruns = 0

    def __init__(self, samples: np.ndarray, name: str, clock: Clock | None = None) -> None:
        self.name = name
        self._clock = clock or MonotonicClock()
        self._samples = samples
        self._next_sample = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def samples(self) -> np.ndarray:
        """The whole file, (n,) float32 mono at 24 kHz."""
        return self._samples

    @property
    def chunk_count(self) -> int:
        """How many chunks the file has; the last one is padded with zeros."""
        return -(-len(self._samples) // SAMPLES_PER_FRAME)

    @property
    def ended(self) -> bool:
        return self._next_sample >= len(self._samples)

    @property
    def backlog_samples(self) -> int:
        """Always 0: a file waits."""
        return 0

    def read(self, timeout_s: float = 0.0) -> AudioChunk | None:
        """The next chunk, or None at the end; never waits."""
        del timeout_s
        if self.ended:
            return None
        start = self._next_sample
        samples = np.zeros(SAMPLES_PER_FRAME, np.float32)
        part = self._samples[start : start + SAMPLES_PER_FRAME]
        samples[: len(part)] = part
        self._next_sample += SAMPLES_PER_FRAME
        return AudioChunk(samples, start, self._clock.now_s())

    def close(self) -> None:
        """Nothing to release."""


class WavSource(SampleSource):
    """The same with the sound of a file. Raises MediaError (see `decode_audio`)."""

    def __init__(self, path: str | Path, clock: Clock | None = None) -> None:
        super().__init__(decode_audio(path), Path(path).name, clock)
