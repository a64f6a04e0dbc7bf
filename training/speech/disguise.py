"""Other speakers from one voice: resampling moves everything, a filter the formants alone."""

from dataclasses import replace

import numpy as np
from scipy.signal import resample_poly

from training.speech.phones import Phone

_FFT, _HOP = 1024, 256
_ENVELOPE_S = 0.002  # cepstrum kept: formants, not harmonics below 400 Hz
_MOST_DB = 24.0


def tape(samples: np.ndarray, phones: list[Phone], ratio: float) -> tuple[np.ndarray, list[Phone]]:
    """Played faster by `ratio`, as a tape: pitch, formants and tempo together."""
    down = round(100 * ratio)
    played = resample_poly(samples, 100, down).astype(np.float32)
    scale = 100 / down
    return played, [
        replace(p, start_s=round(p.start_s * scale, 4), end_s=round(p.end_s * scale, 4))
        for p in phones
    ]


def move_formants(samples: np.ndarray, rate_hz: int, ratio: float) -> np.ndarray:
    """The smoothed spectral envelope stretched by `ratio`; pitch and times stay."""
    if abs(ratio - 1) < 0.01:
        return samples
    window = np.hanning(_FFT + 1)[:-1].astype(np.float32)
    count = len(samples) // _HOP + 1
    padded = np.pad(samples, (_FFT // 2, _FFT))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::_HOP][:count] * window
    spectrum = np.fft.rfft(frames, axis=1)
    cepstrum = np.fft.irfft(np.log(np.abs(spectrum) + 1e-5), axis=1)
    kept = int(_ENVELOPE_S * rate_hz)
    cepstrum[:, kept : _FFT - kept + 1] = 0.0
    envelope = np.fft.rfft(cepstrum, axis=1).real
    source = np.minimum(np.arange(_FFT // 2 + 1) / ratio, _FFT // 2)
    low = source.astype(int)
    high, weight = np.minimum(low + 1, _FFT // 2), source - low
    moved = (1 - weight) * envelope[:, low] + weight * envelope[:, high]
    most = _MOST_DB / 20 * np.log(10)
    spectrum *= np.exp(np.clip(moved - envelope, -most, most))
    return _overlap_add(np.fft.irfft(spectrum, axis=1) * window, window, len(samples))


def _overlap_add(frames: np.ndarray, window: np.ndarray, length: int) -> np.ndarray:
    parts = _FFT // _HOP
    total = np.zeros((len(frames) + parts - 1, _HOP))
    norm = np.zeros_like(total)
    square = (window * window).reshape(parts, _HOP)
    blocks = frames.reshape(len(frames), parts, _HOP)
    for part in range(parts):
        total[part : part + len(frames)] += blocks[:, part]
        norm[part : part + len(frames)] += square[part]
    sound = (total / np.maximum(norm, 1e-3)).reshape(-1)[_FFT // 2 : _FFT // 2 + length]
    return np.pad(sound, (0, length - len(sound))).astype(np.float32)
