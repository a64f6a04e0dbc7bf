import hashlib

import pytest

pytest.importorskip("soundfile")

from training.speech.nonspeech import SOUNDS
from training.speech.phones import viseme_parts
from training.speech.plan import FIRST_KOKORO, FIRST_VARIED, plan


def test_every_shard_has_a_number_of_its_own_away_from_the_others():
    numbers = [job.number for job in plan()]
    assert len(set(numbers)) == len(numbers)
    assert all(100 <= j.number < FIRST_KOKORO or FIRST_VARIED <= j.number < 1000 for j in plan())
    assert all(job.varied == (job.number >= FIRST_VARIED) for job in plan())


def test_shards_made_before_stay_what_they_were():
    shards = [
        f"{j.number} {j.engine} {j.voices} {j.variety} {j.speakers} {j.seconds:g}"
        for j in sorted(plan(), key=lambda job: job.number)
        if not j.varied
    ]
    assert len(shards) == 344
    digest = hashlib.sha256("\n".join(shards).encode()).hexdigest()
    assert digest.startswith("b42b5738eb9e3234")


def test_all_sounds_but_speech_are_in_the_plan():
    assert {name for j in plan() if j.engine == "noise" for name, _ in j.voices} == set(SOUNDS)


def test_the_plan_without_kokoro_is_enough_for_31_hours_of_many_voices_and_languages():
    jobs = plan()
    speech = [job for job in jobs if job.engine != "noise"]
    measured = {"hibari": 0.84, "flite": 0.80, "festival": 0.88, "piper": 0.74, "espeak": 0.75}
    assert sum(measured[job.engine] * job.seconds for job in speech) >= 31 * 3600
    assert len({voice for job in speech for voice, _ in job.voices}) > 100
    assert len({language for job in speech for _, language in job.voices}) >= 12


def test_most_of_the_varied_shards_have_the_most_natural_fast_voices():
    engines = [job.engine for job in plan() if job.varied]
    assert engines.count("hibari") > len(engines) / 2
    assert engines.count("flite") > engines.count("espeak") + engines.count("festival")


def test_a_plan_stopped_after_a_third_has_of_every_engine():
    jobs = plan()
    assert {j.engine for j in jobs[: len(jobs) // 3]} == {j.engine for j in jobs}


def test_czech_phones_are_known():
    assert viseme_parts("s~", "czech") == (("CH", 1.0),)
    assert viseme_parts("a:", "czech") == (("aa", 1.0),)
    assert viseme_parts("#", "czech") == (("sil", 1.0),)
