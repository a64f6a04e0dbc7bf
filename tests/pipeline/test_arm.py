"""Inverse kinematics of one arm, checked with the skeleton's forward kinematics."""

import math

import numpy as np
import pytest

from pipeline.arm import (
    ARM_JOINTS,
    CHEST_CLEARANCE_M,
    CHEST_DEPTH_M,
    CHIN_BELOW_HEAD_JOINT_M,
    CHIN_CLEARANCE_M,
    LARGEST_UPPER_ARM_SWING,
    TRUNK_WIDTH_SHARE,
    Arm,
    resting_torso,
)
from pipeline.hand_pose import POSE_SIZE, REST, Slot
from pipeline.names import BODY_JOINTS, JOINT_INDEX
from pipeline.skeleton import rotations_from_axis_angle
from pipeline.template import load_template
from tests.pipeline.hand_poses import READY, STROKES
from training.performance.hand_shapes import HAND_SHAPES, hand_pose

POSES = [*READY, *STROKES, REST]


@pytest.fixture(scope="module")
def skeletons():
    """The mean person and four others."""
    template = load_template()
    random = np.random.default_rng(3)
    size = len(template.identity_names)
    people = [np.zeros(size)]
    for _ in range(4):
        coefficients = np.zeros(size)
        coefficients[:8] = random.normal(0.0, 0.7, 8)
        people.append(coefficients)
    return [template.skeleton(person) for person in people]


def placed(skeleton, arm_side, pose):
    """Solve one arm and run the skeleton forward: (pose, global rotations, positions)."""
    arm = Arm(skeleton, arm_side)
    solved = arm.solve(pose, resting_torso(arm), 0.0)
    local = np.tile(np.eye(3, dtype=np.float32), (len(skeleton.joint_names), 1, 1))
    first = JOINT_INDEX[f"upperarm01.{arm_side}"]
    for name, turn in zip(BODY_JOINTS[first : first + ARM_JOINTS], solved.rotations, strict=True):
        local[skeleton.index(name)] = rotations_from_axis_angle(turn)
    rotation, position = skeleton.forward_kinematics(local)
    return arm, solved, rotation, position


@pytest.mark.parametrize("side", ["L", "R"])
def test_forward_kinematics_puts_elbow_and_wrist_where_the_solver_says(skeletons, side):
    for skeleton in skeletons:
        for pose in POSES:
            _, solved, _, position = placed(skeleton, side, pose)
            elbow = position[skeleton.index(f"lowerarm01.{side}")]
            wrist = position[skeleton.index(f"wrist.{side}")]
            assert elbow == pytest.approx(solved.elbow, abs=0.012)
            assert wrist == pytest.approx(solved.wrist, abs=0.015)


@pytest.mark.parametrize("side", ["L", "R"])
def test_the_wrist_reaches_its_target(skeletons, side):
    skeleton = skeletons[0]
    for pose in POSES:
        arm, solved, _, _ = placed(skeleton, side, pose)
        target = np.add(arm.shoulder, arm.wrist_offset(pose.tolist()))
        assert solved.wrist == pytest.approx(target, abs=0.004)


def test_left_and_right_are_mirror_images(skeletons):
    for pose in POSES:
        _, left, _, _ = placed(skeletons[0], "L", pose)
        _, right, _, _ = placed(skeletons[0], "R", pose)
        mirror = np.array([-1.0, 1.0, 1.0])
        assert np.array(left.wrist) * mirror == pytest.approx(right.wrist, abs=0.01)
        # A mirrored rotation keeps the axis' x and turns y and z round.
        expected = left.rotations * np.array([1.0, -1.0, -1.0])
        assert right.rotations == pytest.approx(expected, abs=0.1)


def test_the_upper_arm_hardly_moves(skeletons):
    random = np.random.default_rng(0)
    for skeleton in skeletons:
        arm = Arm(skeleton, "L")
        hang = np.subtract(placed(skeleton, "L", REST)[1].elbow, arm.shoulder)
        for _ in range(80):
            pose = REST + random.normal(0.0, 0.3, POSE_SIZE)
            solved = arm.solve(pose, resting_torso(arm), 0.0)
            upper = np.subtract(solved.elbow, arm.shoulder)
            cosine = hang @ upper / np.linalg.norm(hang) / np.linalg.norm(upper)
            swing = math.acos(min(cosine, 1.0))
            assert swing == pytest.approx(solved.upper_arm_swing, abs=1e-3)
            assert swing < LARGEST_UPPER_ARM_SWING + 1e-6 < math.radians(20.0)


def test_wrists_keep_off_the_trunk_and_the_face_whatever_is_asked_for(skeletons):
    random = np.random.default_rng(1)
    for skeleton in skeletons:
        arm = Arm(skeleton, "R")
        chin_y = skeleton.rest_positions[skeleton.index("head")][1] - CHIN_BELOW_HEAD_JOINT_M
        for _ in range(150):
            pose = REST.copy()
            pose[: Slot.SWIVEL] = random.uniform((-0.3, -0.6, -0.1), (0.2, 0.2, 0.4))
            wrist = np.array(arm.solve(pose, resting_torso(arm), 0.0).wrist)
            assert wrist[1] <= chin_y - CHIN_CLEARANCE_M + 1e-6
            ahead = wrist[2] - arm.shoulder[2]
            if abs(wrist[0]) < TRUNK_WIDTH_SHARE * abs(arm.shoulder[0]):
                assert ahead >= CHEST_DEPTH_M + CHEST_CLEARANCE_M - 0.01


def palm(skeleton, rotation, side):
    """Global palm normal and hand direction."""
    rest = {name: skeleton.rest_positions[skeleton.index(f"{name}.{side}")] for name in
            ("wrist", "finger2-1", "finger3-1", "finger5-1")}  # fmt: skip
    along = rest["finger3-1"] - rest["wrist"]
    normal = np.cross(along, rest["finger2-1"] - rest["finger5-1"]) * (1 if side == "L" else -1)
    turn = rotation[skeleton.index(f"wrist.{side}")]
    return turn @ (normal / np.linalg.norm(normal)), turn @ (along / np.linalg.norm(along))


@pytest.mark.parametrize(("side", "inwards"), [("L", -1.0), ("R", 1.0)])
def test_palms_face_in_down_and_up_as_the_forearm_turns(skeletons, side, inwards):
    place = (0.05, -0.25, 0.27)
    facing = {}
    for degrees in (0.0, 80.0, -75.0):
        pose = hand_pose(place, (degrees, 0.0, 0.0), "flat")
        _, _, rotation, _ = placed(skeletons[0], side, pose)
        facing[degrees], along = palm(skeletons[0], rotation, side)
        assert along[2] > 0.8
    assert facing[0.0][0] * inwards > 0.8
    assert facing[80.0][1] < -0.8
    assert facing[-75.0][1] > 0.8


def test_arms_hang_with_the_palms_towards_the_thighs(skeletons):
    for side, inwards in (("L", -1.0), ("R", 1.0)):
        arm, solved, rotation, _ = placed(skeletons[0], side, REST)
        normal, along = palm(skeletons[0], rotation, side)
        assert along[1] < -0.8
        assert normal[0] * inwards > 0.6
        assert solved.elbow[1] < arm.shoulder[1] - 0.2
        assert solved.wrist[1] < solved.elbow[1] - 0.2


def tip_distance(shape, skeleton, finger):
    """From the last finger joint to the wrist, metres."""
    pose = hand_pose((0.05, -0.25, 0.27), (0.0, 0.0, 0.0), shape)
    _, _, _, position = placed(skeleton, "L", pose)
    tip = position[skeleton.index(f"finger{finger}-3.L")]
    return np.linalg.norm(tip - position[skeleton.index("wrist.L")])


def test_fingers_curl_towards_the_palm(skeletons):
    skeleton = skeletons[0]
    for finger in range(2, 6):
        by_shape = {shape: tip_distance(shape, skeleton, finger) for shape in HAND_SHAPES}
        assert by_shape["open"] > by_shape["relaxed"] > by_shape["fist"]
    assert tip_distance("point", skeleton, 2) > tip_distance("point", skeleton, 3) + 0.02


def test_bones_keep_their_lengths(skeletons):
    skeleton = skeletons[1]
    _, _, _, position = placed(skeleton, "L", STROKES[0])
    parents = skeleton.parents
    for joint in range(1, len(parents)):
        rest = skeleton.rest_positions[joint] - skeleton.rest_positions[parents[joint]]
        moved = position[joint] - position[parents[joint]]
        assert np.linalg.norm(moved) == pytest.approx(np.linalg.norm(rest), abs=1e-5)
