"""A style that our stages moved in is found again in the motion they made."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import StyleError
from pipeline.knobs import KNOB_INDEX
from pipeline.motion_file import Motion
from pipeline.rates import FPS
from pipeline.stream_types import State
from pipeline.style import BUILT_IN_STYLES, list_styles, load_style
from pipeline.style_learning import SHORTEST_S, learn_style
from tests.pipeline.recitals import recital

FRAMES = 20 * FPS


@pytest.fixture(scope="module")
def motions():
    return {name: recital(load_style(name), FRAMES) for name in list_styles([BUILT_IN_STYLES])}


def still(motion):
    """The same frames with everything at rest but the state."""
    frames = list(motion.frames())
    face, body = frames[0]
    return Motion([(replace(face, frame=f.frame, state=f.state), body) for f, _ in frames])


def test_most_styles_are_nearest_to_the_preset_they_came_from(motions):
    found = {name: learn_style(motion, "mine", "Mine").nearest for name, motion in motions.items()}
    assert sum(name == nearest for name, nearest in found.items()) >= 0.75 * len(motions)


@pytest.mark.parametrize("knob", ["smile", "head_energy", "gesture_rate", "brow", "posture"])
def test_knobs_differ_in_the_direction_of_the_originals(motions, knob):
    names = sorted(motions, key=lambda name: load_style(name).knobs[KNOB_INDEX[knob]])
    low, high = (
        learn_style(motions[name], "mine", "Mine").style.knobs[KNOB_INDEX[knob]]
        for name in (names[0], names[-1])
    )
    assert high > low + 0.15


def test_four_seconds_are_enough_and_less_are_not(motions):
    frames = list(motions["friendly"].frames())
    least = round(SHORTEST_S * FPS)
    learn_style(Motion(frames[:least]), "mine", "Mine")
    with pytest.raises(StyleError, match=r"3\.\d s long; a style needs 4 s"):
        learn_style(Motion(frames[: least - 10]), "mine", "Mine")


def test_what_a_clip_does_not_tell_stays_as_usual(motions):
    learned = learn_style(motions["presenter"], "mine", "Mine", untold=("posture", "gesture_rate"))
    natural = load_style("natural").knobs
    for knob in ("posture", "gesture_rate"):
        assert knob not in learned.told
        assert learned.style.knobs[KNOB_INDEX[knob]] == natural[KNOB_INDEX[knob]]


def test_a_motion_without_motion_is_refused(motions):
    with pytest.raises(StyleError, match="Nothing moves"):
        learn_style(still(motions["natural"]), "mine", "Mine")


def test_a_motion_without_speech_is_refused(motions):
    silent = [(replace(f, state=State.IDLE), b) for f, b in motions["natural"].frames()]
    with pytest.raises(StyleError, match="speaks for only"):
        learn_style(Motion(silent), "mine", "Mine")


def test_knobs_are_numbers_between_zero_and_one(motions):
    knobs = np.array(learn_style(motions["energetic"], "mine", "Mine").style.knobs)
    assert ((knobs >= 0.0) & (knobs <= 1.0)).all()
