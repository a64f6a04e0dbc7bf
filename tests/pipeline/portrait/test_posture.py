"""The few angles of torso and shoulders."""

import numpy as np
import pytest

from pipeline.names import BODY_JOINTS, NECK_JOINTS
from pipeline.portrait.posture import RELAXED, Torso, axis_angle, neck_angles, with_posture
from pipeline.rest_pose import resting_joint_rotation
from pipeline.skeleton import rotation_from_head_angles, rotations_from_axis_angle
from pipeline.template import NECK_SHARES, SourcePose, Template, load_template

POSTURE = np.array([0.2, 0.05, -0.1, -0.25, 0.1, -0.1, -0.2])
HEAD = np.array([0.3, -0.2, 0.1])


@pytest.fixture(scope="module")
def identity():
    return np.random.default_rng(5).normal(0, 0.5, 132).astype(np.float32)


def geometry_of(identity, posture, head_rotation):
    model = load_template()
    rest = resting_joint_rotation(model.skeleton(identity))
    joints = with_posture(rest, posture)
    source = SourcePose(np.zeros(52, np.float32), head_rotation, np.zeros((2, 2)), joints)
    return Template(model, identity, source, rest).source_geometry()


def test_the_bare_torso_stands_where_the_template_does(identity):
    model = load_template()
    geometry = geometry_of(identity, POSTURE, HEAD)
    posed = Torso(model.skeleton(identity)).pose(POSTURE, HEAD, np.zeros(3))
    head = model.joint_names.index("head")
    shoulders = [model.joint_names.index(f"upperarm01.{side}") for side in "LR"]
    assert np.allclose(posed.head, geometry.rotations[head], atol=1e-5)
    assert np.allclose(posed.head_place, geometry.positions[head], atol=1e-5)
    assert np.allclose(posed.shoulders, geometry.positions[shoulders], atol=1e-5)


def test_arms_hang_from_the_chest_whatever_the_girdle_does(identity):
    model = load_template()
    lifted = np.array([0, 0, 0, 0.3, 0.2, -0.3, 0.1])
    upper = [model.joint_names.index(f"upperarm01.{side}") for side in "LR"]
    turned = geometry_of(identity, lifted, HEAD).rotations[upper]
    assert np.allclose(turned, geometry_of(identity, RELAXED, HEAD).rotations[upper], atol=1e-5)


def test_a_lifted_shoulder_is_higher_and_an_advanced_one_further_forward():
    torso = Torso(load_template().skeleton(np.zeros(132, np.float32)))
    rest = torso.pose(np.zeros(7), np.zeros(3), np.zeros(3)).shoulders
    left = torso.pose(np.eye(7)[3] * 0.2, np.zeros(3), np.zeros(3)).shoulders - rest
    right = torso.pose(np.eye(7)[6] * 0.2, np.zeros(3), np.zeros(3)).shoulders - rest
    assert left[0, 1] > 0.015
    assert right[1, 2] > 0.015
    assert np.allclose([left[1], right[0]], 0)


def test_shares_of_the_found_angles_turn_the_head_as_wanted():
    wanted = rotation_from_head_angles(np.array([0.7, -0.3, 0.25])).astype(np.float64)
    turned = np.eye(3)
    for share in NECK_SHARES:
        turned = turned @ rotation_from_head_angles(neck_angles(wanted) * share)
    assert np.allclose(turned, wanted, atol=1e-3)
    assert len(NECK_SHARES) == len(NECK_JOINTS)


@pytest.mark.parametrize("vector", [[0.0, 0.0, 0.0], [0.4, -0.2, 1.0], [0.0, 3.0, 0.0]])
def test_axis_and_angle_come_back(vector):
    assert np.allclose(axis_angle(rotations_from_axis_angle(np.array(vector))), vector, atol=1e-3)


def test_every_other_joint_stays_as_given():
    joints = np.random.default_rng(1).normal(0, 0.2, (len(BODY_JOINTS), 3)).astype(np.float32)
    posed = with_posture(joints, POSTURE)
    elbows = [BODY_JOINTS.index(f"lowerarm01.{side}") for side in "LR"]
    assert np.array_equal(posed[elbows], joints[elbows])
