import pytest

from app.chain import Level
from app.level_advice import Advice, LevelAdvice

ROOM = Level(-58.0, -64.0)
NOTHING = Level(-100.0, -100.0)


def hear(advice, levels, seconds, step_s=0.033):
    """Go round these levels for so long; what is advised at the end."""
    count = round(seconds / step_s)
    return [advice.step(levels[i % len(levels)], step_s) for i in range(count)][-1]


def speech(peak_db):
    """Ten times 33 ms of a syllable, then as long a pause."""
    return [Level(peak_db, peak_db - 14)] * 10 + [ROOM] * 10


def test_a_good_voice_needs_no_advice():
    assert hear(LevelAdvice(), speech(-12.0), 20) is Advice.NONE


def test_a_quiet_voice_is_told_after_some_seconds_and_no_sooner():
    advice = LevelAdvice()
    assert hear(advice, speech(-34.0), 2) is Advice.NONE
    assert hear(advice, speech(-34.0), 10) is Advice.QUIET
    assert hear(advice, speech(-12.0), 1) is Advice.NONE, "and it ends with the first loud word"


def test_who_listens_to_others_is_not_told_to_be_louder():
    assert hear(LevelAdvice(), [ROOM], 60) is Advice.NONE


def test_digital_silence_is_a_muted_microphone():
    advice = LevelAdvice()
    assert hear(advice, [NOTHING], 5) is Advice.NONE
    assert hear(advice, [NOTHING], 2) is Advice.SILENT
    assert hear(advice, [ROOM], 0.1) is Advice.NONE


def test_an_overload_is_told_at_once_for_two_seconds():
    advice = LevelAdvice()
    assert advice.step(Level(-0.2, -6.0), 0.033) is Advice.CLIPPING
    assert hear(advice, speech(-12.0), 1.8) is Advice.CLIPPING
    assert hear(advice, speech(-12.0), 0.5) is Advice.NONE


@pytest.mark.parametrize("loud_db", [-20.0, -6.0])
def test_a_new_run_forgets_what_was_before(loud_db):
    advice = LevelAdvice()
    hear(advice, [NOTHING], 8)
    advice.reset()
    assert advice.step(NOTHING, 0.033) is Advice.NONE
