import numpy as np
import pytest

from pipeline.phrasing import Phrase as HeardPhrase
from pipeline.phrasing import follow_phrase
from pipeline.stream_types import SpeechFrame, State
from training.performance.structure import (
    accents_of,
    hesitations_of,
    phrases_of,
    states,
    voiced_frames,
    with_pauses,
)
from training.speech.phones import Phone


def heard(voice: float) -> SpeechFrame:
    activity = np.array([voice, 1 - voice, 0.0], np.float32)
    return SpeechFrame(0, np.zeros(256, np.float32), np.zeros(15), activity, 0.0, 0.0, -20.0, 0.0)


@pytest.mark.parametrize("seed", range(4))
def test_states_follow_the_causal_rule_of_the_runtime(seed):
    draw = np.random.default_rng(seed)
    runs = draw.integers(1, 9, 200)
    voiced = np.repeat(np.arange(200) % 2 == seed % 2, runs)
    voiced = np.r_[voiced, np.zeros(700, bool), np.ones(30, bool)]
    phrase, expected = HeardPhrase(), []
    for value in voiced:
        phrase = follow_phrase(heard(float(value)), phrase)
        expected.append(phrase.state)
    assert np.mean(states(voiced) != np.array(expected)) < 2e-3
    assert set(expected) == set(State)


def test_gaps_between_phones_become_pauses():
    phones = with_pauses([Phone("AA", 0.2, 0.4), Phone("T", 0.4, 0.5)], 1.0)
    assert [p.symbol for p in phones] == ["sil", "AA", "T", "sil"]
    assert (phones[0].start_s, phones[-1].end_s) == (0.0, 1.0)


def test_short_pauses_stay_inside_the_voice():
    visemes = (("aa", 0.0, 0.5, 0.0), ("sil", 0.5, 0.54, 1.0), ("ih", 0.54, 1.0, 2.0))
    assert voiced_frames(visemes, 30).all()


def test_phrases_end_at_pauses_and_questions_rise():
    visemes = (("aa", 0.0, 1.0, 0.0), ("sil", 1.0, 1.6, 1.0), ("ih", 1.6, 2.6, 2.0))
    f0_hz = np.full(90, 120.0)
    f0_hz[66:78] = np.linspace(120, 180, 12)
    first, second = phrases_of(visemes, f0_hz)
    assert (first.start_s, first.end_s, first.question, first.final) == (0.0, 1.0, False, True)
    assert (second.question, second.final) == (True, True)


def test_accents_start_with_their_vowels_and_keep_apart():
    phones = tuple(Phone("AA", 0.2 * k, 0.2 * k + 0.2) for k in range(4))
    accents = accents_of(phones, np.array([0.9, 0.95, 0.0, 1.0]))
    assert [a.time_s for a in accents] == pytest.approx([0.0, 0.6])
    assert accents[1].strength == pytest.approx(1.0)


def test_drawn_out_vowels_and_short_pauses_are_hesitations():
    visemes = (
        ("aa", 0.0, 0.1, 0.0), ("sil", 0.1, 0.28, 1.0), ("E", 0.28, 0.4, 2.0),
        ("nn", 0.4, 0.5, 3.0), ("E", 0.5, 1.1, 4.0), ("ih", 1.1, 1.2, 5.0),
    )  # fmt: skip
    phrases = phrases_of(visemes, np.zeros(40))
    assert hesitations_of(visemes, phrases) == ((0.1, 0.28), (0.5, 1.1))
