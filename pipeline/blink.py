"""Eye blinks: lognormal gaps, a fast closing and a slower opening, more of them in pauses.

Timing after Bentivoglio et al. 1997 (rates) and Trutoiu et al. 2011 (shape of the lid curve).
"""

from dataclasses import dataclass

from pipeline.noise import lognormal, uniform
from pipeline.phrasing import Phrase

USUAL_BLINK_S = 0.35

_STREAM = 21
_GAP_SIGMA = 0.55
_SHORTEST_GAP_S = 0.6
_LONGEST_GAP_S = 12.0
_PAUSE_CHANCE = 0.4
_GAZE_SHIFT_CHANCE = 0.25


@dataclass(frozen=True, slots=True)
class BlinkState:
    """The blink in progress or last done, and when the next one is due."""

    next_s: float
    start_s: float = -10.0
    closing_s: float = 0.08
    hold_s: float = 0.04
    opening_s: float = 0.2
    count: int = 0

    @property
    def end_s(self) -> float:
        return self.start_s + self.closing_s + self.hold_s + self.opening_s

    def closure(self, time_s: float) -> float:
        """[0, 1] at a time not before start_s; 1 = lids touch."""
        t = time_s - self.start_s
        if t < self.closing_s:
            u = max(t, 0.0) / self.closing_s
            return u * u * (3.0 - 2.0 * u)
        t -= self.closing_s + self.hold_s
        if t <= 0.0:
            return 1.0
        if t >= self.opening_s:
            return 0.0
        u = (t / self.opening_s) ** 0.75
        return 1.0 - u * u * (3.0 - 2.0 * u)


class Blink:
    """Blink(rate_per_min, seed, mean_s): the stage that times both eyes' blinks, which take mean_s
    on average from open to open."""

    def __init__(self, rate_per_min: float, seed: int, mean_s: float = USUAL_BLINK_S) -> None:
        # A pause or a look aside brings some blinks forward, so the spontaneous ones are rarer.
        self._mean_gap_s = 60.0 / rate_per_min - 0.1
        self._seed = seed
        self._slowness = mean_s / USUAL_BLINK_S

    def init_state(self) -> BlinkState:
        """Eyes open, the first blink within one usual gap."""
        return BlinkState(next_s=uniform(self._seed, _STREAM, 0, 0.4, self._mean_gap_s))

    def step(
        self, time_s: float, phrase: Phrase, looks_away: bool, state: BlinkState
    ) -> BlinkState:
        """Advance to a time; the lids are then at state.closure(time_s)."""
        due = time_s >= state.next_s
        if not due and time_s - state.end_s > _SHORTEST_GAP_S:
            chance = uniform(self._seed, _STREAM + 1, phrase.frame)
            due = (phrase.ended and chance < _PAUSE_CHANCE) or (
                looks_away and chance < _GAZE_SHIFT_CHANCE
            )
        return self._begin(time_s, state.count + 1) if due else state

    def _begin(self, time_s: float, count: int) -> BlinkState:
        seed, slowness = self._seed, self._slowness
        gap_s = lognormal(seed, _STREAM + 2, count, self._mean_gap_s, _GAP_SIGMA)
        closing_s = slowness * uniform(seed, _STREAM + 3, count, 0.07, 0.1)
        hold_s = slowness * uniform(seed, _STREAM + 4, count, 0.03, 0.06)
        opening_s = slowness * uniform(seed, _STREAM + 5, count, 0.18, 0.26)
        gap_s = min(max(gap_s, closing_s + hold_s + opening_s + _SHORTEST_GAP_S), _LONGEST_GAP_S)
        return BlinkState(time_s + gap_s, time_s, closing_s, hold_s, opening_s, count)
