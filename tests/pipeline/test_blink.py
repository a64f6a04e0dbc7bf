"""Blinks over ten simulated minutes."""

import numpy as np
import pytest

from pipeline.blink import Blink, BlinkState
from pipeline.phrasing import Phrase, follow_phrase
from pipeline.rates import FPS
from tests.pipeline.voices import conversation

TEN_MINUTES = 10 * 60 * FPS


def closures(frames, rate_per_min=16.0, seed=5):
    blink, phrase = Blink(rate_per_min, seed), Phrase()
    state, values, ended = blink.init_state(), [], []
    for index, speech in enumerate(frames):
        phrase = follow_phrase(speech, phrase)
        state = blink.step(index / FPS, phrase, False, state)
        values.append(state.closure(index / FPS))
        ended.append(phrase.ended)
    return np.array(values), np.array(ended)


def runs(mask):
    """Starts and lengths of the runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(int), [0]))))
    return edges[::2], edges[1::2] - edges[::2]


@pytest.mark.parametrize("rate_per_min", [10.0, 16.0, 22.0])
@pytest.mark.parametrize("seed", [0, 1])
def test_the_rate_is_near_the_style_and_within_8_to_30_a_minute(rate_per_min, seed):
    values, _ = closures([None] * TEN_MINUTES, rate_per_min, seed)
    starts, _ = runs(values > 0.5)
    assert starts.size / 10 == pytest.approx(rate_per_min, rel=0.25)
    assert 8 <= starts.size / 10 <= 30


def test_gaps_are_spread_like_a_lognormal_not_like_a_clock():
    values, _ = closures([None] * TEN_MINUTES)
    gaps_s = np.diff(runs(values > 0.5)[0]) / FPS
    logs = np.log(gaps_s)
    assert 0.35 < logs.std() < 0.75
    assert gaps_s.min() > 0.6
    assert np.median(gaps_s) < gaps_s.mean()


def test_lids_are_below_half_for_100_to_260_ms_and_close_fully():
    values, _ = closures([None] * TEN_MINUTES)
    starts, lengths = runs(values > 0.5)
    assert lengths.min() * 1000 / FPS >= 100
    assert lengths.max() * 1000 / FPS <= 260
    fully = [values[s : s + n].max() for s, n in zip(starts, lengths, strict=True)]
    assert min(fully) > 0.9


def test_lids_close_faster_than_they_open():
    state = BlinkState(next_s=9.0, start_s=1.0, closing_s=0.1, hold_s=0.04, opening_s=0.2)
    fine = np.arange(0.9, 1.5, 0.0005)
    values = np.array([state.closure(t) for t in fine])
    speed = np.diff(values) / 0.0005
    assert speed.max() > 1.2 * -speed.min()
    assert values.min() >= 0.0
    assert values.max() == 1.0


def test_blinks_gather_after_phrases():
    values, ended = closures(conversation(TEN_MINUTES))
    starts, _ = runs(values > 0.02)
    after = np.zeros(values.size + 6, dtype=bool)
    for end in np.flatnonzero(ended):
        after[end : end + 6] = True
    share_of_time = after[: values.size].mean()
    assert after[starts].mean() > 3.0 * share_of_time
    assert starts.size / 10 <= 30


def test_looking_away_brings_some_blinks_forward():
    blink = Blink(16.0, seed=2)
    early = 0
    for trial in range(400):
        state = BlinkState(next_s=1e6)
        phrase = Phrase(frame=trial)
        early += blink.step(50.0, phrase, True, state).start_s == 50.0
    assert 60 < early < 140
