import numpy as np
import pytest

from training.speech.hibari_voice import held, recast
from training.speech.speaker import Speaker


def parameters(frames: int = 80) -> list[np.ndarray]:
    """Like the network's: a formant at bin 50 (1 kHz), voiced at 200 Hz in the second half."""
    bins = np.arange(601)[:, None]
    level = np.repeat(-((bins - 50.0) ** 2) / 400, frames, 1).astype(np.float32)
    zero = np.zeros_like(level)
    f0 = np.where(np.arange(frames) < frames // 2, 0.0, 200.0).astype(np.float32)
    return [level, zero, level - 5, level - 3, zero, f0]


def test_pitch_and_formants_of_another_speaker_are_scaled():
    speaker = Speaker("hibari", "heart", "en", pitch=0.6, formant=1.2)
    harmonic, _, _, _, _, f0 = recast(parameters(), speaker, np.random.default_rng(0))
    assert f0[-1] == pytest.approx(120.0)
    assert f0[0] == 0.0
    assert int(harmonic[:, 0].argmax()) == 60


def test_melody_widens_the_pitch_about_its_mean():
    given = parameters()
    given[5][40:60], given[5][60:] = 180.0, 220.0
    speaker = Speaker("hibari", "heart", "en", pitch=1.001, melody=2.0)
    f0 = recast(given, speaker, np.random.default_rng(0))[5]
    assert f0[-1] / f0[50] == pytest.approx((220 / 180) ** 2, rel=0.01)


def test_a_held_vowel_moves_what_follows_it():
    segments = [("^", 0.0, 0.25), ("h", 0.25, 0.4), ("O", 0.4, 0.6), ("$", 0.6, 1.0)]
    longer, moved = held(parameters(), segments, 3.0, 0.0125)
    assert longer[5].shape == (80 + 32,)
    assert longer[0].shape == (601, 112)
    assert moved[2] == ("O", 0.4, pytest.approx(1.0))
    assert moved[3] == ("$", pytest.approx(1.0), pytest.approx(1.4))
