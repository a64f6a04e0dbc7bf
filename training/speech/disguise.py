"""Other speakers from one voice: WORLD moves pitch and formants, resampling everything."""

import numpy as np
import pyworld
from scipy.signal import resample_poly

from training.speech.spoken import Spoken


def world(spoken: Spoken, pitch: float, formant: float, pitch_range: float) -> Spoken:
    """Pitch and formant ratios; pitch_range scales the melody about its mean. Times stay."""
    sound, rate_hz = spoken.samples.astype(np.float64), spoken.rate_hz
    f0, times = pyworld.dio(sound, rate_hz, f0_floor=60, f0_ceil=500, frame_period=5.0)
    envelope = pyworld.cheaptrick(sound, f0, times, rate_hz, f0_floor=71.0)
    aperiodicity = pyworld.d4c(sound, f0, times, rate_hz)
    bins = envelope.shape[1]
    source = np.clip(np.arange(bins) / formant, 0, bins - 1)
    low = source.astype(int)
    high, weight = np.minimum(low + 1, bins - 1), source - low
    envelope = np.exp((1 - weight) * np.log(envelope[:, low]) + weight * np.log(envelope[:, high]))
    aperiodicity = (1 - weight) * aperiodicity[:, low] + weight * aperiodicity[:, high]
    voiced = f0 > 0
    if voiced.any():
        mean = np.exp(np.log(f0[voiced]).mean())
        f0[voiced] = mean * (f0[voiced] / mean) ** pitch_range * pitch
    samples = pyworld.synthesize(
        f0, np.ascontiguousarray(envelope), np.ascontiguousarray(aperiodicity), rate_hz, 5.0
    ).astype(np.float32)
    count = len(spoken.samples)
    samples = np.pad(samples, (0, max(0, count - len(samples))))[:count]
    return Spoken(samples, rate_hz, spoken.segments)


def tape(spoken: Spoken, ratio: float) -> Spoken:
    """Played faster by `ratio`, as a tape: pitch, formants and tempo together."""
    down = round(100 * ratio)
    samples = resample_poly(spoken.samples, 100, down).astype(np.float32)
    segments = [(s, a * 100 / down, b * 100 / down) for s, a, b in spoken.segments]
    return Spoken(samples, spoken.rate_hz, segments)
