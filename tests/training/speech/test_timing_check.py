import numpy as np
import pytest

from training.speech.timing_check import clip_errors, summary

RATE_HZ = 24_000
PHONES = [
    ["sil", 0.0, 0.3, 0],
    ["a", 0.3, 0.6, 1],
    ["s", 0.6, 0.8, 0],
    ["a", 0.8, 1.1, 0],
    ["p", 1.1, 1.2, 0],
    ["a", 1.2, 1.5, 0],
    ["sil", 1.5, 1.8, 0],
    ["a", 1.8, 2.1, 0],
    ["sil", 2.1, 2.3, 0],
]


def sound_of(phones: list) -> np.ndarray:
    """A 200 Hz tone for a, noise above 4 kHz for s, nothing for p and pauses."""
    draw = np.random.default_rng(0)
    parts = []
    for symbol, start_s, end_s, _ in phones:
        time = np.arange(round((end_s - start_s) * RATE_HZ)) / RATE_HZ
        noise = np.diff(draw.standard_normal(len(time) + 2), 2) * 0.1
        tone = np.sin(2 * np.pi * 200 * time)
        parts.append({"a": tone, "s": noise}.get(symbol, 0 * time))
    return np.concatenate(parts).astype(np.float32)


def test_exact_labels_are_found_exact():
    errors = clip_errors(sound_of(PHONES), PHONES, "ipa")
    assert all(len(found) >= 1 for found in errors.values())
    assert max(abs(e) for found in errors.values() for e in found) < 0.012


@pytest.mark.parametrize("late_s", [-0.03, 0.03])
def test_late_labels_are_measured_as_late(late_s):
    moved = [[s, a + late_s * (a > 0), b + late_s * (b < 2.3), m] for s, a, b, m in PHONES]
    errors = clip_errors(sound_of(PHONES), moved, "ipa")
    for kind in ("hiss begins", "hiss ends", "speech begins", "speech pauses"):
        assert np.median(errors[kind]) == pytest.approx(-late_s, abs=0.012)


def test_the_summary_is_in_milliseconds():
    assert summary([0.01, -0.03, 0.02]) == pytest.approx((3, 10.0, 20.0, 28.0))
