"""Face and body of the shipped networks together: what must hold of every training."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.names import JOINT_INDEX, SPINE_JOINTS
from pipeline.rates import FPS, SAMPLES_PER_FRAME
from pipeline.style import load_style
from pipeline.wrist_places import wrist_places
from tests.pipeline.recitals import Performer, hearing, recited, skeleton

SPOKEN_FRAMES, SILENT_FRAMES, CALM_FRAMES = 30 * FPS, 12 * FPS, 4 * FPS
# Hands that rest, hanging, folded or on the lap, are this far below their shoulders and still.
RESTING_M, STILL_M_PER_S = -0.25, 0.1
SPINE = slice(JOINT_INDEX[SPINE_JOINTS[0]], JOINT_INDEX[SPINE_JOINTS[-1]] + 1)


def silence(frames):
    draw = np.random.default_rng(5)
    hiss = 10.0 ** (-70.0 / 20.0) * draw.standard_normal(frames * SAMPLES_PER_FRAME)
    return hearing(hiss.astype(np.float32))


def wrists_m(motion):
    """(T, 2, 3) from their shoulders."""
    return wrist_places(motion.joint_rotation, skeleton())


def at_rest(wrists):
    """(T - 1,) bool: both hands are down and still."""
    speed = np.linalg.norm(np.diff(wrists, axis=0), axis=2).max(axis=1) * FPS
    return (wrists[1:, :, 1].max(axis=1) < RESTING_M) & (speed < STILL_M_PER_S)


def torso_deg(motion):
    """(T, 3) pitch, yaw, roll."""
    return np.degrees(motion.joint_rotation[:, SPINE].astype(np.float64).sum(axis=1))


@pytest.fixture(scope="module")
def silent():
    return Performer(load_style("natural"), 3).play(silence(SILENT_FRAMES))[0].arrays()


@pytest.fixture(scope="module")
def spoken():
    """A lively talk, and silence behind it."""
    behind = [replace(f, frame=SPOKEN_FRAMES + f.frame) for f in silence(SILENT_FRAMES)]
    performer = Performer(load_style("energetic"), 3)
    return performer.play([*recited(SPOKEN_FRAMES), *behind])[0].arrays()


def test_a_stream_in_pieces_is_the_stream():
    frames, performer = recited(90), Performer(load_style("energetic"))
    whole = performer.play(frames)[0].arrays()
    for length in (1, 7, 30):
        state, parts = None, []
        for first in range(0, len(frames), length):
            part, state = performer.play(frames[first : first + length], state)
            parts.append(part.arrays().joint_rotation)
        assert (np.concatenate(parts) == whole.joint_rotation).all()


def test_a_state_can_be_taken_up_twice_and_a_fresh_start_repeats_the_first_run():
    frames, performer = recited(90), Performer(load_style("energetic"))
    whole, _ = performer.play(frames)
    _, middle = performer.play(frames[:50])
    performer.play(recited(20), middle)
    again, _ = performer.play(frames[50:], middle)
    fresh, _ = performer.play(frames)
    rotation = whole.arrays().joint_rotation
    assert (again.arrays().joint_rotation == rotation[50:]).all()
    assert (fresh.arrays().joint_rotation == rotation).all()


def test_what_comes_later_changes_nothing_before():
    frames, performer = recited(90), Performer(load_style("natural"))
    other = [replace(f, frame=i + 60) for i, f in enumerate(silence(30))]
    first, second = (
        performer.play(heard)[0].arrays().joint_rotation
        for heard in (frames, [*frames[:60], *other])
    )
    assert (first[:60] == second[:60]).all()
    assert (first[60:] != second[60:]).any()


def test_another_seed_is_another_body():
    frames = recited(60)
    one, other = (
        Performer(load_style("natural"), seed).play(frames)[0].arrays().joint_rotation
        for seed in (1, 2)
    )
    assert (one[5:] != other[5:]).any(axis=(1, 2)).all()


def test_in_silence_the_hands_rest_but_the_body_is_alive(silent):
    assert np.isfinite(silent.joint_rotation).all()
    assert at_rest(wrists_m(silent)).mean() > 0.95
    assert (np.abs(np.diff(silent.joint_rotation, axis=0)).max(axis=(1, 2)) > 0).all()


def test_breath_lifts_the_shoulders(silent):
    clavicle = np.degrees(silent.joint_rotation[:, JOINT_INDEX["clavicle.L"], 2])
    assert 0.5 < np.ptp(clavicle) < 6.0


def test_hands_rise_in_speech(spoken):
    assert wrists_m(spoken)[:SPOKEN_FRAMES, :, 1].max() > RESTING_M + 0.05


def test_behind_the_talk_the_hands_rest_again(spoken):
    assert at_rest(wrists_m(spoken)[-CALM_FRAMES:]).mean() > 0.9


def test_the_torso_stays_upright_and_does_not_drift(spoken):
    torso = torso_deg(spoken)[:SPOKEN_FRAMES]
    assert np.abs(torso).max() < 12.0
    third = len(torso) // 3
    assert np.abs(torso[-third:].mean(axis=0) - torso[:third].mean(axis=0)).max() < 4.5


def test_nothing_jumps(spoken):
    steps = np.degrees(np.linalg.norm(np.diff(spoken.joint_rotation, axis=0), axis=2))
    assert steps.max() < 22.0
