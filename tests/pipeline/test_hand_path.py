"""Paths of the hands: minimum jerk, and smooth when they change their mind."""

import numpy as np
import pytest

from pipeline.gesture_forms import GESTURE_FORMS, REST, Slot
from pipeline.hand_path import LONGEST_LAG_S, resting_path

RIGHT = 1


def forms(index):
    return np.stack([GESTURE_FORMS[index].ready] * 2)


def test_a_resting_path_rests():
    pose = resting_path().pose(3.0)
    assert (pose == np.stack((REST, REST))).all()


def test_it_arrives_and_stays():
    path = resting_path().turn(1.0, forms(0), 0.5)
    assert path.pose(path.end_s) == pytest.approx(forms(0))
    assert path.pose(9.0) == pytest.approx(forms(0))
    assert path.end_s == pytest.approx(1.5 + LONGEST_LAG_S)


def test_from_rest_the_wrist_follows_the_minimum_jerk_polynomial():
    path = resting_path().turn(0.0, forms(0), 0.6)
    place = slice(Slot.LATERAL, Slot.FORWARD + 1)
    for u in (0.1, 0.37, 0.5, 0.8):
        share = 10 * u**3 - 15 * u**4 + 6 * u**5
        expected = REST[place] + share * (GESTURE_FORMS[0].ready[place] - REST[place])
        assert path.pose(0.6 * u)[RIGHT, place] == pytest.approx(expected)


def test_fingers_and_the_left_hand_lag():
    path = resting_path().turn(0.0, forms(5), 0.5)
    way = forms(5) - np.stack((REST, REST))
    share = (path.pose(0.25) - REST) / np.where(way == 0.0, np.nan, way)
    assert share[RIGHT, Slot.UP] == pytest.approx(0.5)
    assert share[RIGHT, Slot.CURL + 3] < 0.45
    assert share[0, Slot.UP] < 0.48


def test_a_change_of_mind_keeps_place_speed_and_acceleration():
    first = resting_path().turn(0.0, forms(0), 0.5)
    second = first.turn(0.3, forms(5), 0.4)
    place = slice(Slot.LATERAL, Slot.FORWARD + 1)
    step = 1e-3
    before = [first.pose(0.3 - k * step)[RIGHT, place] for k in (2, 1, 0)]
    after = [second.pose(0.3 + k * step)[RIGHT, place] for k in (0, 1, 2)]
    assert after[0] == pytest.approx(before[2])
    speed = np.array([before[2] - before[1], after[1] - after[0]]) / step
    assert speed[0] == pytest.approx(speed[1], abs=0.02)
    bend = np.array([np.diff(before, 2, axis=0)[0], np.diff(after, 2, axis=0)[0]]) / step**2
    assert bend[0] == pytest.approx(bend[1], abs=0.6)
    assert second.pose(second.end_s) == pytest.approx(forms(5))
