"""Body motion on a portrait's own pose."""

import numpy as np
import pytest

from pipeline.arm import ARM_JOINTS, Arm, resting_torso
from pipeline.hand_pose import REST
from pipeline.names import BODY_JOINTS, JOINT_INDEX
from pipeline.retarget import Retarget
from pipeline.skeleton import rotations_from_axis_angle
from pipeline.template import load_template
from tests.pipeline.hand_poses import READY, STROKES

FIRST = [JOINT_INDEX[f"upperarm01.{side}"] for side in "LR"]


@pytest.fixture(scope="module")
def skeleton():
    template = load_template()
    return template.skeleton(np.zeros(len(template.identity_names)))


def body(skeleton, pose):
    """(49, 3) of both arms in a hand pose; and the wrists' places, metres."""
    rotation, wrists = np.zeros((len(BODY_JOINTS), 3)), []
    for side, first in zip("LR", FIRST, strict=True):
        arm = Arm(skeleton, side)
        solved = arm.solve(pose, resting_torso(arm), 0.0)
        rotation[first : first + ARM_JOINTS] = solved.rotations
        wrists.append(np.subtract(solved.wrist, arm.shoulder))
    return rotation, wrists


def seated(rest):
    """A portrait's pose: shoulders dropped, arms a little out and bent."""
    source = rest.copy()
    for side, sign in (("L", 1.0), ("R", -1.0)):
        source[JOINT_INDEX[f"clavicle.{side}"]] += (0.0, 0.0, -0.09 * sign)
        source[JOINT_INDEX[f"shoulder01.{side}"]] += (0.0, 0.0, -0.17 * sign)
        source[JOINT_INDEX[f"upperarm01.{side}"]] += (0.0, 0.3 * sign, 0.2 * sign)
        source[JOINT_INDEX[f"lowerarm01.{side}"]] += (0.2, 0.2 * sign, 0.0)
    return source


def reached(skeleton, local):
    """Wrists relative to the shoulders, left and right."""
    full = np.tile(np.eye(3, dtype=np.float32), (len(skeleton.joint_names), 1, 1))
    full[[skeleton.index(name) for name in BODY_JOINTS]] = local
    _, position = skeleton.forward_kinematics(full)
    return [
        position[skeleton.index(f"wrist.{s}")] - position[skeleton.index(f"upperarm01.{s}")]
        for s in "LR"
    ]


def test_at_rest_the_portraits_pose_is_kept_exactly(skeleton):
    rest, _ = body(skeleton, REST)
    source = seated(rest)
    local = Retarget(source, rest).step(rest.astype(np.float32))
    assert local == pytest.approx(rotations_from_axis_angle(source), abs=1e-5)


def test_without_a_difference_motion_is_taken_over_unchanged(skeleton):
    rest, _ = body(skeleton, REST)
    for pose in STROKES:
        motion, _ = body(skeleton, pose)
        local = Retarget(rest, rest).step(motion.astype(np.float32))
        assert local == pytest.approx(rotations_from_axis_angle(motion), abs=2e-4)


def test_raised_hands_meet_their_targets_whatever_the_portraits_pose(skeleton):
    rest, _ = body(skeleton, REST)
    retarget = Retarget(seated(rest), rest)
    for pose in (*READY, *STROKES):
        motion, wrists = body(skeleton, pose)
        places = reached(skeleton, retarget.step(motion.astype(np.float32)))
        assert np.array(places) == pytest.approx(np.array(wrists), abs=0.015)


def test_an_arm_that_rises_moves_without_a_jump(skeleton):
    rest, _ = body(skeleton, REST)
    retarget = Retarget(seated(rest), rest)
    places = []
    for share in np.linspace(0.0, 1.0, 121):
        motion, _ = body(skeleton, REST + share * (READY[1] - REST))
        places.append(reached(skeleton, retarget.step(motion.astype(np.float32))))
    steps = np.linalg.norm(np.diff(np.array(places), axis=0), axis=2)
    assert steps.max() < 0.02


def test_the_torso_turns_on_top_of_the_portrait(skeleton):
    rest, _ = body(skeleton, REST)
    source = seated(rest)
    source[JOINT_INDEX["spine02"]] = (0.05, 0.0, 0.0)
    motion = rest.copy()
    motion[JOINT_INDEX["spine02"]] = (0.02, 0.0, 0.0)
    local = Retarget(source, rest).step(motion.astype(np.float32))
    expected = rotations_from_axis_angle(np.array([0.07, 0.0, 0.0]))
    assert local[JOINT_INDEX["spine02"]] == pytest.approx(expected, abs=1e-5)
