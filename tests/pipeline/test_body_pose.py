import numpy as np
import pytest

from pipeline.body_pose import LARGEST_TORSO_TURN, BodyPose
from pipeline.hand_pose import REST
from pipeline.motion_space import BODY_SIZE, BREATH, CLAVICLE_LIFT, HANDS, TORSO_TURN
from pipeline.names import JOINT_INDEX, SPINE_JOINTS
from pipeline.template import load_template

SPINE = [JOINT_INDEX[name] for name in SPINE_JOINTS]


@pytest.fixture(scope="module")
def pose():
    model = load_template()
    return BodyPose(model.skeleton(np.zeros(len(model.identity_names))))


def resting():
    body = np.zeros(BODY_SIZE)
    body[HANDS] = np.tile(REST, 2)
    return body


def test_the_spine_shares_the_turn_of_the_torso(pose):
    body = resting()
    body[TORSO_TURN] = (0.02, -0.04, 0.01)
    total = pose.joint_rotation(body)[SPINE].sum(axis=0)
    np.testing.assert_allclose(total, (0.02, -0.04, 0.01), rtol=0.05)


def test_no_vector_turns_the_torso_beyond_its_limit(pose):
    body = resting()
    body[TORSO_TURN] = 5.0
    assert np.abs(pose.joint_rotation(body)[SPINE].sum(axis=0)).max() <= LARGEST_TORSO_TURN + 1e-6


def test_both_sides_mirror_each_other(pose):
    body = resting()
    body[CLAVICLE_LIFT] = 0.05
    joints = pose.joint_rotation(body)
    for name in ("clavicle", "upperarm01", "lowerarm01", "wrist", "finger2-1"):
        left, right = joints[JOINT_INDEX[f"{name}.L"]], joints[JOINT_INDEX[f"{name}.R"]]
        np.testing.assert_allclose(left, right * (1, -1, -1), atol=2e-3)


def test_a_breath_opens_the_chest(pose):
    body = resting()
    empty = pose.joint_rotation(body)[SPINE]
    body[BREATH] = 1.0
    assert (pose.joint_rotation(body)[SPINE] - empty)[:, 0].sum() < -0.01


def test_any_vector_gives_finite_joints(pose):
    draw = np.random.default_rng(0)
    for _ in range(50):
        assert np.isfinite(pose.joint_rotation(draw.normal(0.0, 2.0, BODY_SIZE))).all()
