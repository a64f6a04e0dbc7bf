"""The legs of a picture's way."""

import pytest

from pipeline.journey import LEGS, Journey


def test_legs_are_what_lies_between_the_points_and_add_up():
    journey = Journey(800, 1.0, 1.01, 1.04, 1.05, 1.07, 1.08, 1.085)
    legs = journey.legs_ms()
    assert tuple(legs) == LEGS
    assert list(legs.values()) == pytest.approx([10, 30, 10, 20, 10, 5])
    assert sum(legs.values()) == pytest.approx(journey.latency_s * 1e3)
