"""Which syllables stand out."""

import numpy as np

from pipeline.rates import FPS
from training.lip_targets import VOWELS
from training.speech.phones import Phone, viseme_parts


def track_prominence(
    phones: list[Phone], alphabet: str, energy: np.ndarray, f0: np.ndarray, lexical: bool
) -> np.ndarray:
    """(phones,) in [0, 1], 0 but for vowels: loud, high, long and stressed ones stand out.

    energy, f0: per video frame, see training.voice_track; lexical: do phones carry stress marks?
    """
    vowels = [k for k, p in enumerate(phones) if viseme_parts(p.symbol, alphabet)[0][0] in VOWELS]
    result = np.zeros(len(phones))
    if len(vowels) < 3:
        return result
    cues = np.zeros((len(vowels), 3))
    for row, index in enumerate(vowels):
        phone = phones[index]
        low = min(int(phone.start_s * FPS), len(energy) - 1)
        high = max(low + 1, int(np.ceil(phone.end_s * FPS)))
        pitches = f0[low:high][f0[low:high] > 0]
        cues[row] = (
            energy[low:high].max(),
            np.log(pitches.max()) if len(pitches) else np.nan,
            np.log(phone.end_s - phone.start_s + 0.02),
        )
    unknown = np.isnan(cues[:, 1])
    cues[unknown, 1] = np.nanmedian(cues[:, 1]) if not unknown.all() else 0.0
    z = (cues - cues.mean(0)) / (cues.std(0) + np.array([1.5, 0.05, 0.2]))
    score = 0.7 * z[:, 0] + 0.8 * z[:, 1] + 0.5 * z[:, 2] - 0.5
    if lexical:
        score += np.where([phones[k].stressed for k in vowels], 0.7, -0.6)
    result[vowels] = 1 / (1 + np.exp(-1.6 * score))
    return result
