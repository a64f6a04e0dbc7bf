"""Speaking, listening and idle."""

from pipeline.phrasing import (
    LISTENING_S,
    SPEECH_OFF_FRAMES,
    SPEECH_ON_FRAMES,
    Phrase,
    follow_phrase,
)
from pipeline.rates import FPS
from pipeline.stream_types import State
from tests.pipeline.voices import conversation, silence, voice


def follow(frames):
    phrase, phrases = Phrase(), []
    for speech in frames:
        phrase = follow_phrase(speech, phrase)
        phrases.append(phrase)
    return phrases


def changes(frames):
    """(frame, speaking) wherever it changes."""
    speaking = [False, *(phrase.speaking for phrase in follow(frames))]
    return [(i, now) for i, now in enumerate(speaking[1:]) if now != speaking[i]]


def test_every_turn_begins_and_ends_once():
    found = changes(conversation(840))
    assert [began for _, began in found] == [True, False] * 4


def test_speech_is_noticed_in_its_second_frame_and_a_pause_in_its_fifth():
    frames = [silence(i) for i in range(20)] + [voice(i) for i in range(20, 60)]
    frames += [silence(i) for i in range(60, 120)]
    on, off = changes(frames)
    assert on == (20 + SPEECH_ON_FRAMES - 1, True)
    assert off == (60 + SPEECH_OFF_FRAMES - 1, False)


def test_a_plosive_is_no_pause_and_a_click_is_no_phrase():
    frames = [voice(i) for i in range(60)]
    frames[20:23] = [silence(i) for i in range(20, 23)]
    assert len(changes(frames)) == 1
    assert not changes([voice(i) if i == 30 else silence(i) for i in range(60)])


def test_no_speech_frame_is_silence():
    assert not changes([None] * 60)


def test_a_voice_below_hearing_is_silence():
    assert not changes([voice(i, -90.0) for i in range(60)])


def test_state_goes_from_idle_to_speaking_to_listening_to_idle():
    spoken, waiting = 60, int(LISTENING_S * FPS) + 60
    frames = [silence(i) for i in range(30)] + [voice(i) for i in range(spoken)]
    frames += [silence(i) for i in range(waiting)]
    states = [phrase.state for phrase in follow(frames)]
    assert states[20] is State.IDLE
    assert states[60] is State.SPEAKING
    assert states[130] is State.LISTENING
    assert states[-1] is State.IDLE
