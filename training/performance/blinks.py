"""Blinks: lognormal gaps, more of them behind phrases and with large shifts of gaze.

Rates after Bentivoglio et al. 1997, shape of the lid's curve after Trutoiu et al. 2011.
"""

import numpy as np

from pipeline.rates import FPS
from pipeline.stream_types import State
from training.performance.chance import apart, raised_after, times_at_rate
from training.performance.minimum_jerk import frame_times
from training.performance.score import Score

LEAST_PER_MIN, MOST_PER_MIN = 8.0, 30.0

_GAP_SIGMA = 0.55
_SHORTEST_GAP_S = 0.55
_STATE_FACTOR = {State.IDLE: 0.8, State.LISTENING: 0.85, State.SPEAKING: 1.0}
# blinks come when the end of a phrase has been heard, and with the saccade itself
_BEHIND_PHRASE = (0.1, 0.5, 3.0)
_WITH_SACCADE = (-0.03, 0.12, 6.0)
_CLOSING_S, _HOLD_S, _OPENING_S = (0.065, 0.095), (0.034, 0.055), (0.13, 0.22)
_SLOWNESS_SIGMA = 0.1


def play_blinks(
    score: Score, blink_rate: float, saccades_s: np.ndarray, draw: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """(T,) closure of both lids in [0, 1], and the blinks' start times (E,).

    blink_rate: the knob, 0 to 1; saccades_s: when large shifts of gaze start
    """
    per_s = (LEAST_PER_MIN + (MOST_PER_MIN - LEAST_PER_MIN) * blink_rate) / 60.0
    factor = np.array([_STATE_FACTOR[State(k)] for k in range(len(State))])
    base = factor[score.state]
    shaped = raised_after(base, [p.end_s for p in score.phrases], *_BEHIND_PHRASE)
    shaped = raised_after(shaped, saccades_s, *_WITH_SACCADE)
    # what is brought forward is missing elsewhere
    rate = per_s * shaped * (base.sum() / max(shaped.sum(), 1e-9))
    starts_s = times_at_rate(draw, rate, _GAP_SIGMA)
    starts_s = starts_s[apart(starts_s, _SHORTEST_GAP_S)]
    return _lids(score.frames, starts_s, draw), starts_s


def _lids(frames: int, starts_s: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    count = len(starts_s)
    slowness = np.exp(_SLOWNESS_SIGMA * np.clip(draw.standard_normal(count), -2, 2))
    closing_s, hold_s, opening_s = (
        draw.uniform(*span, count) * slowness for span in (_CLOSING_S, _HOLD_S, _OPENING_S)
    )
    closure = np.zeros(frames)
    times = frame_times(frames)
    taps = np.arange(int(0.6 * FPS))
    places = np.ceil(starts_s * FPS - 0.5).astype(int)[:, None] + taps
    since = times[np.clip(places, 0, frames - 1)] - starts_s[:, None]
    down = np.clip(since / closing_s[:, None], 0.0, 1.0)
    up = np.clip((since - (closing_s + hold_s)[:, None]) / opening_s[:, None], 0.0, 1.0) ** 0.75
    shape = down * down * (3 - 2 * down) - up * up * (3 - 2 * up)
    inside = (places >= 0) & (places < frames)
    np.maximum.at(closure, places[inside], shape[inside])
    return closure
