import numpy as np
import pytest

from pipeline import arm
from pipeline.hand_pose import POSE_SIZE, Slot
from training.performance.hand_shapes import HAND_SHAPES, hand_pose, shape_of


def test_there_are_many_shapes_and_no_two_are_alike():
    assert len(HAND_SHAPES) >= 16
    shapes = np.stack([shape_of(name) for name in HAND_SHAPES])
    apart = np.abs(shapes[:, None] - shapes[None]).max(axis=2)
    assert apart[~np.eye(len(shapes), dtype=bool)].min() > np.radians(3.0)


@pytest.mark.parametrize("name", HAND_SHAPES)
def test_every_shape_is_within_the_limits_of_the_joints(name: str):
    shape = shape_of(name)
    assert np.all(shape >= arm._LOWEST[Slot.SPREAD :])
    assert np.all(shape <= arm._HIGHEST[Slot.SPREAD :])


def test_a_pose_puts_its_numbers_where_the_arm_looks_for_them():
    pose = hand_pose((0.01, -0.2, 0.25), (90.0, 10.0, -5.0), "fist", swivel_deg=4.0)
    assert pose.shape == (POSE_SIZE,)
    assert pose[Slot.FORWARD] == 0.25
    np.testing.assert_allclose(pose[Slot.PRONATION], np.pi / 2)
    np.testing.assert_allclose(pose[Slot.SWIVEL], np.radians(4.0))
