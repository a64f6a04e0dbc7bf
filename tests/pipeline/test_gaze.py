"""The reflex that keeps a gaze while the head moves."""

import math

import numpy as np
import pytest

from pipeline.gaze import LARGEST_EYE_PITCH, LARGEST_EYE_YAW, eyes_in_head
from pipeline.skeleton import rotation_from_head_angles


def direction(yaw, pitch):
    return np.array(
        [math.sin(yaw) * math.cos(pitch), -math.sin(pitch), math.cos(yaw) * math.cos(pitch)]
    )


def test_eyes_undo_the_turn_of_the_head():
    random = np.random.default_rng(0)
    for _ in range(50):
        world = random.uniform(-0.15, 0.15, 2)
        head = random.uniform(-0.2, 0.2, 3)
        eyes = eyes_in_head(world, head)
        seen = rotation_from_head_angles(head) @ direction(*eyes[0].astype(float))
        assert seen == pytest.approx(direction(*world), abs=1e-5)
        assert (eyes[0] == eyes[1]).all()


def test_a_head_turned_to_its_left_needs_eyes_turned_to_the_right():
    eyes = eyes_in_head(np.zeros(2), np.array([0.2, 0.1, 0.0]))
    assert eyes.dtype == np.float32
    assert eyes[0, 0] < -0.15
    assert eyes[0, 1] < -0.05


def test_eyes_stay_within_their_reach():
    eyes = eyes_in_head(np.array([0.9, -0.9]), np.array([-0.6, 0.6, 0.0]))
    assert eyes[0, 0] == pytest.approx(LARGEST_EYE_YAW)
    assert eyes[0, 1] == pytest.approx(-LARGEST_EYE_PITCH)
