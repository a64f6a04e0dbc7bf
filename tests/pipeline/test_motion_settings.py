"""The three sliders."""

import pytest

from pipeline.errors import UserError
from pipeline.motion_settings import MotionSettings


def test_defaults_leave_the_style_as_it_is():
    settings = MotionSettings()
    assert (settings.expression, settings.head, settings.gesture) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("value", [0, 0.0, 2, 2.0, 0.35])
def test_values_from_none_to_double_are_accepted(value):
    assert MotionSettings(gesture=value).gesture == value


@pytest.mark.parametrize("value", [-0.01, 2.01, float("nan"), float("inf"), "1", None, True])
@pytest.mark.parametrize("name", ["expression", "head", "gesture"])
def test_anything_else_is_refused_with_a_sentence_naming_it(name, value):
    with pytest.raises(UserError, match=rf"The {name} setting must be a number from 0 to 2, not "):
        MotionSettings(**{name: value})
