"""The finding of events in motion that is known as a whole."""

import numpy as np

from pipeline.rates import FPS


def runs(mask: np.ndarray) -> np.ndarray:
    """(N, 2) first and behind-last index of every stretch in which a (T,) mask is true."""
    edges = np.diff(np.concatenate(([0], np.asarray(mask, np.int8), [0])))
    return np.stack((np.flatnonzero(edges > 0), np.flatnonzero(edges < 0)), axis=1)


def events(values: np.ndarray, high: float, low: float) -> np.ndarray:
    """(N, 2) stretches above `low` that reach `high` somewhere (hysteresis)."""
    found = runs(np.asarray(values) > low)
    return found[[bool((values[start:stop] >= high).any()) for start, stop in found]]


def merged(stretches: np.ndarray, gap_s: float) -> np.ndarray:
    """(M, 2) stretches, those less than a gap apart joined."""
    if len(stretches) < 2:
        return stretches
    apart = stretches[1:, 0] - stretches[:-1, 1] >= gap_s * FPS
    first = np.concatenate(([True], apart))
    last = np.concatenate((apart, [True]))
    return np.stack((stretches[first, 0], stretches[last, 1]), axis=1)
