"""Smile with its cheeks, squints and sneers.

The smile belongs to the mouth and is not left to chance: it follows the score and the knobs alone.
"""

import numpy as np

from pipeline.stream_types import State
from training.performance.chance import apart, followed, times_at_rate
from training.performance.minimum_jerk import bumps
from training.performance.score import Score

_LARGEST_REST = 0.42
_STATE_FACTOR = {State.IDLE: 0.75, State.LISTENING: 1.15, State.SPEAKING: 0.8}
_STATE_TAKES_S = 0.7
_SQUINTS_PER_MIN, _SNEERS_PER_MIN = 2.0, 1.2


def play_smile(score: Score, smile: float, expressiveness: float) -> np.ndarray:
    """(T,) of mouthSmile besides what sounds ask for; smile, expressiveness: the knobs."""
    factor = np.array([_STATE_FACTOR[State(k)] for k in range(len(State))])
    rest = _LARGEST_REST * smile * followed(factor[score.state], _STATE_TAKES_S)
    ends_s = np.array([p.end_s for p in score.phrases])
    lasts_s = np.array([p.end_s - p.start_s for p in score.phrases])
    # a short word is not worth a smile, the end of a sentence is
    size = smile * (0.08 + 0.22 * expressiveness) * np.clip(lasts_s / 2.0, 0.2, 1.0)
    size = size * np.where([p.final for p in score.phrases], 1.0, 0.5)
    grown = bumps(score.frames, ends_s + 0.05, (0.45, 0.35, 1.1), size)
    return np.minimum(rest + 0.5 * np.tanh(2.0 * grown), 0.75)


def play_cheeks(
    score: Score, smile: np.ndarray, expressiveness: float, draw: np.random.Generator
) -> dict[str, np.ndarray]:
    """Actions by name (T,) around a smile (T,): raised cheeks, squints, rare sneers."""
    squint = _now_and_then(score, _SQUINTS_PER_MIN * (0.4 + 1.2 * expressiveness), 0.3, draw)
    sneer = _now_and_then(score, _SNEERS_PER_MIN * (0.2 + 1.6 * expressiveness), 0.2, draw)
    return {
        "cheekSquint": 0.5 * np.maximum(smile - 0.03, 0.0) + 0.3 * squint,
        "eyeSquint": 0.35 * np.maximum(smile - 0.1, 0.0) + squint,
        "noseSneer": sneer,
    }


def _now_and_then(
    score: Score, per_min: float, largest: float, draw: np.random.Generator
) -> np.ndarray:
    """(T,) rare movements; while nobody speaks, much rarer."""
    speaking = np.where(score.state == State.SPEAKING, 1.0, 0.25)
    starts_s = times_at_rate(draw, per_min / 60.0 * speaking, 0.8)
    starts_s = starts_s[apart(starts_s, 1.6)]
    count = len(starts_s)
    rise_s, fall_s = draw.uniform(0.18, 0.35, count), draw.uniform(0.3, 0.6, count)
    lasts_s = (rise_s, draw.exponential(0.35, count), fall_s)
    return bumps(score.frames, starts_s, lasts_s, largest * draw.uniform(0.35, 1.0, count))
