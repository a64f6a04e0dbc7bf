import numpy as np
import pytest

from bench.motion.robust import narrow, voice_level, with_babble

TIME_S = np.arange(24_000) / 24_000


def test_babble_is_ten_decibels_below_the_voice():
    draw = np.random.default_rng(1)
    sounds = [(0.1 * k * draw.standard_normal(24_000 + 800 * k)) for k in range(1, 9)]
    mixed = with_babble(sounds, 4)
    babble = mixed - sounds[4]
    ratio_db = 20 * np.log10(voice_level(sounds[4]) / np.sqrt(np.mean(babble**2)))
    assert ratio_db == pytest.approx(10.0, abs=0.01)
    assert len(mixed) == len(sounds[4])


def test_a_sound_alone_gets_no_babble():
    sound = np.sin(TIME_S)
    assert with_babble([sound], 0) == pytest.approx(sound)


def test_nothing_above_four_kilohertz_passes_a_narrow_band():
    low, high = np.sin(2 * np.pi * 1000 * TIME_S), np.sin(2 * np.pi * 5000 * TIME_S)
    assert narrow(low + high) == pytest.approx(low, abs=1e-6)


def test_pauses_do_not_lower_the_level_of_a_voice():
    voice = np.concatenate([np.full(12_000, 0.5), np.zeros(12_000)])
    assert voice_level(voice) == pytest.approx(0.5)
