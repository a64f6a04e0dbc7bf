"""What a run measured: counters, and distributions of times in bounded memory."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import psutil

from pipeline.journey import Journey

SMALLEST_MS = 0.01
BINS_PER_DECADE = 100
DECADES = 7
PERCENTILES = (50, 95, 99)
# A stage that takes this long was held up by something.
SLOW_STEP_S = 0.25
BYTES_PER_MB = 1e6


class Distribution:
    """Percentiles of any number of durations, from a histogram with bins 2.3 % wide.

    Covers 0.01 ms to 100 s; what lies outside counts at the border.
    """

    def __init__(self) -> None:
        self._counts = np.zeros(BINS_PER_DECADE * DECADES + 1, np.int64)

    def add(self, duration_ms: float) -> None:
        """Count one duration in milliseconds."""
        decades = math.log10(max(duration_ms, SMALLEST_MS) / SMALLEST_MS)
        self._counts[min(round(decades * BINS_PER_DECADE), len(self._counts) - 1)] += 1

    def counts(self) -> np.ndarray:
        """A copy of the histogram, for `percentile` to leave out what came before."""
        return self._counts.copy()

    def percentile(self, percent: float, before: np.ndarray | None = None) -> float | None:
        """The milliseconds that `percent` of all do not exceed; None before the first.

        before: `counts` of an earlier time, which are left out
        """
        counts = self._counts if before is None else self._counts - before
        total = int(counts.sum())
        if total == 0:
            return None
        rank = max(math.ceil(percent / 100 * total), 1)
        index = int(np.searchsorted(np.cumsum(counts), rank))
        return SMALLEST_MS * 10 ** (index / BINS_PER_DECADE)

    def summary(self) -> dict[str, float] | None:
        """{"p50": ms, "p95": ms, "p99": ms}, None before the first."""
        values = {f"p{percent}": self.percentile(percent) for percent in PERCENTILES}
        return {k: round(v, 2) for k, v in values.items() if v is not None} or None


@dataclass(frozen=True, slots=True)
class SlowStep:
    """A step of the stage `name`, by the clock of the run."""

    name: str
    started_s: float
    took_s: float


@dataclass(slots=True)
class Statistics:
    """Counters of one run. Written by its thread only; the others read single numbers.

    frames_sent: pictures delivered, resent ones included; frames_dropped: frames whose own picture
    was never drawn; late_frames: delivered after their deadline, or resent because it had passed
    rested_frames: not drawn because nobody looked
    in_progress: the stage that works now and since when, another object each time
    slow_step: the last one that took over `SLOW_STEP_S`, another object each time
    latency: microphone to camera, of the pictures drawn; legs: what it is made of, see `Journey`
    xruns, audio_lost_samples: of the source; provider: what really computes; tier: of the renderer
    quality: the name of what this machine affords now, see `Quality`
    """

    clock: Callable[[], float] = time.monotonic
    frames_sent: int = 0
    frames_dropped: int = 0
    late_frames: int = 0
    rested_frames: int = 0
    xruns: int = 0
    audio_lost_samples: int = 0
    provider: str = ""
    tier: str = ""
    quality: str = ""
    quality_changes: int = 0
    latency: Distribution = field(default_factory=Distribution)
    legs: dict[str, Distribution] = field(default_factory=dict)
    stages: dict[str, Distribution] = field(default_factory=dict)
    in_progress: tuple[str, float] | None = None
    slow_step: SlowStep | None = None
    _first_sent_s: float | None = None
    _last_sent_s: float = 0.0
    _offset_sum_s: float = 0.0
    _peak_rss_bytes: int = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time one stage of the data flow."""
        started_s = self.clock()
        self.in_progress = (name, started_s)
        try:
            yield
        finally:
            self.in_progress = None
            distribution = self.stages.get(name)
            if distribution is None:
                distribution = self.stages[name] = Distribution()
            took_s = self.clock() - started_s
            distribution.add(took_s * 1e3)
            if took_s > SLOW_STEP_S:
                self.slow_step = SlowStep(name, started_s, took_s)

    def count_sent(self, offset_s: float) -> None:
        """A picture was delivered, `offset_s` after the sound that belongs to it."""
        self._last_sent_s = self.clock()
        if self._first_sent_s is None:
            self._first_sent_s = self._last_sent_s
        self.frames_sent += 1
        self._offset_sum_s += offset_s

    def count_journey(self, journey: Journey) -> None:
        """A picture that was just drawn has reached the camera."""
        self.latency.add(journey.latency_s * 1e3)
        for leg, duration_ms in journey.legs_ms().items():
            distribution = self.legs.get(leg)
            if distribution is None:
                distribution = self.legs[leg] = Distribution()
            distribution.add(duration_ms)

    def sample_memory(self) -> None:
        """Remember the largest resident size seen."""
        self._peak_rss_bytes = max(self._peak_rss_bytes, psutil.Process().memory_info().rss)

    @property
    def fps(self) -> float:
        """Pictures a second between the first and the last delivered."""
        if self._first_sent_s is None or self._last_sent_s <= self._first_sent_s:
            return 0.0
        return (self.frames_sent - 1) / (self._last_sent_s - self._first_sent_s)

    def as_json(self) -> dict[str, Any]:
        """The object that `live --stats` writes; times in milliseconds, null where none was taken.

        `av_offset_ms`: mean lag of the picture behind its own sound, as it leaves us.
        """
        self.sample_memory()
        offset_s = self._offset_sum_s / self.frames_sent if self.frames_sent else None
        return {
            "frames_sent": self.frames_sent,
            "frames_dropped": self.frames_dropped,
            "late_frames": self.late_frames,
            "rested_frames": self.rested_frames,
            "fps": round(self.fps, 2),
            "stages_ms": {name: times.summary() for name, times in self.stages.items()},
            "latency_ms": self.latency.summary(),
            "latency_legs_ms": {name: times.summary() for name, times in self.legs.items()},
            "av_offset_ms": None if offset_s is None else round(offset_s * 1e3, 2),
            "provider": self.provider,
            "tier": self.tier,
            "quality": self.quality,
            "quality_changes": self.quality_changes,
            "rss_mb": round(self._peak_rss_bytes / BYTES_PER_MB, 1),
            "xruns": self.xruns,
            "audio_lost_samples": self.audio_lost_samples,
        }
