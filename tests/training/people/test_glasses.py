from dataclasses import replace

import numpy as np
import pytest

from tests.training.people.base_body import base_body
from training.people.glasses import CLEAR, SHAPES, Glasses, glasses
from training.people.head_shape import head_shape
from training.people.material import Material

BLACK = Material((0.01, 0.01, 0.01))
HEAD = head_shape(base_body())
CORNEA_Z_M = HEAD.eyes[0, 2] + HEAD.eye_radius_m


def front_of(points: np.ndarray) -> np.ndarray:
    """The rims: what is not a temple."""
    return points[points[:, 2] > CORNEA_Z_M]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("rim_m", [0.001, 0.0044])
def test_rims_touch_nothing_but_the_nose_whatever_the_face_does(shape, rim_m):
    frame, _ = glasses(Glasses(shape, rim_m, BLACK, CLEAR), HEAD)
    rims = front_of(frame.points)
    assert (rims[:, 2] > HEAD.nose_and_cheeks(rims[:, :2])).mean() > 0.96


@pytest.mark.parametrize("shape", SHAPES)
def test_lenses_stand_before_the_eyes_and_leave_room_for_lashes(shape):
    _, lenses = glasses(Glasses(shape, 0.002, BLACK, CLEAR), HEAD)
    left = lenses.points[lenses.points[:, 0] > 0]
    assert (left.min(0) < HEAD.eyes[0])[:2].all()
    assert (left.max(0) > HEAD.eyes[0])[:2].all()
    assert 0.009 < left[:, 2].max() - CORNEA_Z_M < 0.030


def test_both_sides_are_alike():
    frame, _ = glasses(Glasses("panto", 0.003, BLACK, CLEAR), HEAD)
    x = np.sort(np.round(frame.points[:, 0], 5))
    assert np.allclose(x, -x[::-1], atol=2e-5)


def test_temples_lie_on_the_ears_outside_the_skull():
    frame, _ = glasses(Glasses("square", 0.003, BLACK, CLEAR), HEAD)
    ear = HEAD.left_ear()
    behind = frame.points[(frame.points[:, 2] < ear[:, 2].mean()) & (frame.points[:, 0] > 0)]
    assert len(behind) > 20
    assert (behind[:, 0] > HEAD.temple(behind[:, 1:]) - 0.002).all()
    assert behind[:, 1].max() > ear[:, 1].max() - 0.02


def test_wider_faces_get_wider_glasses():
    wide = replace(HEAD, eyes=HEAD.eyes * [1.15, 1, 1])
    wanted = Glasses("oval", 0.002, BLACK, CLEAR)
    assert np.ptp(glasses(wanted, wide)[1].points[:, 0]) > 1.1 * np.ptp(
        glasses(wanted, HEAD)[1].points[:, 0]
    )


def test_temples_of_a_broad_head_leave_the_rims_without_standing_off():
    broad = replace(HEAD, skin=HEAD.skin * [1.15, 1, 1])
    frame, lenses = glasses(Glasses("oval", 0.002, BLACK, CLEAR), broad)
    hinge = front_of(frame.points)[:, 0].max()
    side = broad.skin[~broad.ear & (broad.skin[:, 1] > HEAD.eyes[0, 1] - 0.01), 0].max()
    assert lenses.points[:, 0].max() < hinge < side
