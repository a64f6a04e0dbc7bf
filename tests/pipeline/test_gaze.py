"""Gaze: saccades, aversions and the reflex that keeps it while the head moves."""

import math

import numpy as np
import pytest

from pipeline.gaze import (
    LARGEST_EYE_PITCH,
    LARGEST_EYE_YAW,
    Gaze,
    eyes_in_head,
    saccade_duration_s,
)
from pipeline.phrasing import Phrase, follow_phrase
from pipeline.rates import FPS
from pipeline.skeleton import rotation_from_head_angles
from tests.pipeline.voices import conversation

TEN_MINUTES = 10 * 60 * FPS


def look(frames, rate=7.0, seed=4):
    gaze, phrase = Gaze(rate, seed), Phrase()
    state, states = gaze.init_state(), []
    for index, speech in enumerate(frames):
        phrase = follow_phrase(speech, phrase)
        state = gaze.step(index / FPS, phrase, state)
        states.append(state)
    directions = np.degrees([s.direction(i / FPS) for i, s in enumerate(states)])
    return states, directions


def test_between_saccades_the_gaze_stands_still():
    _, directions = look(conversation(TEN_MINUTES))
    moves = np.linalg.norm(np.diff(directions, axis=0), axis=1)
    assert (moves == 0.0).mean() > 0.9
    moving = np.concatenate(([0], (moves > 0).astype(int), [0]))
    edges = np.flatnonzero(np.diff(moving))
    longest = (edges[1::2] - edges[::2]).max()
    assert longest <= 3


def test_saccades_are_as_fast_as_eyes_are():
    states, _ = look(conversation(TEN_MINUTES))
    seen = {state.count: state for state in states if state.count}
    for state in seen.values():
        amplitude = math.degrees(math.dist(state.source, state.target))
        assert state.duration_s == pytest.approx(saccade_duration_s(amplitude))
        assert state.duration_s < 0.07
        times = np.linspace(state.start_s, state.start_s + state.duration_s, 200)
        path = np.degrees([state.direction(time_s) for time_s in times])
        speed = np.linalg.norm(np.diff(path, axis=0), axis=1) / np.diff(times)
        if amplitude > 5.0:
            assert 250.0 < speed.max() < 600.0


def test_the_viewer_gets_most_of_the_looks_and_aversions_are_short():
    states, directions = look(conversation(TEN_MINUTES))
    averted = np.array([state.averted for state in states])
    assert 0.03 < averted.mean() < 0.35
    assert np.linalg.norm(directions[~averted], axis=1).mean() < 1.5
    edges = np.flatnonzero(np.diff(np.concatenate(([0], averted.astype(int), [0]))))
    assert np.median(edges[1::2] - edges[::2]) / FPS < 1.5


def test_a_speaker_looks_away_more_often_than_a_listener():
    _, listening = look([None] * TEN_MINUTES)
    _, speaking = look(conversation(TEN_MINUTES))
    away = [(np.linalg.norm(d, axis=1) > 3.5).mean() for d in (listening, speaking)]
    assert away[1] > 1.5 * away[0]


def test_no_aversions_at_rate_zero():
    states, _ = look(conversation(6_000), rate=0.0)
    assert not any(state.averted for state in states)


def direction(yaw, pitch):
    return np.array(
        [math.sin(yaw) * math.cos(pitch), -math.sin(pitch), math.cos(yaw) * math.cos(pitch)]
    )


def test_eyes_undo_the_turn_of_the_head():
    random = np.random.default_rng(0)
    for _ in range(50):
        world = random.uniform(-0.15, 0.15, 2)
        head = random.uniform(-0.2, 0.2, 3)
        eyes = eyes_in_head(world, head)
        seen = rotation_from_head_angles(head) @ direction(*eyes[0].astype(float))
        assert seen == pytest.approx(direction(*world), abs=1e-5)
        assert (eyes[0] == eyes[1]).all()


def test_a_head_turned_to_its_left_needs_eyes_turned_to_the_right():
    eyes = eyes_in_head(np.zeros(2), np.array([0.2, 0.1, 0.0]))
    assert eyes.dtype == np.float32
    assert eyes[0, 0] < -0.15
    assert eyes[0, 1] < -0.05


def test_eyes_stay_within_their_reach():
    eyes = eyes_in_head(np.array([0.9, -0.9]), np.array([-0.6, 0.6, 0.0]))
    assert eyes[0, 0] == pytest.approx(LARGEST_EYE_YAW)
    assert eyes[0, 1] == pytest.approx(-LARGEST_EYE_PITCH)
