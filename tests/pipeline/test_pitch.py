import numpy as np
import pytest

from pipeline.pitch import PITCH_WINDOW_SAMPLES, Pitch
from pipeline.rates import SAMPLE_RATE_HZ

TIME_S = np.arange(PITCH_WINDOW_SAMPLES) / SAMPLE_RATE_HZ


def buzz(f0_hz: float) -> np.ndarray:
    """Twelve falling harmonics, as a voice has."""
    parts = [np.sin(2 * np.pi * k * f0_hz * TIME_S) / k for k in range(1, 13)]
    return (0.1 * np.sum(parts, axis=0)).astype(np.float32)


@pytest.mark.parametrize("f0_hz", [80.0, 120.0, 190.0, 260.0, 400.0])
def test_pitch_of_a_buzz_is_its_fundamental(f0_hz):
    voicing, found_hz = Pitch()(buzz(f0_hz))
    assert voicing > 0.8
    assert found_hz == pytest.approx(f0_hz, rel=0.02)


def test_noise_is_unvoiced():
    noise = np.random.default_rng(0).standard_normal(PITCH_WINDOW_SAMPLES).astype(np.float32)
    _, found_hz = Pitch()(0.1 * noise)
    assert found_hz == 0.0


def test_silence_is_unvoiced():
    assert Pitch()(np.zeros(PITCH_WINDOW_SAMPLES, np.float32)) == (0.0, 0.0)
