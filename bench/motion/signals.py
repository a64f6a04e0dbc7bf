"""Figures of signals over time; the first axis is time, at the rate of the video."""

import numpy as np

from pipeline.motion_signal import runs
from pipeline.rates import FPS

_QUANTILES = (np.arange(4000) + 0.5) / 4000
_COHERENCE_FRAMES = 256


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


def speed(values: np.ndarray) -> np.ndarray:
    """(T - 1,) length of the change of (T, C) values, in units a second."""
    return np.linalg.norm(np.diff(values, axis=0), axis=1) * FPS


def jerk(values: np.ndarray) -> np.ndarray:
    """(T - 3,) length of the third derivative of (T, C) values, in units / s^3."""
    return np.linalg.norm(np.diff(values, n=3, axis=0), axis=1) * FPS**3


def reach(values: np.ndarray, window_s: float) -> np.ndarray:
    """(N,) diagonal of the box that (T, C) values fill in each of N half-overlapping windows."""
    size = round(window_s * FPS)
    starts = range(0, len(values) - size + 1, max(size // 2, 1))
    return np.array([np.linalg.norm(np.ptp(values[s : s + size], axis=0)) for s in starts])


def wasserstein(first: np.ndarray, second: np.ndarray) -> float:
    """Distance W1 of two samples of numbers, in their unit (the area between the quantiles)."""
    between = np.quantile(first, _QUANTILES) - np.quantile(second, _QUANTILES)
    return float(np.abs(between).mean())


def peaks(values: np.ndarray, least: float, apart_s: float) -> np.ndarray:
    """(N,) indices of local maxima of (T,) values from `least`, the higher one of close ones."""
    inner = values[1:-1]
    found = np.flatnonzero((inner >= values[:-2]) & (inner > values[2:]) & (inner >= least)) + 1
    kept: list[int] = []
    for index in found[np.argsort(-values[found], kind="stable")]:
        if all(abs(int(index) - other) >= apart_s * FPS for other in kept):
            kept.append(int(index))
    return np.array(sorted(kept), int)


def autocorrelation(values: np.ndarray, longest_s: float) -> np.ndarray:
    """(L + 1,) autocorrelation of (T,) values at lags of 0 to `longest_s`, 1 at lag 0; each lag's
    sum is divided by its own number of pairs, a straight line taken off before."""
    time = np.arange(len(values))
    flat = values - np.polyval(np.polyfit(time, values, 1), time)
    lags = min(round(longest_s * FPS), len(values) - 2)
    power = float(flat @ flat) / len(flat)
    if power < 1e-12:
        return np.concatenate(([1.0], np.zeros(lags)))
    found = [flat[lag:] @ flat[: len(flat) - lag] / (len(flat) - lag) for lag in range(lags + 1)]
    return np.array(found) / power


def largest_peak_beyond(correlation: np.ndarray, beyond_s: float) -> float:
    """Largest local maximum of an autocorrelation at longer lags, 0 where there is none above."""
    first = round(beyond_s * FPS)
    places = peaks(correlation[first - 1 :], 0.0, 0.0) if len(correlation) > first + 2 else []
    return float(max((correlation[first - 1 + place] for place in places), default=0.0))


def coherence(first: np.ndarray, second: np.ndarray, low_hz: float, high_hz: float) -> float:
    """Mean magnitude-squared coherence of two (T,) signals in a band (Welch: Hann windows of 8.5 s
    that overlap by half). Unrelated signals have about 1 / windows."""
    window = np.hanning(_COHERENCE_FRAMES)
    starts = range(0, len(first) - _COHERENCE_FRAMES + 1, _COHERENCE_FRAMES // 2)
    if len(starts) < 4:
        return float("nan")

    def spectra(values: np.ndarray) -> np.ndarray:
        cuts = [values[s : s + _COHERENCE_FRAMES] for s in starts]
        return np.fft.rfft([window * (cut - cut.mean()) for cut in cuts], axis=1)

    a, b = spectra(first), spectra(second)
    shared = np.abs((a * b.conj()).mean(axis=0)) ** 2
    power = (np.abs(a) ** 2).mean(axis=0) * (np.abs(b) ** 2).mean(axis=0)
    hz = np.fft.rfftfreq(_COHERENCE_FRAMES, 1.0 / FPS)
    band = (hz >= low_hz) & (hz <= high_hz)
    return float((shared[band] / np.maximum(power[band], 1e-18)).mean())


def longest_run_s(mask: np.ndarray) -> float:
    """Length of the longest stretch in which a (T,) mask is true."""
    found = runs(mask)
    return float((found[:, 1] - found[:, 0]).max(initial=0)) / FPS


def best_lag(wanted: list[np.ndarray], seen: list[np.ndarray], largest: int) -> tuple[float, float]:
    """(lag in frames, correlation there), pooled over pairs of (T,) signals; positive: `seen` is
    late. The lag is refined to parts of a frame by a parabola through its neighbours."""
    lags = np.arange(-largest, largest + 1)
    found = np.array([_correlation(wanted, seen, int(lag)) for lag in lags])
    best = int(found.argmax())
    if best in (0, len(lags) - 1):
        return float(lags[best]), float(found[best])
    before, here, after = found[best - 1 : best + 2]
    bend = before - 2.0 * here + after
    shift = 0.5 * (before - after) / bend if bend < 0.0 else 0.0
    return float(lags[best] + shift), float(here)


def _correlation(wanted: list[np.ndarray], seen: list[np.ndarray], lag: int) -> float:
    early, late = max(0, -lag), max(0, lag)
    first = np.concatenate([want[early : len(want) - late] for want in wanted])
    second = np.concatenate([see[late : len(see) - early] for see in seen])
    if first.std() == 0.0 or second.std() == 0.0:
        return 0.0
    return float(np.corrcoef(first, second)[0, 1])
