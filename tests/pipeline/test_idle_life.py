"""Idle life as a whole: deterministic, causal, never frozen."""

from dataclasses import fields, replace

import numpy as np
import pytest

from pipeline.idle_life import IdleLife
from pipeline.rates import FPS
from pipeline.stream_types import State
from pipeline.style import load_style
from tests.pipeline.voices import conversation, silence


@pytest.fixture(scope="module")
def natural():
    return load_style("natural")


def live(life, frames, state=None):
    state = life.init_state() if state is None else state
    made = []
    for speech in frames:
        frame, state = life.step(speech, state)
        made.append(frame)
    return made, state


def same(one, other):
    return all(
        np.array_equal(getattr(one, field.name), getattr(other, field.name))
        for field in fields(one)
    )


def test_the_same_seed_lives_the_same_life(natural):
    frames = conversation(900)
    first, _ = live(IdleLife(natural, 8), frames)
    again, _ = live(IdleLife(natural, 8), frames)
    other, _ = live(IdleLife(natural, 9), frames)
    assert all(map(same, first, again))
    assert not all(map(same, first, other))


def test_a_saved_state_goes_on_as_if_nothing_had_happened(natural):
    life, frames = IdleLife(natural, 8), conversation(900)
    whole, _ = live(life, frames)
    _, middle = live(life, frames[:431])
    live(life, frames[100:700], middle)
    rest, _ = live(life, frames[431:], middle)
    assert all(map(same, whole[431:], rest))


def test_later_speech_never_changes_earlier_life(natural):
    life, frames = IdleLife(natural, 8), conversation(600)
    changed = frames[:300] + [silence(index) for index in range(300, 600)]
    whole, _ = live(life, frames)
    other, _ = live(life, changed)
    assert all(map(same, whole[:300], other[:300]))
    assert not all(map(same, whole[300:], other[300:]))


def test_silence_is_never_frozen(natural):
    made, _ = live(IdleLife(natural, 2), [None] * 1_800)
    heads = np.array([frame.head_rotation for frame in made])
    breaths = np.array([frame.breath for frame in made])
    assert (np.abs(np.diff(heads, axis=0)).max(axis=1) > 0).all()
    for second in range(60):
        assert np.ptp(breaths[second * FPS : second * FPS + 3 * FPS]) > 0.01
    assert max(frame.blink[0] for frame in made) > 0.9


def test_both_eyes_blink_together(natural):
    made, _ = live(IdleLife(natural, 2), [None] * 900)
    assert all(frame.blink[0] == frame.blink[1] for frame in made)


@pytest.mark.parametrize(("name", "low", "high"), [("calm", 0.7, 1.5), ("natural", 1.0, 2.2)])
def test_the_head_drifts_as_far_as_the_style_says(name, low, high):
    made, _ = live(IdleLife(load_style(name), 6), [None] * (FPS * 400))
    degrees = np.degrees([frame.head_rotation for frame in made])
    assert low < degrees[:, 0].std() < high
    assert np.abs(np.diff(degrees, axis=0)).max() * FPS < 30.0


def test_values_stay_in_their_ranges_in_every_style():
    for name in ("natural", "calm", "energetic", "friendly"):
        made, _ = live(IdleLife(load_style(name), 1), conversation(3_000))
        blinks = np.array([frame.blink for frame in made])
        assert blinks.min() >= 0.0
        assert blinks.max() <= 1.0
        assert all(0.0 <= frame.smile <= 1.0 for frame in made)
        assert all(0.0 <= frame.brow_raise <= 1.0 for frame in made)
        assert np.abs([frame.gaze_world for frame in made]).max() < 0.25
        assert np.abs([frame.head_translation for frame in made]).max() < 0.02


def test_nods_come_only_while_listening(natural):
    talking = replace(natural, head_drift_deg=0.0, gaze_aversion_rate_per_min=0.0)
    frames = conversation(90, 90) + [silence(index) for index in range(90, 690)]
    made, _ = live(IdleLife(talking, 3), frames)
    pitch = np.degrees([frame.head_rotation[1] for frame in made])
    assert np.abs(pitch[:95]).max() < 0.3
    assert 1.0 < pitch[95:].max() < 5.0
    assert made[400].state is State.LISTENING
    still = replace(talking, listening_nods_per_min=0.0)
    made, _ = live(IdleLife(still, 3), frames)
    assert np.abs(np.degrees([frame.head_rotation[1] for frame in made])).max() < 0.3


def test_a_change_of_style_during_a_run_makes_no_jump(natural):
    energetic = IdleLife(load_style("energetic"), 3)
    _, state = live(IdleLife(natural, 3), [None] * 300)
    before, _ = IdleLife(natural, 3).step(None, state)
    after, _ = energetic.step(None, state)
    assert np.degrees(np.abs(after.head_rotation - before.head_rotation)).max() < 0.15
