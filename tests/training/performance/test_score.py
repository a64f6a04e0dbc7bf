from itertools import pairwise

import numpy as np
import pytest

from pipeline.rates import FPS, SAMPLE_RATE_HZ, SAMPLES_PER_FRAME
from pipeline.stream_types import State
from tests.training.performance.utterances import spoken_shard
from training.performance.score import Habits, Score


@pytest.fixture(scope="module")
def shard():
    return spoken_shard(20.0, seed=4)


@pytest.fixture(scope="module")
def score(shard):
    samples, clips = shard
    return Score.of_clips(samples, clips, len(samples) // SAMPLES_PER_FRAME)


def test_phones_cover_the_whole_stretch_in_order(score):
    starts = [p.start_s for p in score.phones]
    assert starts == sorted(starts)
    assert starts[0] == 0.0
    assert score.phones[-1].end_s == pytest.approx(score.length_s)
    for before, after in pairwise(score.phones):
        assert after.start_s - before.end_s < 0.002


def test_each_utterance_is_voiced_and_each_pause_is_not(shard, score):
    for clip in shard[1]:
        start_s = clip["start_sample"] / SAMPLE_RATE_HZ
        first, last = clip["phones"][1], clip["phones"][-2]
        low, high = start_s + first[1], start_s + last[2]
        assert score.voiced[int(low * FPS) + 1 : int(high * FPS) - 1].all()
        assert not score.voiced[int((high + 0.1) * FPS) : int((high + 0.3) * FPS)].any()


def test_the_state_turns_to_speaking_two_frames_after_the_voice(score):
    voice = int(np.argmax(score.voiced))
    assert score.state[voice] == State.IDLE
    assert score.state[voice + 1] == State.SPEAKING


def test_accents_are_stressed_vowels(score):
    assert len(score.accents) > 5
    by_start = {p.start_s: p for p in score.phones}
    stressed = [by_start[a.time_s].stressed for a in score.accents]
    assert np.mean(stressed) > 0.8


def test_every_utterance_is_a_phrase(shard, score):
    starts = [c["start_sample"] / SAMPLE_RATE_HZ + c["phones"][1][1] for c in shard[1]]
    assert [p.start_s for p in score.phrases] == pytest.approx(starts, abs=1e-3)


def test_noise_without_phones_is_nobody_speaking(shard):
    samples = 0.1 * np.random.default_rng(0).standard_normal(48_000).astype(np.float32)
    clip = {"start_sample": 0, "samples": 48_000, "alphabet": "ipa", "phones": []}
    score = Score.of_clips(samples, [clip], 60)
    assert not score.voiced.any()
    assert (score.state == State.IDLE).all()
    assert not score.accents
    assert not score.phrases


def test_habits_stay_in_their_range():
    drawn = [Habits.drawn(np.random.default_rng(seed)) for seed in range(300)]
    gains = np.array([h.gain for h in drawn])
    assert 0.8 <= gains.min() < 0.9
    assert 1.1 < gains.max() <= 1.25
    assert np.abs([h.asymmetry for h in drawn]).max() <= 0.12


def test_any_sound_can_be_scored_by_our_own_encoder(shard):
    samples = shard[0][: 3 * SAMPLE_RATE_HZ]
    score = Score.of_sound(samples)
    assert score.frames == 90
    assert {name for name, *_ in score.visemes} != {"sil"}
    assert (score.state == State.SPEAKING).any()
    assert score.energy_db.max() > -20.0


def test_silence_sounds_like_nobody():
    score = Score.of_sound(np.zeros(SAMPLE_RATE_HZ, np.float32))
    assert (score.state == State.IDLE).all()
    assert Score.of_sound(np.zeros(100, np.float32)).frames == 0
