import pytest

pytest.importorskip("soundfile")

from training.speech.phones import viseme_parts
from training.speech.plan import FIRST_KOKORO, plan


def test_every_shard_has_a_number_of_its_own_away_from_the_others():
    numbers = [job.number for job in plan()]
    assert len(set(numbers)) == len(numbers)
    assert all(100 <= number < FIRST_KOKORO for number in numbers)


def test_the_plan_without_kokoro_is_28_hours_of_many_voices_and_languages():
    jobs = plan()
    speech = [job for job in jobs if job.engine != "noise"]
    assert sum(job.seconds for job in speech) >= 28 * 3600
    assert len({voice for job in speech for voice, _ in job.voices}) > 100
    assert len({language for job in speech for _, language in job.voices}) >= 12


def test_a_plan_stopped_after_a_third_has_of_every_engine():
    jobs = plan()
    assert {j.engine for j in jobs[: len(jobs) // 3]} == {j.engine for j in jobs}


def test_czech_phones_are_known():
    assert viseme_parts("s~", "czech") == (("CH", 1.0),)
    assert viseme_parts("a:", "czech") == (("aa", 1.0),)
    assert viseme_parts("#", "czech") == (("sil", 1.0),)
