"""Gesture phases: up with the voice, strokes on stresses, back to rest in silence."""

import itertools

import numpy as np
import pytest

from pipeline.body_manner import body_manner
from pipeline.gesture_forms import GESTURE_FORMS, HAND_SHAPES, ONE_HANDED, REST, TWO_HANDED, Slot
from pipeline.gestures import Gestures, Phase
from pipeline.motion_settings import MotionSettings
from pipeline.phrasing import Phrase, follow_phrase
from pipeline.rates import FPS
from pipeline.style import load_style
from tests.pipeline.voices import conversation, silence, voice


def gesticulate(frames, style="natural", gesture=1.0, seed=3):
    gestures = Gestures(body_manner(load_style(style)), MotionSettings(gesture=gesture), seed)
    state, phrase = gestures.init_state(), Phrase()
    states, poses, phrases = [], [], []
    for index, speech in enumerate(frames):
        phrase = follow_phrase(speech, phrase)
        state = gestures.step(index / FPS, phrase, state)
        states.append(state)
        phrases.append(phrase)
        poses.append(gestures.pose(index / FPS, state))
    return states, np.array(poses), phrases


@pytest.fixture(scope="module")
def run():
    """Two and a half minutes of conversation in the natural style."""
    return gesticulate(conversation(4_500))


def strokes(states):
    return [
        index
        for index in range(1, len(states))
        if states[index].phase is Phase.STROKE and states[index - 1].phase is not Phase.STROKE
    ]


def test_there_are_enough_hand_shapes_and_forms_of_both_kinds():
    assert {"relaxed", "open", "pinch", "fist", "point", "flat"} <= set(HAND_SHAPES)
    assert len(ONE_HANDED) >= 4
    assert len(TWO_HANDED) >= 3
    assert len({form.name for form in GESTURE_FORMS}) == len(GESTURE_FORMS)


def test_hands_stay_at_rest_in_silence():
    states, poses, _ = gesticulate([silence(index) for index in range(600)])
    assert {state.phase for state in states} == {Phase.REST}
    assert np.abs(poses[:, :, : Slot.SWIVEL] - REST[: Slot.SWIVEL]).max() < 0.01


def test_hands_come_up_in_lively_speech():
    states, poses, _ = gesticulate([voice(index) for index in range(900)])
    assert np.mean([state.raised for state in states]) > 0.5
    assert poses[:, :, Slot.UP].max() > -0.25


def test_hands_are_back_at_rest_within_one_and_a_half_seconds_of_silence():
    for seed in range(6):
        speak = 170 + 17 * seed
        frames = [voice(i) for i in range(speak)] + [silence(speak + i) for i in range(90)]
        states, poses, _ = gesticulate(frames, "energetic", seed=seed)
        assert any(state.raised for state in states)
        settled = speak + int(1.5 * FPS)
        assert np.abs(poses[settled:, :, : Slot.SWIVEL] - REST[: Slot.SWIVEL]).max() < 0.02
        assert states[settled].phase is Phase.REST


def test_strokes_begin_on_stresses(run):
    states, _, phrases = run
    begun = strokes(states)
    assert len(begun) > 60
    assert all(phrases[index].stressed for index in begun)


def test_beats_are_repeated_within_a_phrase(run):
    states, _, _ = run
    begun = strokes(states)
    repeated = sum(
        states[index].form == states[earlier].form and index - earlier < 3 * FPS
        for earlier, index in itertools.pairwise(begun)
    )
    assert repeated > 10


def test_many_forms_and_both_hands_are_used(run):
    states, poses, _ = run
    assert len({states[index].form for index in strokes(states)}) >= 8
    assert (poses[:, :, Slot.UP].max(axis=0) > -0.25).all()


def test_no_gestures_at_intensity_zero_and_more_at_two():
    frames = conversation(1_800)
    none, half, double = (gesticulate(frames, "calm", gesture)[0] for gesture in (0.0, 0.5, 2.0))
    assert not any(state.raised for state in none)
    assert len(strokes(double)) > 1.5 * len(strokes(half))


def test_a_slider_pulled_to_zero_sends_the_hands_to_rest():
    frames = [voice(index) for index in range(400)]
    states, _, phrases = gesticulate(frames)
    up = max(index for index in range(300) if states[index].raised)
    still = Gestures(body_manner(load_style("natural")), MotionSettings(gesture=0.0), 3)
    state = states[up]
    for index in range(up + 1, up + 60):
        state = still.step(index / FPS, phrases[index], state)
    assert state.phase is Phase.REST


@pytest.mark.parametrize("style", ["calm", "energetic"])
def test_wrists_never_jump(style):
    _, poses, _ = gesticulate(conversation(1_500), style, 1.5)
    places = poses[:, :, : Slot.SWIVEL]
    speed = np.linalg.norm(np.diff(places, axis=0), axis=2) * FPS
    assert speed.max() < 3.5
    assert speed.max() > 0.5
