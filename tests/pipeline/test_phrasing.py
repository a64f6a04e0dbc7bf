"""Phrases, pauses and stresses."""

import itertools
from dataclasses import replace

from pipeline.phrasing import LISTENING_S, Phrase, follow_phrase
from pipeline.rates import FPS
from pipeline.stream_types import State
from tests.pipeline.voices import conversation, silence, voice


def follow(frames):
    phrase, phrases = Phrase(), []
    for speech in frames:
        phrase = follow_phrase(speech, phrase)
        phrases.append(phrase)
    return phrases


def test_a_phrase_begins_and_ends_once_for_every_turn():
    phrases = follow(conversation(840))
    assert sum(phrase.began for phrase in phrases) == 4
    assert sum(phrase.ended for phrase in phrases) == 4


def test_a_pause_is_noticed_within_200_ms_and_a_plosive_is_no_pause():
    frames = [voice(i) for i in range(60)]
    frames[20:23] = [silence(i) for i in range(20, 23)]
    frames += [silence(i) for i in range(60, 120)]
    phrases = follow(frames)
    ends = [index for index, phrase in enumerate(phrases) if phrase.ended]
    assert len(ends) == 1
    assert 60 <= ends[0] <= 66


def test_a_click_is_no_phrase():
    phrases = follow([voice(i) if i == 30 else silence(i) for i in range(60)])
    assert not any(phrase.speaking for phrase in phrases)


def test_stresses_are_noticed_on_stressed_syllables_only():
    frames = [voice(i) for i in range(600)]
    phrases = follow(frames)
    stressed = [index for index, phrase in enumerate(phrases) if phrase.stressed]
    assert 15 <= len(stressed) <= 100
    flat = [replace(frame, stress=0.0, energy_db=-24.0) for frame in frames]
    assert not any(phrase.stressed for phrase in follow(flat))


def test_two_stresses_are_at_least_a_fifth_of_a_second_apart():
    stressed = [i for i, phrase in enumerate(follow(conversation(3_000))) if phrase.stressed]
    gaps = [later - earlier for earlier, later in itertools.pairwise(stressed)]
    assert min(gaps) >= 7


def test_no_speech_frame_is_silence():
    assert not any(phrase.speaking for phrase in follow([None] * 60))


def test_loud_speech_has_more_vigour_than_soft_speech():
    loud, soft = (follow([voice(i, level) for i in range(150)])[-1] for level in (-16.0, -40.0))
    assert loud.vigour > soft.vigour + 0.3


def test_state_goes_from_idle_to_speaking_to_listening_to_idle():
    spoken, waiting = 60, int(LISTENING_S * FPS) + 60
    frames = [silence(i) for i in range(30)] + [voice(i) for i in range(spoken)]
    frames += [silence(i) for i in range(waiting)]
    states = [phrase.state for phrase in follow(frames)]
    assert states[20] is State.IDLE
    assert states[60] is State.SPEAKING
    assert states[130] is State.LISTENING
    assert states[-1] is State.IDLE
