import numpy as np
import pytest

from pipeline.skeleton import Skeleton, rotation_from_head_angles, rotations_from_axis_angle


@pytest.fixture
def arm() -> Skeleton:
    places = np.array([[0, 0, 0], [1, 0, 0], [2, 0, 0]], np.float32)
    return Skeleton(("shoulder", "elbow", "wrist"), np.array([-1, 0, 1]), places)


def quarter_turn() -> np.ndarray:
    return rotations_from_axis_angle(np.array([0, 0, np.pi / 2]))


def test_without_rotation_joints_are_at_rest(arm):
    rotation, position = arm.forward_kinematics(np.tile(np.eye(3), (3, 1, 1)))
    np.testing.assert_array_equal(position, arm.rest_positions)
    np.testing.assert_array_equal(rotation, np.tile(np.eye(3), (3, 1, 1)))


def test_a_turned_elbow_moves_the_wrist_only(arm):
    local = np.tile(np.eye(3, dtype=np.float32), (3, 1, 1))
    local[1] = quarter_turn()
    _, position = arm.forward_kinematics(local)
    np.testing.assert_allclose(position, [[0, 0, 0], [1, 0, 0], [1, 1, 0]], atol=1e-6)


def test_rotations_accumulate_and_bones_keep_their_length(arm):
    local = np.tile(quarter_turn(), (3, 1, 1))
    _, position = arm.forward_kinematics(local)
    np.testing.assert_allclose(position, [[0, 0, 0], [0, 1, 0], [-1, 1, 0]], atol=1e-6)


def test_an_offset_moves_the_joint_and_what_follows(arm):
    offset = np.array([[0, 0, 0], [0, 0, 0.5], [0, 0, 0]], np.float32)
    _, position = arm.forward_kinematics(np.tile(np.eye(3), (3, 1, 1)), offset)
    np.testing.assert_allclose(position[:, 2], [0, 0.5, 0.5])


@pytest.mark.parametrize("angle", [0.0, 1e-9, 0.3, np.pi])
def test_axis_angle_gives_rotation_matrices(angle):
    matrix = rotations_from_axis_angle(np.array([0.0, angle, 0.0]))
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-6)
    np.testing.assert_allclose(matrix @ [0, 0, 1], [np.sin(angle), 0, np.cos(angle)], atol=1e-6)


def test_head_angles_turn_left_nod_down_and_lean_left():
    forward, up = np.array([0, 0, 1.0]), np.array([0, 1.0, 0])
    assert (rotation_from_head_angles(np.array([0.3, 0, 0])) @ forward)[0] > 0.2
    assert (rotation_from_head_angles(np.array([0, 0.3, 0])) @ forward)[1] < -0.2
    assert (rotation_from_head_angles(np.array([0, 0, 0.3])) @ up)[0] > 0.2
