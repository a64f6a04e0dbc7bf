import numpy as np
import pytest

from bench.lip_alignment import LIP_GAP_MM
from bench.motion.mouth_geometry import lip_gap_mm, lower_lip_mm
from pipeline.names import ACTION_INDEX


@pytest.mark.parametrize("name", ["jawOpen", "mouthFunnel", "mouthShrugUpper"])
def test_the_gap_is_what_was_measured_by_hand(name):
    actions = np.zeros((1, 52))
    actions[0, ACTION_INDEX[name]] = 1.0
    assert lip_gap_mm(actions)[0] == pytest.approx(LIP_GAP_MM[name], abs=0.5)


def test_pressed_lips_have_no_negative_gap():
    actions = np.zeros((1, 52))
    actions[0, ACTION_INDEX["mouthRollLower"]] = 1.0
    assert lip_gap_mm(actions)[0] == 0.0


def test_the_jaw_lowers_the_lower_lip_and_rolling_raises_it():
    actions = np.zeros((3, 52))
    actions[1, ACTION_INDEX["jawOpen"]] = 0.3
    actions[2, ACTION_INDEX["mouthRollLower"]] = 0.5
    resting, low, high = lower_lip_mm(actions)
    assert resting == 0.0
    assert low < -8.0
    assert 1.0 < high < 3.0
