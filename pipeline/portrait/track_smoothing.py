"""Smoothing of tracked quantities that are known as a whole: no delay, quick movements survive.

Whittaker's smoother (Whittaker 1923, Eilers 2003): weighted least squares with a penalty on second
differences, which is an acausal low-pass of order four. Its penalty falls where the signal moves
more than its noise can explain, so that blinks and closing lips keep their speed.
"""

import numpy as np

from pipeline.rates import FPS

# Second differences of white noise have root six times its deviation.
_NOISE_OF_CURVATURE = 1.4826 / np.sqrt(6.0)
_OUTLIER_SIGMAS = 4.0
# Of what is put in place of unknown values, so that gaps do not swing.
_GAP_WEIGHT = 0.02
_OUTLIER_REACH = 2
# Movement in units of its noise at which half of the way to the quick cutoff is gone.
_QUICK_SIGMAS = 2.5


def penalty(cutoff_hz: float) -> float:
    """The weight of squared second differences that halves a sine of this frequency."""
    return 1.0 / (2.0 * np.sin(np.pi * min(cutoff_hz / FPS, 0.5))) ** 4


def smooth_track(
    values: np.ndarray, known: np.ndarray, slow_hz: float, quick_hz: float
) -> np.ndarray:
    """(T, C) float64, smoothed along time and filled in where it is not known.

    values: (T, C); known: (T,) bool; in gaps the track stays near the line between their ends
    slow_hz, quick_hz: cutoff where nothing happens beyond the noise, and where much happens
    """
    values, known = np.asarray(values, np.float64), np.asarray(known, bool)
    if len(values) < 3 or not known.any():
        return np.where(known[:, None], values, 0.0)
    index = np.arange(len(values))
    values = np.stack(
        [np.interp(index, index[known], column) for column in values[known].T], axis=1
    )
    weights = np.broadcast_to(np.where(known, 1.0, _GAP_WEIGHT)[:, None], values.shape)
    noise = _noise(values, known)
    values, wild = _without_outliers(values, noise)
    weights = np.where(wild, _GAP_WEIGHT, weights)
    slow = whittaker(values, weights, np.full(values.shape, penalty(slow_hz)))
    quick = whittaker(values, weights, np.full(values.shape, penalty(quick_hz)))
    movement = (np.abs(quick - slow) / (_QUICK_SIGMAS * noise)) ** 2
    share = _widest(movement / (1.0 + movement))
    log_slow, log_quick = np.log(penalty(slow_hz)), np.log(penalty(quick_hz))
    return whittaker(values, weights, np.exp(log_slow + share * (log_quick - log_slow)))


def whittaker(values: np.ndarray, weights: np.ndarray, penalties: np.ndarray) -> np.ndarray:
    """The z that minimises sum w (y - z)^2 + sum p (second difference of z)^2, all (T, C).

    One banded Cholesky-like elimination (L D L') over time, all channels at once.
    """
    count, channels = values.shape
    middle = np.concatenate([penalties[1:-1], np.zeros((2, channels))])
    padded = np.concatenate([np.zeros((2, channels)), middle])
    # Rows of D'PD: every second difference is (1, -2, 1) on three neighbours.
    diagonal = weights + padded[2:] + 4.0 * padded[1:-1] + padded[:-2] + 1e-12
    first = -2.0 * padded[2:] - 2.0 * padded[1:-1]
    second = padded[2:].copy()
    factor_1, factor_2 = np.zeros_like(diagonal), np.zeros_like(diagonal)
    solved = weights * values
    for row in range(count):
        if row >= 1:
            diagonal[row] -= factor_1[row - 1] ** 2 * diagonal[row - 1]
            first[row] -= factor_1[row - 1] * factor_2[row - 1] * diagonal[row - 1]
            solved[row] -= factor_1[row - 1] * solved[row - 1]
        if row >= 2:
            diagonal[row] -= factor_2[row - 2] ** 2 * diagonal[row - 2]
            solved[row] -= factor_2[row - 2] * solved[row - 2]
        factor_1[row] = first[row] / diagonal[row]
        factor_2[row] = second[row] / diagonal[row]
    solved /= diagonal
    for row in range(count - 2, -1, -1):
        solved[row] -= factor_1[row] * solved[row + 1]
        if row + 2 < count:
            solved[row] -= factor_2[row] * solved[row + 2]
    return solved


def _noise(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """(C,) deviation of the measurement noise, from second differences in quiet moments."""
    curvature = np.abs(values[2:] - 2.0 * values[1:-1] + values[:-2])
    measured = known[2:] & known[1:-1] & known[:-2]
    if not measured.any():
        return np.full(values.shape[1], 1e-9)
    return np.maximum(_NOISE_OF_CURVATURE * np.median(curvature[measured], axis=0), 1e-9)


def _without_outliers(values: np.ndarray, noise: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Values (T, C) in which single frames that jump away from the agreeing ones around them and
    back are replaced by these, and which they are."""
    padded = np.pad(values, ((_OUTLIER_REACH, _OUTLIER_REACH), (0, 0)), mode="edge")
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * _OUTLIER_REACH + 1, axis=0)
    sides = np.delete(around, _OUTLIER_REACH, axis=2)
    middle = np.median(sides, axis=2)
    apart = np.abs(values - middle)
    wild = (apart > _OUTLIER_SIGMAS * noise) & (np.ptp(sides, axis=2) < 0.5 * apart)
    return np.where(wild, middle, values), wild


def _widest(share: np.ndarray) -> np.ndarray:
    """The largest of each value and its neighbours: a movement begins and ends gently."""
    padded = np.pad(share, ((2, 2), (0, 0)), mode="edge")
    return np.lib.stride_tricks.sliding_window_view(padded, 5, axis=0).max(axis=2)
