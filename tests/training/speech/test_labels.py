# ruff: noqa: RUF001  (letters of other scripts are the data)
import numpy as np
import pytest

from training.speech import labels
from training.speech.phones import Phone, viseme_parts

RATE_HZ = 16_000


def sound(*parts: tuple[float, float]) -> np.ndarray:
    """Noise of (amplitude, seconds) pieces."""
    draw = np.random.default_rng(0)
    pieces = [a * draw.standard_normal(int(s * RATE_HZ)) for a, s in parts]
    return np.concatenate(pieces).astype(np.float32)


def test_a_space_inside_running_speech_is_no_pause():
    segments = [("a", 0.0, 0.2), (" ", 0.2, 0.24), ("o", 0.24, 0.5), ("$", 0.5, 0.6)]
    phones = labels.fix("other", "ipa", segments, sound((0.2, 0.5), (0.0, 0.1)), RATE_HZ)
    assert [p.symbol for p in phones] == ["a", "o", "sil"]
    assert phones[0].end_s == phones[1].start_s == pytest.approx(0.22)


def test_a_quiet_space_is_a_pause_where_it_is_quiet():
    segments = [("a", 0.0, 0.3), (" ", 0.3, 0.5), ("o", 0.5, 0.8), ("$", 0.8, 0.9)]
    quiet_between = sound((0.2, 0.28), (0.0, 0.2), (0.2, 0.32), (0.0, 0.1))
    phones = labels.fix("other", "ipa", segments, quiet_between, RATE_HZ)
    pause = phones[1]
    assert pause.symbol == "sil"
    assert pause.start_s == pytest.approx(0.28, abs=0.02)
    assert pause.end_s == pytest.approx(0.48, abs=0.02)


def test_stress_marks_give_their_time_to_the_syllable_and_mark_its_vowel():
    segments = [("ˈ", 0.0, 0.05), ("b", 0.05, 0.1), ("ɑ", 0.1, 0.3), ("$", 0.3, 0.4)]
    phones = labels.fix("other", "ipa", segments, sound((0.2, 0.3), (0.0, 0.1)), RATE_HZ)
    assert phones[0].symbol == "b"
    assert phones[0].start_s == 0.0
    assert phones[1].stressed


def test_engines_that_are_late_are_moved_earlier():
    segments = [("^", 0.0, 0.1), ("a", 0.1, 0.4), ("o", 0.4, 0.7), ("$", 0.7, 0.8)]
    noise = sound((0.0, 0.05), (0.2, 0.6), (0.0, 0.15))
    phones = labels.fix("hibari", "ipa", segments, noise, RATE_HZ)
    assert next(p for p in phones if p.symbol == "o").start_s == pytest.approx(0.35)


def test_a_dying_sound_ends_where_it_is_no_longer_heard():
    phones = [Phone("f", 0.0, 0.5), Phone("sil", 0.5, 0.8)]
    dying = sound((0.2, 0.3), (0.002, 0.2), (0.0, 0.3))
    tight = labels.tightened(phones, dying, RATE_HZ)
    assert tight[0].end_s == tight[1].start_s == pytest.approx(0.31, abs=0.02)


@pytest.mark.parametrize(
    ("symbol", "alphabet", "viseme"),
    [
        ("p", "ipa", "PP"),
        ("AA1", "arpabet", "aa"),
        ("uː", "ipa", "ou"),
        ("pau", "arpabet", "sil"),
        ("a1", "sampa", "aa"),
        ("m:", "sampa", "PP"),
        ("pp", "sampa", "PP"),
        ("tS", "sampa", "CH"),
    ],
)
def test_phones_of_both_alphabets_become_visemes(symbol, alphabet, viseme):
    assert viseme_parts(symbol, alphabet)[0][0] == viseme


def test_an_unknown_phone_is_never_taken_for_silence():
    with pytest.raises(LookupError, match="no viseme"):
        viseme_parts("o", "arpabet")
