import numpy as np
import pytest

from tests.pipeline.portrait.tracked import apart_px, picture, reference, trackers


def _hands(pixels: np.ndarray):
    (face,) = trackers().faces(pixels)
    return trackers().hands(pixels, trackers().body_landmarks(pixels, face))


def test_both_hands_are_those_of_the_original():
    hands = _hands(picture("raised_hands"))
    expected = sorted(reference("raised_hands", "hands"), key=lambda points: points[0, 0])
    assert [hand.left for hand in sorted(hands, key=lambda hand: hand.points[0, 0])] == [
        False,
        True,
    ]
    for hand in hands:
        other = expected[int(hand.left)]
        palm = np.hypot(*(other[9] - other[0])[:2])
        assert hand.score > 0.9
        assert apart_px(hand.points, other).mean() < 0.05 * palm
        assert np.abs(hand.points[:, 2] - other[:, 2]).mean() < 0.1 * palm


def test_hands_are_found_without_a_body():
    hands = trackers().hands(picture("raised_hands"))
    assert {hand.left for hand in hands} == {False, True}


def test_sides_change_in_a_mirror():
    mirrored = np.ascontiguousarray(picture("raised_hands")[:, ::-1])
    right, left = sorted(_hands(mirrored), key=lambda hand: hand.points[0, 0])
    assert (right.left, left.left) == (False, True)


@pytest.mark.parametrize("name", ["amara", "maya"])
def test_hanging_arms_show_no_hands(name):
    assert _hands(picture(name)) == []
