"""Voicing and pitch of the last 43 ms by autocorrelation."""

import numpy as np

from pipeline.rates import SAMPLE_RATE_HZ

PITCH_WINDOW_SAMPLES = 1024
LOWEST_PITCH_HZ, HIGHEST_PITCH_HZ = 65.0, 450.0
_STEP = 3  # 8 kHz is plenty for pitch
_RATE_HZ = SAMPLE_RATE_HZ // _STEP
_SIZE = PITCH_WINDOW_SAMPLES // _STEP
_FFT = 1024
_QUIET_DB = -60.0
_VOICED = 0.45


class Pitch:
    """Estimates pitch from the newest samples; holds only constants.

    Source: Boersma (1993), Accurate short-term analysis of the fundamental frequency: the
    autocorrelation of the windowed sound divided by that of the window.
    """

    def __init__(self):
        self._window = np.hanning(_SIZE).astype(np.float32)
        shape = np.fft.irfft(np.abs(np.fft.rfft(self._window, _FFT)) ** 2)
        first, last = int(_RATE_HZ / HIGHEST_PITCH_HZ), int(_RATE_HZ / LOWEST_PITCH_HZ)
        self._lags = np.arange(first, last + 1)
        self._shape = shape[self._lags] / shape[0]
        # prefer short periods a little, against octave errors
        self._cost = 0.02 * np.log2(self._lags / first)

    def __call__(self, samples: np.ndarray) -> tuple[float, float]:
        """(1024,) float32 newest samples -> (voicing in [0, 1], f0 in Hz or 0 where unvoiced)."""
        usable = samples[-_SIZE * _STEP :].reshape(_SIZE, _STEP).mean(axis=1)
        usable = usable - usable.mean()
        power = float(np.mean(usable**2))
        if 10.0 * np.log10(power + 1e-12) < _QUIET_DB:
            return 0.0, 0.0
        spectrum = np.abs(np.fft.rfft(usable * self._window, _FFT)) ** 2
        correlation = np.fft.irfft(spectrum)
        ratio = correlation[self._lags] / (correlation[0] + 1e-12) / self._shape
        best = int(np.argmax(ratio - self._cost))
        voicing = float(np.clip(ratio[best], 0.0, 1.0))
        # a maximum at the edge is the flank of a peak outside the range
        if voicing < _VOICED or best in (0, len(ratio) - 1):
            return voicing, 0.0
        return voicing, float(_RATE_HZ / self._refined(ratio, best))

    def _refined(self, ratio: np.ndarray, best: int) -> float:
        """Lag of the peak of the parabola through three points."""
        left, mid, right = ratio[best - 1 : best + 2]
        curve = left - 2 * mid + right
        shift = 0.5 * (left - right) / curve if abs(curve) > 1e-9 else 0.0
        return float(self._lags[best]) + float(np.clip(shift, -0.5, 0.5))
