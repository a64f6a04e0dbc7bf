import numpy as np
import pytest

from pipeline.mouth_finish import add_contacts, finish_mouth, shut
from pipeline.names import ACTION_INDEX, VISEME_INDEX


def talking() -> np.ndarray:
    """Everything about the mouth half raised."""
    actions = np.zeros(52, np.float32)
    for name, index in ACTION_INDEX.items():
        if name.startswith(("jaw", "mouth", "tongue")):
            actions[index] = 0.5
    return actions


def test_shut_lips_leave_no_opening_action():
    finished = finish_mouth(talking(), 1.0)
    for name in ("jawOpen", "mouthFunnel", "mouthLowerDownLeft", "mouthUpperUpRight", "tongueOut",
                 "mouthStretchLeft", "mouthRollLower", "mouthClose", "mouthPressLeft"):  # fmt: skip
        assert finished[ACTION_INDEX[name]] == 0.0
    assert finished[ACTION_INDEX["mouthSmileLeft"]] == 0.5


def test_free_lips_stay_as_they_are():
    np.testing.assert_array_equal(finish_mouth(talking(), 0.0), talking())


def test_the_given_actions_are_not_written():
    actions = talking()
    finish_mouth(actions, 1.0)
    np.testing.assert_array_equal(actions, talking())


def test_a_jaw_that_hardly_opens_shuts_the_lips():
    actions = talking()
    actions[ACTION_INDEX["jawOpen"]] = 0.001
    assert finish_mouth(actions, 0.0)[ACTION_INDEX["mouthLowerDownLeft"]] < 0.05


@pytest.mark.parametrize(
    ("closed", "speech", "energy_db", "expected"),
    [
        (0.0, 1.0, -20.0, 0.0),
        (1.0, 1.0, -20.0, 1.0),
        (0.0, 0.0, -20.0, 1.0),
        (0.0, 1.0, -90.0, 1.0),
    ],
)
def test_lips_are_held_by_contact_by_noise_and_by_mute(closed, speech, energy_db, expected):
    assert shut(closed, speech, energy_db) == expected


def test_f_brings_the_lower_lip_to_the_teeth_and_lifts_the_jaw():
    viseme = np.zeros(15, np.float32)
    viseme[VISEME_INDEX["FF"]] = 1.0
    actions = np.zeros(52, np.float32)
    actions[ACTION_INDEX["jawOpen"]] = 0.3
    result = add_contacts(actions, viseme)
    assert result[ACTION_INDEX["mouthRollLower"]] == pytest.approx(0.35)
    assert result[ACTION_INDEX["jawOpen"]] == pytest.approx(0.12)
    assert result[ACTION_INDEX["tongueOut"]] == 0.0
