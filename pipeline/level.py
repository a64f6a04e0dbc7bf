"""How loud sound is."""

import math

import numpy as np

SILENCE_DB = -100.0


def level_db(samples: np.ndarray) -> tuple[float, float]:
    """Peak and mean level of (n,) samples, decibels of full scale (-100 in silence)."""
    peak = float(np.abs(samples).max())
    rms = math.sqrt(float(samples @ samples) / len(samples))
    return _decibels(peak), _decibels(rms)


def _decibels(amplitude: float) -> float:
    return max(20 * math.log10(amplitude), SILENCE_DB) if amplitude > 0 else SILENCE_DB
