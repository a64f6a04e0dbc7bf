"""Style files of the first version."""

import math

import pytest

from pipeline.former_style import knobs_of_former
from pipeline.knobs import KNOBS
from pipeline.style import BUILT_IN_STYLES, list_styles, load_style

CALM = {
    "blink_rate_per_min": 12, "gaze_aversion_rate_per_min": 4, "head_drift_deg": 1.0,
    "gesture_rate": 0.45, "gesture_size": 0.75, "gesture_speed": 0.85, "two_handed_share": 0.35,
    "smile": 0.06, "brow_gain": 0.7,
}  # fmt: skip
NATURAL = {
    "blink_rate_per_min": 16, "gaze_aversion_rate_per_min": 7, "head_drift_deg": 1.5,
    "gesture_rate": 0.75, "gesture_size": 1.0, "gesture_speed": 1.0, "two_handed_share": 0.45,
    "smile": 0.08, "brow_gain": 1.0,
}  # fmt: skip
ENERGETIC = {
    "blink_rate_per_min": 20, "gaze_aversion_rate_per_min": 9, "head_drift_deg": 2.0,
    "gesture_rate": 0.95, "gesture_size": 1.25, "gesture_speed": 1.2, "two_handed_share": 0.55,
    "smile": 0.12, "brow_gain": 1.4,
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "former"), [("calm", CALM), ("natural", NATURAL), ("energetic", ENERGETIC)]
)
def test_the_former_presets_come_closest_to_those_of_their_name(name, former):
    knobs = knobs_of_former(former)
    assert len(knobs) == len(KNOBS)
    presets = [load_style(known) for known in list_styles([BUILT_IN_STYLES])]
    assert min(presets, key=lambda preset: math.dist(preset.knobs, knobs)).name == name


def test_values_beyond_their_range_stay_within_the_knobs():
    for value in (-1e6, 1e6):
        knobs = knobs_of_former(dict.fromkeys(NATURAL, value))
        assert 0.0 <= min(knobs) <= max(knobs) <= 1.0


@pytest.mark.parametrize("value", [None, "x", True, float("nan"), [1]])
def test_an_entry_that_is_no_number_is_named(value):
    with pytest.raises(ValueError, match="smile"):
        knobs_of_former(NATURAL | {"smile": value})
