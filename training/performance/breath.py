"""Breathing of a speaker: never quite regular, quick inhalations in pauses, long exhalations."""

import numpy as np

from training.performance.minimum_jerk import steps
from training.performance.score import Score

_RATE_HZ = (0.245, 0.285)
_PERIOD_SIGMA = 0.12
_SHORTEST_S, _LONGEST_S = 2.5, 5.6
_LEAST_PAUSE_S = 0.25
_NOTICED_S = (0.08, 0.2)
_QUICK_S = (0.45, 0.65)
_INHALE_SHARE = 0.4


def play_breath(score: Score, draw: np.random.Generator) -> np.ndarray:
    """(T,) volume of breath, 0 empty to 1 full; 0.2 to 0.3 breaths per second."""
    period_s = 1.0 / draw.uniform(*_RATE_HZ)
    pauses_s = _pauses(score)
    starts_s, durations_s, ways = [], [], []
    volume, time_s = 0.1, -draw.uniform(0.0, period_s)
    while time_s < score.length_s:
        usual_s = period_s * float(np.exp(_PERIOD_SIGMA * draw.standard_normal()))
        next_s, quick = _next_inhalation(score, pauses_s, time_s, usual_s, draw)
        hurried = _speaking(score, time_s)
        inhale_s = draw.uniform(*_QUICK_S) if hurried else _INHALE_SHARE * usual_s
        full, empty = draw.uniform(0.75, 1.0), draw.uniform(0.0, 0.15)
        exhale_s = (next_s - time_s - inhale_s) * (1.0 if quick else draw.uniform(0.85, 1.0))
        starts_s += [time_s, time_s + inhale_s]
        durations_s += [inhale_s, exhale_s]
        ways += [full - volume, empty - full]
        volume, time_s = empty, next_s
    moved = steps(score.frames, np.array(starts_s), np.array(durations_s), np.array(ways))
    return np.clip(0.1 + moved, 0.0, 1.0)


def _pauses(score: Score) -> np.ndarray:
    """(N,) seconds, ends of the phrases with a pause behind them."""
    following = [*(phrase.start_s for phrase in score.phrases[1:]), np.inf]
    return np.array([
        phrase.end_s
        for phrase, next_s in zip(score.phrases, following, strict=False)
        if next_s - phrase.end_s >= _LEAST_PAUSE_S
    ])  # fmt: skip


def _speaking(score: Score, time_s: float) -> bool:
    """Within a second of a phrase?"""
    return any(p.start_s - 0.2 < time_s < p.end_s + 0.4 for p in score.phrases)


def _next_inhalation(
    score: Score, pauses_s: np.ndarray, time_s: float, usual_s: float, draw: np.random.Generator
) -> tuple[float, bool]:
    """When the next breath is drawn, and whether speech sets the time."""
    earliest_s = time_s + max(0.85 * usual_s, _SHORTEST_S)
    latest_s = time_s + _LONGEST_S
    due_s = time_s + usual_s
    place = int(np.searchsorted(pauses_s, earliest_s - _NOTICED_S[1]))
    if place < len(pauses_s) and pauses_s[place] < latest_s:
        pause_s = float(pauses_s[place])
        if _speaking(score, due_s) or pause_s < due_s:
            return max(pause_s + draw.uniform(*_NOTICED_S), earliest_s - 0.2), True
    return (latest_s if _speaking(score, due_s) else due_s), False
