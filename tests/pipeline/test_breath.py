"""Breathing."""

import itertools

import numpy as np
import pytest

from pipeline.breath import INHALE_SHARE, Breath
from pipeline.phrasing import Phrase, follow_phrase
from pipeline.rates import FPS
from tests.pipeline.voices import conversation


def breathe(frames, rate_hz=0.25, seed=3):
    breath, phrase = Breath(rate_hz, seed), Phrase()
    state, states, phrases = breath.init_state(), [], []
    for speech in frames:
        phrase = follow_phrase(speech, phrase)
        state = breath.step(phrase, state)
        states.append(state)
        phrases.append(phrase)
    return states, phrases


@pytest.mark.parametrize("rate_hz", [0.2, 0.25, 0.3])
def test_at_rest_it_breathes_at_the_rate_of_the_style(rate_hz):
    states, _ = breathe([None] * (FPS * 300), rate_hz)
    inhalations = sum(b.inhaling and not a.inhaling for a, b in itertools.pairwise(states))
    assert inhalations / 300 == pytest.approx(rate_hz, rel=0.07)


def test_the_volume_stays_in_range_and_never_jumps():
    states, _ = breathe(conversation(FPS * 300))
    volume = np.array([state.volume for state in states])
    assert volume.min() >= 0.0
    assert volume.max() <= 1.0
    assert volume.max() > 0.8
    assert np.abs(np.diff(volume)).max() < 0.1


def test_the_phase_tells_inhalation_from_exhalation():
    states, _ = breathe([None] * 1_000)
    assert all((state.phase < INHALE_SHARE) == state.inhaling for state in states)
    assert all(0.0 <= state.phase < 1.0 for state in states)


def test_most_inhalations_of_a_speaker_fall_into_pauses():
    states, phrases = breathe(conversation(FPS * 300))
    inhaling = np.array([state.inhaling for state in states])
    starts = np.concatenate(([False], inhaling[1:] & ~inhaling[:-1]))
    speaking = np.array([phrase.speaking for phrase in phrases])
    assert starts[~speaking].sum() > 3 * starts[speaking].sum()
