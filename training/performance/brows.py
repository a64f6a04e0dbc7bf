"""Brows: a resting level, raises on accents and in questions, rare frowns."""

import numpy as np

from training.performance.chance import apart, times_at_rate, wandering
from training.performance.minimum_jerk import bumps
from training.performance.score import Score

_RAISE_SPACING_S = 0.7
_FROWNS_PER_MIN = 1.5
_LEVEL_WANDER, _LEVEL_S = 0.025, 1.6


def play_brows(
    score: Score, brow: float, expressiveness: float, draw: np.random.Generator
) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Actions by name (T,), sides alike where the name has none, and start times of raises.

    brow, expressiveness: the knobs, 0 to 1
    """
    raised, starts_s = _raises(score, brow, expressiveness, draw)
    frown = _frowns(score, brow, draw)
    level = 0.3 * (2 * brow - 1) + _LEVEL_WANDER * wandering(draw, score.frames, _LEVEL_S)[:, 0]
    up = np.maximum(level, 0.0) + raised
    down = 0.6 * np.maximum(-level, 0.0) * (1 - np.minimum(2 * raised, 1.0)) + frown
    lopsided = 1 + 0.15 * draw.uniform(-1, 1)
    return {
        "browInnerUp": 0.75 * up,
        "browOuterUpLeft": 0.9 * up * lopsided,
        "browOuterUpRight": 0.9 * up * (2 - lopsided),
        "browDown": down,
        "eyeWide": 0.45 * np.maximum(up - 0.25, 0.0),
        "eyeSquint": 0.4 * frown,
    }, starts_s


def _raises(
    score: Score, brow: float, expressiveness: float, draw: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """(T,) raise above the resting level and the start times of raises."""
    times_s = np.array([a.time_s for a in score.accents])
    strengths = np.array([a.strength for a in score.accents])
    count = len(times_s)
    chance = (0.08 + 0.75 * brow) * (0.35 + 0.65 * strengths)
    chosen = draw.uniform(size=count) < chance
    starts_s = times_s + draw.uniform(0.0, 0.07, count)
    size = (0.12 + 0.2 * strengths) * (0.35 + 0.75 * expressiveness + 0.5 * brow)
    size = size * np.exp(0.25 * draw.standard_normal(count))
    hold_s = draw.exponential(0.15, count)
    rise_s, fall_s = draw.uniform(0.13, 0.22, count), draw.uniform(0.3, 0.55, count)
    kept = np.flatnonzero(chosen)
    kept = kept[apart(starts_s[kept], _RAISE_SPACING_S)]
    accents = bumps(
        score.frames, starts_s[kept], (rise_s[kept], hold_s[kept], fall_s[kept]), size[kept]
    )
    asked = np.array([p.end_s for p in score.phrases if p.question])
    ask = draw.uniform(size=len(asked)) < 0.4 + 0.6 * brow
    asked = asked[ask]
    height = np.full(len(asked), 0.15 + 0.25 * expressiveness)
    asking = bumps(score.frames, asked - 0.25, (0.25, 0.35, 0.6), height)
    together = np.minimum(np.maximum(accents, asking) + 0.3 * np.minimum(accents, asking), 0.7)
    return together, np.sort(np.concatenate([starts_s[kept], asked - 0.25]))


def _frowns(score: Score, brow: float, draw: np.random.Generator) -> np.ndarray:
    """(T,) lowered brows of effort and doubt: rare, mostly where the speaker hesitates."""
    rate = np.full(score.frames, _FROWNS_PER_MIN / 60.0 * (1.4 - brow))
    starts_s = times_at_rate(draw, rate, 0.8)
    doubts_s = np.array([h[0] + 0.15 for h in score.hesitations])
    doubts_s = doubts_s[draw.uniform(size=len(doubts_s)) < 0.12]
    starts_s = np.sort(np.concatenate([starts_s, doubts_s]))
    starts_s = starts_s[apart(starts_s, 2.0)]
    count = len(starts_s)
    rise_s, fall_s = draw.uniform(0.2, 0.35, count), draw.uniform(0.35, 0.7, count)
    lasts_s = (rise_s, draw.exponential(0.4, count), fall_s)
    return bumps(score.frames, starts_s, lasts_s, draw.uniform(0.08, 0.25, count))
