import numpy as np
import pytest

from pipeline.portrait.landmarks import BodyPoint
from tests.pipeline.portrait.tracked import NAMES, apart_px, picture, reference, trackers, turned

SHOULDERS = [BodyPoint.LEFT_SHOULDER, BodyPoint.RIGHT_SHOULDER]


def _body(pixels: np.ndarray):
    return trackers().body_landmarks(pixels, trackers().faces(pixels)[0])


def _shoulder_width(points: np.ndarray) -> float:
    return float(np.hypot(*(points[SHOULDERS[0]] - points[SHOULDERS[1]])[:2]))


@pytest.mark.parametrize("name", NAMES)
def test_shoulders_and_head_are_where_the_original_with_its_detector_sees_them(name):
    found, expected = _body(picture(name)), reference(name, "body")
    assert found is not None
    assert found.score > 0.9
    part = apart_px(found.points, expected) / _shoulder_width(expected)
    assert part[SHOULDERS].max() < 0.035
    assert part[:11].max() < 0.05
    assert np.abs(found.world - reference(name, "world"))[SHOULDERS].max() < 0.05
    assert found.visibility[SHOULDERS].min() > 0.9


def test_following_a_body_agrees_with_finding_it():
    pixels = picture("raised_hands")
    first = _body(pixels)
    assert first is not None
    again = trackers().body_landmarks(pixels, None, first)
    assert again is not None
    apart = apart_px(again.points, first.points)[SHOULDERS]
    assert apart.max() < 0.04 * _shoulder_width(first.points)


def test_a_lying_body_is_found_below_its_face():
    pixels = picture("amara")
    upright = _body(pixels)
    assert upright is not None
    lying, matrix = turned(pixels, 90)
    found = _body(lying)
    assert found is not None
    moved = upright.points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    apart = apart_px(found.points, moved)[SHOULDERS]
    assert apart.max() < 0.05 * _shoulder_width(upright.points)


def test_a_body_that_is_gone_is_looked_for_below_the_face():
    pixels = picture("amara")
    first = _body(pixels)
    wall = np.full_like(pixels, 120)
    assert trackers().body_landmarks(wall, None, first) is None
