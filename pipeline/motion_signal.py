"""Smoothing and the finding of events, for motion that is known as a whole."""

import numpy as np

from pipeline.rates import FPS


def smoothed(values: np.ndarray, sigma_s: float) -> np.ndarray:
    """Gaussian smoothing along the first axis, mirrored at the ends; float64, same shape."""
    values = np.asarray(values, np.float64)
    sigma = sigma_s * FPS
    reach = min(int(np.ceil(3.5 * sigma)), len(values) - 1)
    if reach < 1:
        return values.copy()
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    flat = values.reshape(len(values), -1)
    padded = np.pad(flat, ((reach, reach), (0, 0)), mode="reflect")
    columns = [np.convolve(column, kernel, mode="valid") for column in padded.T]
    return np.stack(columns, axis=1).reshape(values.shape)


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


def followed(values: np.ndarray, rate: float) -> np.ndarray:
    """A causal low-pass: each frame goes by `rate` of the way towards (T, ...) values, from 0."""
    result = np.empty(np.shape(values))
    here = np.zeros(result.shape[1:])
    for index, value in enumerate(values):
        here = here + rate * (value - here)
        result[index] = here
    return result
