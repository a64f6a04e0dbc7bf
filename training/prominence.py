"""Which syllables stand out, and the nods and brow raises that go with them."""

import numpy as np

from pipeline.pitch import PITCH_WINDOW_SAMPLES, Pitch
from pipeline.rates import FPS, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from training.lip_targets import GRID_HZ, VOWELS
from training.speech.phones import Phone, viseme_parts

_ACCENT, _ACCENT_SPACING_S = 0.62, 0.3
_NOD_RAD, _NOD_RISE_S, _NOD_FALL_S = 0.075, 0.16, 0.34


def voice_track(samples: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Energy in dB and pitch in Hz (0 unvoiced) per video frame of a 24 kHz sound."""
    pitch = Pitch()
    frames = len(samples) // SAMPLES_PER_FRAME
    padded = np.concatenate([np.zeros(PITCH_WINDOW_SAMPLES, np.float32), samples])
    energy, f0 = np.zeros(frames), np.zeros(frames)
    for frame in range(frames):
        end = (frame + 1) * SAMPLES_PER_FRAME + PITCH_WINDOW_SAMPLES
        newest = padded[end - PITCH_WINDOW_SAMPLES : end]
        energy[frame] = 10 * np.log10(np.mean(newest[-SAMPLES_PER_FRAME:] ** 2) + 1e-10)
        f0[frame] = pitch(newest)[1]
    return energy, f0


def phone_prominence(
    phones: list[Phone], alphabet: str, samples: np.ndarray, lexical: bool
) -> np.ndarray:
    """(phones,) in [0, 1], 0 but for vowels: loud, high, long and stressed ones stand out.

    lexical: do the phones carry stress marks?
    """
    return track_prominence(phones, alphabet, *voice_track(samples), lexical)


def track_prominence(
    phones: list[Phone], alphabet: str, energy: np.ndarray, f0: np.ndarray, lexical: bool
) -> np.ndarray:
    """As phone_prominence, from voice_track's energy and pitch per frame."""
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


def amplitude(prominence: np.ndarray) -> np.ndarray:
    """Factor on the mouth of each phone: stressed syllables open more."""
    spread = np.maximum.reduce([
        prominence, 0.7 * np.roll(prominence, 1), 0.7 * np.roll(prominence, -1)
    ])  # fmt: skip
    return 0.75 + 0.45 * spread


def beats_grid(
    phones: list[Phone], prominence: np.ndarray, length_s: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Nod in radians of pitch, brow raise in [0, 1] and prominence, each (T,) at 120 Hz."""
    times = (np.arange(int(length_s * GRID_HZ)) + 0.5) / GRID_HZ
    nod, brow, stress = (np.zeros(len(times)) for _ in range(3))
    last_s = -1.0
    for phone, value in zip(phones, prominence, strict=True):
        inside = (times >= phone.start_s) & (times < phone.end_s)
        stress[inside] = value
        if value < _ACCENT or phone.start_s - last_s < _ACCENT_SPACING_S:
            continue
        last_s = phone.start_s
        strength = (value - _ACCENT) / (1 - _ACCENT)
        beat = _beat(times - phone.start_s)
        nod = np.maximum(nod, _NOD_RAD * (0.4 + 0.6 * strength) * beat)
        brow = np.maximum(brow, (0.25 + 0.75 * strength) * beat)
    return nod, brow, stress


def _beat(since_s: np.ndarray) -> np.ndarray:
    """Rises within 160 ms of the vowel's onset and falls in 340 ms."""
    rise = np.clip(since_s / _NOD_RISE_S, 0, 1)
    fall = np.clip(1 - (since_s - _NOD_RISE_S) / _NOD_FALL_S, 0, 1)
    x = np.minimum(rise, fall)
    return x * x * (3 - 2 * x)


def frames_of(samples: np.ndarray) -> int:
    """Whole video frames in a sound."""
    return len(samples) * FPS // SAMPLE_RATE_HZ
