"""A style that our stages moved in is found again in the motion they made."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.errors import StyleError
from pipeline.motion_file import Motion
from pipeline.rates import FPS
from pipeline.stream_types import State
from pipeline.style import RANGES, STYLE_VECTOR_SIZE, load_style
from pipeline.style_learning import learn_style
from tests.pipeline.recitals import recital

FRAMES = 80 * FPS


@pytest.fixture(scope="module")
def learned():
    return {
        name: learn_style(recital(load_style(name), FRAMES), "mine", "Mine")
        for name in ("calm", "energetic")
    }


def still(motion):
    """The same frames with everything at rest but the state."""
    frames = list(motion.frames())
    face, body = frames[0]
    return Motion([(replace(face, frame=f.frame, state=f.state), body) for f, _ in frames])


@pytest.mark.parametrize(
    "quantity",
    [
        *("blink_rate_per_min", "gaze_aversion_rate_per_min", "head_drift_deg", "nod_gain"),
        *("gesture_rate", "gesture_size", "gesture_speed", "smile", "brow_gain", "sway_gain"),
        *("posture_drift_deg",),
    ],
)
def test_styles_differ_in_the_direction_of_the_originals(learned, quantity):
    assert getattr(learned["energetic"].style, quantity) > getattr(learned["calm"].style, quantity)


@pytest.mark.parametrize("name", ["calm", "energetic"])
@pytest.mark.parametrize(
    ("quantity", "tolerance"),
    [
        ("blink_rate_per_min", 4.0), ("blink_s", 0.02), ("gaze_aversion_rate_per_min", 5.0),
        ("head_drift_deg", 0.6), ("nod_gain", 0.45), ("gesture_rate", 0.3), ("gesture_size", 0.25),
        ("gesture_speed", 0.1), ("two_handed_share", 0.25), ("smile", 0.03), ("brow_gain", 0.45),
        ("sway_gain", 0.15), ("posture_drift_deg", 0.3), ("head_tempo", 0.6),
    ],
)  # fmt: skip
def test_what_is_learnt_comes_near_the_original(learned, name, quantity, tolerance):
    found = getattr(learned[name].style, quantity)
    assert found == pytest.approx(getattr(load_style(name), quantity), abs=tolerance)


def test_the_vector_points_where_the_original_does(learned):
    for name, learnt in learned.items():
        original = np.array(load_style(name).vector)
        vector = np.array(learnt.style.vector)
        assert vector.shape == (STYLE_VECTOR_SIZE,)
        cosine = vector @ original / np.linalg.norm(vector) / np.linalg.norm(original)
        assert cosine > 0.7


def test_every_number_is_in_the_range_of_a_style_file(learned):
    for learnt in learned.values():
        for key, (low, high) in RANGES.items():
            assert low <= getattr(learnt.style, key) <= high
        assert all(-1.0 <= value <= 1.0 for value in learnt.style.vector)
        assert (learnt.style.name, learnt.style.title) == ("mine", "Mine")


def test_what_nobody_saw_stays_as_in_the_natural_style():
    natural = load_style("natural")
    frames = list(recital(natural, 15 * FPS).frames())
    body = replace(frames[0][1], joint_rotation=np.zeros_like(frames[0][1].joint_rotation))
    learnt = learn_style(Motion([(face, body) for face, _ in frames]), "mine", "Mine")
    for key in ("gesture_rate", "two_handed_share", "sway_gain", "breath_rate_hz"):
        assert key not in learnt.measured
        assert getattr(learnt.style, key) == getattr(natural, key)
    assert "smile" in learnt.measured


def test_a_slow_blinker_blinks_slowly():
    slow = replace(load_style("natural"), blink_s=0.5)
    learnt = learn_style(recital(slow, 30 * FPS), "mine", "Mine")
    assert learnt.style.blink_s == pytest.approx(0.5, abs=0.04)


def test_a_clip_that_is_too_short_is_a_sentence():
    with pytest.raises(StyleError, match=r"5\.0 s long; a style needs 10 s"):
        learn_style(recital(load_style("natural"), 5 * FPS), "mine", "Mine")


def test_a_clip_without_speech_is_a_sentence():
    frames = recital(load_style("natural"), 12 * FPS).frames()
    silent = Motion([(replace(face, state=State.IDLE), body) for face, body in frames])
    with pytest.raises(StyleError, match=r"speaks for only 0\.0 s"):
        learn_style(silent, "mine", "Mine")


def test_a_clip_in_which_nothing_moves_is_a_sentence():
    with pytest.raises(StyleError, match="Nothing moves"):
        learn_style(still(recital(load_style("natural"), 12 * FPS)), "mine", "Mine")
