"""Sound played in real time through the ring buffer, as a microphone would."""

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
from pipeline.voice_out_stream import VoiceOutStream

BLOCK_SAMPLES = SAMPLE_RATE_HZ // 100
RING_S = 2.0


class PlayedSound:
    """Audio source whose samples, (n,) float32 at 24 kHz, arrive block by block at the pace of the
    clock.

    A thread plays the part of the audio callback. Playing starts at the first `read`, so that a
    slow start of the program loses nothing. voice_out plays it, too.
    """

    xruns = 0

    def __init__(
        self,
        samples: np.ndarray,
        name: str,
        clock: Clock | None = None,
        voice_out: VoiceOutStream | None = None,
    ) -> None:
        self.name = name
        self._voice_out = voice_out
        self._clock = clock or MonotonicClock()
        self._samples = samples
        self._start_s: float | None = None
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
    def start_s(self) -> float | None:
        """The monotonic time at which sample 0 was heard; None before."""
        return self._start_s

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
            if self._voice_out is not None and self._voice_out.find(SAMPLE_RATE_HZ) is not None:
                self._voice_out.begin()
            self._thread.start()
        return self._capture.read(timeout_s)

    def close(self) -> None:
        """Stop playing."""
        self._stop.set()
        if self._voice_out is not None:
            self._voice_out.end()
        if self._thread.ident is not None:
            self._thread.join()

    def _play(self) -> None:
        self._start_s = start_s = self._clock.now_s()
        for first in range(0, len(self._samples), BLOCK_SAMPLES):
            block = self._samples[first : first + BLOCK_SAMPLES]
            captured_s = start_s + (first + len(block)) / SAMPLE_RATE_HZ
            self._clock.sleep_until(captured_s, self._stop)
            if self._stop.is_set():
                break
            self._ring.write(block, captured_s)
            if self._voice_out is not None:
                self._voice_out.voice.receive(block, captured_s)
        self._ring.close()


class PlayedFile(PlayedSound):
    """The same with the sound of a file. Raises MediaError (see `decode_audio`)."""

    def __init__(
        self,
        path: str | Path,
        clock: Clock | None = None,
        voice_out: VoiceOutStream | None = None,
    ) -> None:
        super().__init__(decode_audio(path), Path(path).name, clock, voice_out)
