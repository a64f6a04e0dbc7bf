"""A sound file played in real time through the ring buffer, as a microphone would."""

import threading
from pathlib import Path
from typing import Self

import numpy as np

from pipeline.capture import Capture
from pipeline.clock import Clock, MonotonicClock
from pipeline.rates import SAMPLE_RATE_HZ
from pipeline.ring_buffer import RingBuffer
from pipeline.sound_file import decode_audio
from pipeline.stream_types import AudioChunk

BLOCK_SAMPLES = SAMPLE_RATE_HZ // 100
RING_S = 2.0


class PlayedFile:
    """Audio source whose samples arrive block by block at the pace of the clock.

    A thread plays the part of the audio callback. Playing starts at the first `read`, so that a
    slow start of the program loses nothing. Raises MediaError (see `decode_audio`).
    """

    xruns = 0

    def __init__(self, path: str | Path, clock: Clock | None = None) -> None:
        self.name = Path(path).name
        self._clock = clock or MonotonicClock()
        self._samples = decode_audio(path)
        self._ring = RingBuffer(int(RING_S * SAMPLE_RATE_HZ))
        self._capture = Capture(self._ring, SAMPLE_RATE_HZ, self._clock)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._play, name=f"play {self.name}", daemon=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def samples(self) -> np.ndarray:
        """The whole file, (n,) float32 mono at 24 kHz."""
        return self._samples

    @property
    def lost_samples(self) -> int:
        return self._capture.lost_samples

    @property
    def backlog_samples(self) -> int:
        return self._capture.backlog_samples

    @property
    def ended(self) -> bool:
        return self._capture.ended

    def read(self, timeout_s: float) -> AudioChunk | None:
        """The next chunk; None when it did not arrive within `timeout_s` or the file is over."""
        if self._thread.ident is None:
            self._thread.start()
        return self._capture.read(timeout_s)

    def close(self) -> None:
        """Stop playing."""
        self._stop.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _play(self) -> None:
        start_s = self._clock.now_s()
        for first in range(0, len(self._samples), BLOCK_SAMPLES):
            block = self._samples[first : first + BLOCK_SAMPLES]
            captured_s = start_s + (first + len(block)) / SAMPLE_RATE_HZ
            self._clock.sleep_until(captured_s, self._stop)
            if self._stop.is_set():
                break
            self._ring.write(block, captured_s)
        self._ring.close()
