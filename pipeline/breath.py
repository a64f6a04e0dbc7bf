"""Breathing: even at rest, held back while speaking, quick inhalations in pauses."""

from dataclasses import dataclass

from pipeline.noise import uniform
from pipeline.phrasing import Phrase
from pipeline.rates import FRAME_PERIOD_S

INHALE_SHARE = 0.4

_STREAM = 11
_QUICK_INHALE_S = 0.55


@dataclass(frozen=True, slots=True)
class BreathState:
    """One half of a breath: from one lung volume to another in duration_s."""

    inhaling: bool = True
    progress: float = 0.0
    duration_s: float = 1.6
    volume_from: float = 0.0
    volume_to: float = 0.9
    count: int = 0

    @property
    def phase(self) -> float:
        """[0, 1): inhalation up to 0.4, exhalation after it."""
        if self.inhaling:
            return INHALE_SHARE * self.progress
        return INHALE_SHARE + (1.0 - INHALE_SHARE) * self.progress

    @property
    def volume(self) -> float:
        """[0, 1], filling of the lungs above rest."""
        p = self.progress
        ease = p * p * (3.0 - 2.0 * p)
        return self.volume_from + (self.volume_to - self.volume_from) * ease


class Breath:
    """Breath(rate_hz, seed): two stages with the same arguments breathe together."""

    def __init__(self, rate_hz: float, seed: int) -> None:
        self._period_s = 1.0 / rate_hz
        self._seed = seed

    def init_state(self) -> BreathState:
        """A breath somewhere in its course, so that avatars do not all start by inhaling."""
        start = uniform(self._seed, _STREAM, 0, 0.0, 0.8)
        return BreathState(progress=start, duration_s=INHALE_SHARE * self._period_s)

    def step(self, phrase: Phrase, state: BreathState) -> BreathState:
        """Advance by one frame."""
        if phrase.ended and not state.inhaling and state.volume < 0.65:
            return self._half(state, inhaling=True, quick=True)
        pace = 1.0 / state.duration_s
        if phrase.speaking and not state.inhaling:
            # Speakers spend the last of their breath sparingly: up to 3.8 times as long.
            pace *= 0.8 * (1.05 - state.progress)
        progress = state.progress + pace * FRAME_PERIOD_S
        if progress >= 1.0:
            return self._half(state, inhaling=not state.inhaling, quick=phrase.speaking)
        return BreathState(
            state.inhaling,
            progress,
            state.duration_s,
            state.volume_from,
            state.volume_to,
            state.count,
        )

    def _half(self, state: BreathState, inhaling: bool, quick: bool) -> BreathState:
        count = state.count + 1
        vary = uniform(self._seed, _STREAM, count, 0.85, 1.15)
        depth = uniform(self._seed, _STREAM + 1, count, 0.8, 1.0)
        if inhaling:
            duration_s = _QUICK_INHALE_S if quick else INHALE_SHARE * self._period_s * vary
            return BreathState(True, 0.0, duration_s, state.volume, depth, count)
        duration_s = (1.0 - INHALE_SHARE) * self._period_s * vary
        return BreathState(False, 0.0, duration_s, state.volume, 0.1 * (1.0 - depth), count)
