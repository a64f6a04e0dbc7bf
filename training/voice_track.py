"""Level and pitch of a whole recording at the rate of hops, as pipeline.pitch hears them."""

import numpy as np
from scipy import fft

from pipeline.pitch import HIGHEST_PITCH_HZ, LOWEST_PITCH_HZ, PITCH_WINDOW_SAMPLES
from pipeline.rates import FEATURE_HOP_SAMPLES, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME

_STEP = 3
_RATE_HZ = SAMPLE_RATE_HZ // _STEP
_SIZE = PITCH_WINDOW_SAMPLES // _STEP
_FFT = 1024
_QUIET_DB = -60.0
_VOICED = 0.45
_OCTAVE_COST = 0.02
_CHUNK_HOPS = 4096
LOWEST_DB = -100.0


def voice_track(samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Energy in dB of the last 800 samples and pitch in Hz (0 unvoiced) of the last 1024.

    samples: (200 H,) float32 at 24 kHz. Returns (H,) and (H,) float32; row h ends at sample
    200 (h + 1), so every fourth row is what the product measures at a video frame.
    """
    hops = len(samples) // FEATURE_HOP_SAMPLES
    if not hops:
        return np.zeros(0, np.float32), np.zeros(0, np.float32)
    padded = np.concatenate([
        np.zeros(PITCH_WINDOW_SAMPLES - FEATURE_HOP_SAMPLES, np.float32),
        np.asarray(samples[: hops * FEATURE_HOP_SAMPLES], np.float32),
    ])  # fmt: skip
    windows = np.lib.stride_tricks.sliding_window_view(padded, PITCH_WINDOW_SAMPLES)
    windows = windows[::FEATURE_HOP_SAMPLES]
    total = np.concatenate([[0.0], np.cumsum(padded.astype(np.float64) ** 2)])
    ends = PITCH_WINDOW_SAMPLES + np.arange(hops) * FEATURE_HOP_SAMPLES
    power = (total[ends] - total[ends - SAMPLES_PER_FRAME]) / SAMPLES_PER_FRAME
    energy_db = np.maximum(LOWEST_DB, 10 * np.log10(np.maximum(power, 0.0) + 1e-12))
    pitch_hz = np.zeros(hops, np.float32)
    for start in range(0, hops, _CHUNK_HOPS):
        chunk = slice(start, start + _CHUNK_HOPS)
        pitch_hz[chunk] = _pitches(windows[chunk])
    return energy_db.astype(np.float32), pitch_hz


def _pitches(windows: np.ndarray) -> np.ndarray:
    """(n, 1024) newest samples -> (n,) Hz, 0 where unvoiced; Boersma (1993) as pipeline.pitch."""
    hann = np.hanning(_SIZE).astype(np.float32)
    lags = np.arange(int(_RATE_HZ / HIGHEST_PITCH_HZ), int(_RATE_HZ / LOWEST_PITCH_HZ) + 1)
    shape = fft.irfft(np.abs(fft.rfft(hann, _FFT)) ** 2)
    usable = windows[:, -_SIZE * _STEP :].reshape(len(windows), _SIZE, _STEP).mean(axis=2)
    usable = (usable - usable.mean(axis=1, keepdims=True)).astype(np.float32)
    power_db = 10 * np.log10(np.mean(usable**2, axis=1) + 1e-12)
    correlation = fft.irfft(np.abs(fft.rfft(usable * hann, _FFT, axis=1)) ** 2, axis=1)
    ratio = correlation[:, lags] / (correlation[:, :1] + 1e-12) / (shape[lags] / shape[0])
    best = np.argmax(ratio - _OCTAVE_COST * np.log2(lags / lags[0]), axis=1)
    row = np.arange(len(windows))
    inner = np.clip(best, 1, len(lags) - 2)
    left, mid, right = ratio[row, inner - 1], ratio[row, inner], ratio[row, inner + 1]
    curve = left - 2 * mid + right
    bent = np.where(np.abs(curve) > 1e-9, curve, 1.0)
    shift = np.where(np.abs(curve) > 1e-9, np.clip(0.5 * (left - right) / bent, -0.5, 0.5), 0.0)
    voiced = (ratio[row, best] >= _VOICED) & (best == inner) & (power_db >= _QUIET_DB)
    return np.where(voiced, _RATE_HZ / (lags[best] + shift), 0.0).astype(np.float32)
