"""What the teacher leaves to chance: when things happen and how slow levels wander."""

import numpy as np
from scipy.ndimage import gaussian_filter1d
from scipy.signal import lfilter

from pipeline.rates import FPS


def times_at_rate(draw: np.random.Generator, rate_hz: np.ndarray, sigma: float) -> np.ndarray:
    """Times in seconds of events whose rate changes; gaps are lognormal, thus never periodic.

    rate_hz: (T,) events per second at each video frame; sigma: log deviation of the gaps
    """
    passed = np.concatenate([[0.0], np.cumsum(rate_hz) / FPS])
    count = int(1.5 * passed[-1] + 8.0 * np.sqrt(passed[-1] + 1.0)) + 8
    gaps = np.exp(sigma * draw.standard_normal(count) - 0.5 * sigma * sigma)
    places = np.cumsum(gaps) - gaps[0] * draw.uniform()
    places = places[places < passed[-1]]
    return np.interp(places, passed, np.arange(len(passed)) / FPS)


def apart(times_s: np.ndarray, gap_s: float) -> np.ndarray:
    """(E,) bool, which of the sorted times to keep so that they lie at least a gap apart."""
    keep = np.zeros(len(times_s), bool)
    last_s = -np.inf
    for index, time_s in enumerate(times_s):
        if time_s - last_s >= gap_s:
            keep[index], last_s = True, time_s
    return keep


def wandering(
    draw: np.random.Generator, frames: int, smooth_s: float, channels: int = 1
) -> np.ndarray:
    """(T, channels) smooth noise of unit deviation, correlated over about 2 smooth_s."""
    width = smooth_s * FPS
    pad = int(4 * width) + 1
    white = draw.standard_normal((frames + 2 * pad, channels))
    smooth = gaussian_filter1d(white, width, axis=0, mode="constant")[pad:-pad]
    return smooth * np.sqrt(2.0 * np.sqrt(np.pi) * width)


def followed(target: np.ndarray, time_s: float) -> np.ndarray:
    """A (T,) curve behind its target: two exponential lags of time_s / 2 each; causal."""
    keep = np.exp(-2.0 / (time_s * FPS))
    result = np.asarray(target, np.float64)
    for _ in range(2):
        start = keep * result[:1]
        result = lfilter([1.0 - keep], [1.0, -keep], result, zi=start)[0]
    return result


def raised_after(
    rate: np.ndarray, times_s: np.ndarray | list[float], wait_s: float, last_s: float, factor: float
) -> np.ndarray:
    """A copy of a rate (T,), multiplied by a factor from wait_s after each time for last_s."""
    edges = np.zeros(len(rate) + 1)
    times_s = np.asarray(times_s, float)
    for shift_s, sign in ((wait_s, 1), (wait_s + last_s, -1)):
        places = np.clip(np.round((times_s + shift_s) * FPS).astype(int), 0, len(rate))
        np.add.at(edges, places, sign)
    return np.where(np.cumsum(edges)[:-1] > 0, rate * factor, rate)
