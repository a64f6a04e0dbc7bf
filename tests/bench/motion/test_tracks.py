import numpy as np
import pytest

from bench.motion.tracks import reference_skeleton, tracks_of
from pipeline.body_pose import BodyPose
from pipeline.hand_pose import REST, Slot
from pipeline.motion_space import BODY_SIZE, FACE_SIZE, GAZE, HANDS, HEAD_ROTATION, TORSO_TURN
from pipeline.names import BODY_JOINTS
from pipeline.skeleton import rotations_from_axis_angle
from pipeline.wrist_places import wrist_places
from training.performed_motion import performed_motion


def decoded(face=None, body=None):
    faces = np.zeros((2, FACE_SIZE)) if face is None else face
    bodies = np.zeros((2, BODY_SIZE)) if body is None else body
    if body is None:
        bodies[:, HANDS] = np.tile(REST, 2)
    pose = BodyPose(reference_skeleton())
    return tracks_of(performed_motion(faces, bodies, np.full(2, 2), pose))


def test_eyes_and_head_add_up_to_where_somebody_looks():
    face = np.zeros((2, FACE_SIZE))
    face[:, HEAD_ROTATION] = np.radians([12.0, -5.0, 0.0])
    face[:, GAZE] = np.radians([3.0, 2.0])
    found = decoded(face)
    assert found.head_deg[0] == pytest.approx([12.0, -5.0, 0.0], abs=1e-4)
    assert found.gaze_deg[0] == pytest.approx([3.0, 2.0], abs=0.2)


def test_the_torso_turns_with_the_signs_of_the_head():
    body = np.zeros((2, BODY_SIZE))
    body[:, HANDS] = np.tile(REST, 2)
    body[:, TORSO_TURN] = np.radians([1.0, 2.0, -3.0])
    assert decoded(body=body).torso_deg[0] == pytest.approx([2.0, 1.0, 3.0], abs=0.1)


def test_wrists_are_where_the_pose_of_the_hands_says():
    body = np.zeros((2, BODY_SIZE))
    pose = REST.copy()
    pose[[Slot.LATERAL, Slot.UP, Slot.FORWARD]] = 0.02, -0.25, 0.27
    body[:, HANDS] = np.concatenate((pose, REST))
    left, right = decoded(body=body).wrists_m[0]
    assert left == pytest.approx([0.02, -0.25, 0.27], abs=0.03)
    assert right[1] < -0.45


def test_a_part_of_the_tracks_has_all_of_them():
    part = decoded().between(1, 2)
    assert len(part) == 1
    assert part.hands_m.shape == (1, 6)


def test_wrists_are_where_the_whole_skeleton_puts_them():
    skeleton = reference_skeleton()
    draw = np.random.default_rng(3)
    rotation = 0.4 * draw.standard_normal((1, len(BODY_JOINTS), 3)).astype(np.float32)
    local = np.tile(np.eye(3, dtype=np.float32), (len(skeleton.joint_names), 1, 1))
    joints = [skeleton.index(name) for name in BODY_JOINTS]
    local[joints] = rotations_from_axis_angle(rotation[0])
    turns, places = skeleton.forward_kinematics(local)
    chest = skeleton.index("spine01")
    for hand, side in enumerate("LR"):
        place = (places[skeleton.index(f"wrist.{side}")] - places[chest]) @ turns[chest]
        shoulder = skeleton.rest_positions[skeleton.index(f"upperarm01.{side}")]
        expected = place + skeleton.rest_positions[chest] - shoulder
        assert wrist_places(rotation, skeleton)[0, hand] == pytest.approx(expected, abs=1e-5)
