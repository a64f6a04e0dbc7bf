"""How far behind its sound a picture is shown: as little as this machine allows."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from pipeline.rates import FPS, FRAME_PERIOD_S

QUICKEST, SMOOTHEST = 0, 4
# From quick to smooth: look-ahead of the lips in frames, and what is kept in hand against jitter.
_LOOKAHEADS_FRAMES = (0, 1, 1, 2, 3)
_SLACKS_S = tuple(frames * FRAME_PERIOD_S for frames in (0.25, 0.45, 0.8, 1.2, 1.8))
AUTO_LOOKAHEAD_FRAMES = 1

# The first pictures come before anything is known of this machine.
FIRST_SLACK_S = 0.8 * FRAME_PERIOD_S
WINDOW_FRAMES = 10 * FPS
SHORTEST_WINDOW_FRAMES = FPS
REVIEW_FRAMES = FPS // 2
# Automatic: so many of a hundred pictures are ready in time, by what recent ones took.
READY_PERCENT = 98
AUTO_MARGIN_S = 0.003
LARGEST_AUTO_SLACK_S = 2.0 * FRAME_PERIOD_S
# A target that moves by less is not worth a move.
DEAD_BAND_S = 0.004


@dataclass(frozen=True, slots=True)
class Buffering:
    """The choice between quick and smooth.

    smoothness: from QUICKEST to SMOOTHEST, or None: found automatically from what pictures take
    """

    smoothness: int | None = None

    def __post_init__(self) -> None:
        if self.smoothness is not None and not QUICKEST <= self.smoothness <= SMOOTHEST:
            raise ValueError(f"smoothness must be {QUICKEST} to {SMOOTHEST}: {self.smoothness}")

    @property
    def lookahead_frames(self) -> int:
        """How many later frames the lips hear."""
        if self.smoothness is None:
            return AUTO_LOOKAHEAD_FRAMES
        return _LOOKAHEADS_FRAMES[self.smoothness]

    @property
    def slack_s(self) -> float | None:
        """What is kept in hand over the median picture; None where it is measured."""
        return None if self.smoothness is None else _SLACKS_S[self.smoothness]


class LatencyTarget:
    """From the ages of recent pictures when they were ready to the age at which they are shown."""

    def __init__(self, buffering: Buffering) -> None:
        self._slack_s = buffering.slack_s
        self._ages_s: deque[float] = deque(maxlen=WINDOW_FRAMES)
        self._since_review = 0
        self._target_s: float | None = None

    @property
    def value_s(self) -> float | None:
        """The age at which a picture should leave; None while too little is known."""
        return self._target_s

    def add(self, age_s: float) -> None:
        """A picture was ready this long after the last sample of its sound was captured."""
        self._ages_s.append(age_s)
        self._since_review += 1
        if len(self._ages_s) >= SHORTEST_WINDOW_FRAMES and self._since_review >= REVIEW_FRAMES:
            self._since_review = 0
            self._review()

    def _review(self) -> None:
        ages_s = np.fromiter(self._ages_s, np.float64)
        middle_s = float(np.median(ages_s))
        if self._slack_s is not None:
            wanted_s = middle_s + self._slack_s
        else:
            wanted_s = float(np.percentile(ages_s, READY_PERCENT)) + AUTO_MARGIN_S
            wanted_s = min(wanted_s, middle_s + LARGEST_AUTO_SLACK_S)
        if self._target_s is None or abs(wanted_s - self._target_s) > DEAD_BAND_S:
            self._target_s = wanted_s
