import numpy as np
import pytest

from training.speech.disguise import move_formants, tape
from training.speech.phones import Phone

RATE_HZ = 24_000


def vowel(formant_hz: float = 1000.0) -> np.ndarray:
    """Half a second of silence, then 0.5 s of a 120 Hz voice with one resonance 150 Hz wide."""
    time = np.arange(RATE_HZ // 2) / RATE_HZ
    harmonics = np.arange(1, 60)[:, None] * 120.0
    level = 1 / np.hypot(formant_hz**2 - harmonics**2, 150 * harmonics)
    voice = (level * np.sin(2 * np.pi * harmonics * time)).sum(0)
    return np.concatenate([np.zeros(RATE_HZ // 2), voice / np.abs(voice).max()]).astype(np.float32)


def resonance_hz(sound: np.ndarray) -> float:
    """Mean frequency of the harmonics from 480 to 1800 Hz, weighted by their power."""
    spectrum = np.abs(np.fft.rfft(sound)) ** 2
    hz = np.fft.rfftfreq(len(sound), 1 / RATE_HZ)
    band = (hz > 480) & (hz < 1800)
    return float((spectrum * hz)[band].sum() / spectrum[band].sum())


def test_a_tape_scales_times_with_the_sound():
    phones = [Phone("sil", 0.0, 0.5), Phone("a", 0.5, 1.0)]
    samples, moved = tape(vowel(), phones, 1.25)
    assert len(samples) / RATE_HZ == pytest.approx(0.8, abs=0.001)
    assert moved[1] == Phone("a", 0.4, 0.8)
    assert np.flatnonzero(np.abs(samples) > 0.1)[0] / RATE_HZ == pytest.approx(0.4, abs=0.005)


@pytest.mark.parametrize("ratio", [0.85, 1.15])
def test_formants_move_and_neither_pitch_nor_time_does(ratio):
    sound = vowel()
    moved = move_formants(sound, RATE_HZ, ratio)
    assert len(moved) == len(sound)
    share = (resonance_hz(moved) / resonance_hz(sound) - 1) / (ratio - 1)
    assert 0.4 < share < 1.2  # a resonance sharper than the smoothed envelope moves in part
    spectrum = np.abs(np.fft.rfft(moved[RATE_HZ // 2 :]))
    strongest_hz = np.argsort(spectrum)[-3:] * 2.0
    assert np.allclose(strongest_hz % 120, 0)
    loud = np.flatnonzero(np.abs(moved) > 0.1 * np.abs(moved).max())
    assert loud[0] / RATE_HZ == pytest.approx(0.5, abs=0.01)
