"""The microphone's sound once more, delayed until the lips are seen to speak it."""

import math
from typing import Any

import numpy as np

from pipeline.delay_control import DelayControl
from pipeline.delay_line import DelayLine
from pipeline.media_clock import MediaClock
from pipeline.rates import FRAME_PERIOD_S

# People never hear before they see; a little later than the lips looks natural.
AFTER_LIPS_S = 0.012
LONGEST_DELAY_S = 2.0
LARGEST_BLOCK = 4096
# Until pictures have been measured.
FIRST_LATENCY_S = 0.1
LATENCY_FRAMES = 31
LARGEST_GAIN = 4.0
SILENT_LEVEL = 0.003
DECAY_SAMPLES = 64
# Histogram of the offset, a millisecond each.
LARGEST_OFFSET_MS = 250


class VoiceOut:
    """What the two audio callbacks do with the voice, without any device.

    `begin` and `receive` belong to the microphone's thread, `play` to the output's; the worker
    calls `follow`, and the switches may be thrown from anywhere. Nothing waits: what cannot be
    played in time is silence, and counted.
    """

    def __init__(self) -> None:
        # Replaced whole when another microphone begins.
        self._route: tuple[DelayLine, MediaClock, DelayControl] | None = None
        self._latencies_s: list[float] = []
        self._latency_s = FIRST_LATENCY_S
        self._gain = 1.0
        self._ramp_from = 0.0
        self._is_open = True
        self._ramp = np.arange(1, LARGEST_BLOCK + 1, dtype=np.float32)
        self._gains = np.empty(LARGEST_BLOCK, np.float32)
        # What is left of the last sample where the sound breaks off.
        self._decay = np.exp(-np.arange(LARGEST_BLOCK) / DECAY_SAMPLES).astype(np.float32)
        self._last = 0.0
        self._silent_blocks = 0
        self._offsets = np.zeros(2 * LARGEST_OFFSET_MS + 1, np.int64)
        self._played = False
        self.underruns = 0
        self.silent_samples = 0
        self.xruns = 0

    @property
    def delay_s(self) -> float:
        """How long after the microphone the voice should be heard."""
        return self._latency_s + FRAME_PERIOD_S + AFTER_LIPS_S

    def set_gain(self, gain: float) -> None:
        """Louder or softer, a factor up to LARGEST_GAIN."""
        self._gain = min(max(gain, 0.0), LARGEST_GAIN)

    def set_open(self, is_open: bool) -> None:
        """Let the voice through, or hold it back: muted, or push-to-talk is not pressed."""
        self._is_open = is_open

    def follow(self, latency_s: float) -> None:
        """A picture reached the camera this long after the last sample of its sound."""
        latencies_s = self._latencies_s
        latencies_s.append(latency_s)
        if len(latencies_s) > LATENCY_FRAMES:
            del latencies_s[0]
        self._latency_s = min(sorted(latencies_s)[len(latencies_s) // 2], LONGEST_DELAY_S / 2)
        if self._route is not None and self._played:
            offset_s = self._route[2].delay_s - latency_s - FRAME_PERIOD_S
            place = round(offset_s * 1e3) + LARGEST_OFFSET_MS
            self._offsets[min(max(place, 0), len(self._offsets) - 1)] += 1

    def begin(self, rate_hz: int, output_rate_hz: int) -> None:
        """A microphone and an output were opened that run at these rates."""
        capacity = int(1.5 * LONGEST_DELAY_S * rate_hz)
        source = MediaClock(rate_hz)
        self._route = (
            DelayLine(capacity, LARGEST_BLOCK, output_rate_hz / rate_hz),
            source,
            DelayControl(source, rate_hz, output_rate_hz),
        )

    def receive(self, block: np.ndarray, capture_time_s: float) -> None:
        """(n,) samples, the last of which was captured then."""
        if self._route is not None:
            line, source, _ = self._route
            line.write(block)
            source.observe(line.written, capture_time_s)

    def play(self, out: np.ndarray, heard_at_s: float) -> None:
        """Fill (n,) float32, n up to LARGEST_BLOCK, whose first sample is heard then."""
        route = self._route
        if route is None or not route[1].is_running:
            out.fill(0.0)
            return
        line, _, control = route
        gain = self._gain if self._is_open else 0.0
        quiet = self._silent_blocks > 1 or (gain == 0.0 and self._ramp_from == 0.0)
        span = control.plan(len(out), heard_at_s, self.delay_s, quiet)
        if not line.holds(span.position, span.position + span.step * len(out)):
            self._miss(out)
            return
        line.read(span.position, span.step, out)
        level = max(float(out.max()), -float(out.min()))
        self._silent_blocks = self._silent_blocks + 1 if level < SILENT_LEVEL else 0
        before = 0.0 if span.begins or not self._played else self._ramp_from
        self._played = True
        self._shape(out, before, 0.0 if span.ends else gain)
        self._last = float(out[-1])

    def _shape(self, out: np.ndarray, before: float, after: float) -> None:
        """Apply the gain, without a step, and keep within full scale."""
        self._ramp_from = after
        if before == after == 1.0:
            return
        gains = self._gains[: len(out)]
        np.multiply(self._ramp[: len(out)], (after - before) / len(out), out=gains)
        gains += before
        out *= gains
        np.clip(out, -1.0, 1.0, out=out)

    def _miss(self, out: np.ndarray) -> None:
        """The sound is not here yet, or no longer: it dies away, and begins softly afterwards."""
        np.multiply(self._decay[: len(out)], self._last, out=out)
        self._last = self._ramp_from = 0.0
        if self._played:
            self.underruns += 1
            self.silent_samples += len(out)

    def as_json(self) -> dict[str, Any]:
        """What `live --stats` writes. offset_ms: how long after the lips the voice is heard"""
        total = int(self._offsets.sum())
        offsets = None
        if total:
            sums = np.cumsum(self._offsets)
            offsets = {
                f"p{percent}": int(np.searchsorted(sums, math.ceil(percent / 100 * total)))
                - LARGEST_OFFSET_MS
                for percent in (5, 50, 95)
            }
        control = None if self._route is None else self._route[2]
        return {
            "delay_ms": round(self.delay_s * 1e3, 1),
            "offset_ms": offsets,
            "skew_ppm": None if control is None else round(control.skew * 1e6, 1),
            "jumps": 0 if control is None else control.jumps,
            "underruns": self.underruns,
            "silent_samples": self.silent_samples,
            "xruns": self.xruns,
        }
