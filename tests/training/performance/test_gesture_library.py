import numpy as np
import pytest
from scipy.spatial import cKDTree

from pipeline.arm import Arm, resting_torso
from pipeline.avatar import load_avatar
from pipeline.body_pose import BodyPose
from pipeline.hand_pose import REST_FORMS, Slot
from pipeline.motion_space import BODY_SIZE, HANDS
from pipeline.names import BODY_JOINTS, FACIAL_ACTIONS
from pipeline.rest_pose import resting_joint_rotation
from pipeline.stream_types import BodyFrame, FaceFrame, State
from pipeline.template import Part, SourcePose, Template, load_template
from training.performance.gesture_library import GESTURE_FORMS, GestureForm

STILL = FaceFrame(
    0, np.zeros(len(FACIAL_ACTIONS), np.float32), np.zeros(3, np.float32),
    np.zeros(3, np.float32), np.zeros((2, 2), np.float32), np.zeros(15, np.float32), State.IDLE,
)  # fmt: skip


def poses(form: GestureForm) -> list[np.ndarray]:
    return [form.ready, *form.strokes]


def asymmetric(form: GestureForm) -> bool:
    return form.two_handed and any(np.abs(p[0] - p[1]).max() > 0.01 for p in poses(form))


def test_there_are_many_gestures_of_every_kind():
    assert len(GESTURE_FORMS) >= 20
    assert len({form.name for form in GESTURE_FORMS}) == len(GESTURE_FORMS)
    assert sum(not form.two_handed for form in GESTURE_FORMS) >= 8
    assert sum(asymmetric(form) for form in GESTURE_FORMS) >= 4
    assert sum(len(form.strokes) > 1 for form in GESTURE_FORMS) >= 4


@pytest.mark.parametrize("avatar", ["amara", "leon", "maya"])
def test_wrists_reach_what_the_library_asks_for(avatar: str):
    arm = Arm(load_template().skeleton(load_avatar(avatar).identity), "L")
    missed = []
    for form in GESTURE_FORMS:
        for pose in poses(form):
            for hand in pose[: 1 + form.two_handed]:
                solved = arm.solve(hand, resting_torso(arm), 0.04)
                asked = np.array(arm.shoulder) + np.array(arm.wrist_offset(hand.tolist()))
                # The raised clavicle carries the shoulder, but not where the wrist is to be.
                missed.append(np.linalg.norm(np.array(solved.wrist) - asked))
                kept = np.array(arm.wrist_offset(hand.tolist())) / arm._scale
                assert np.abs(kept - hand[: Slot.SWIVEL]).max() < 0.03
    assert np.max(missed) < 0.03
    assert np.mean(np.array(missed) > 0.01) < 0.05


def test_hands_touch_neither_each_other_nor_the_body():
    model = load_template()
    identity = load_avatar("leon").identity
    rest = resting_joint_rotation(model.skeleton(identity))
    source = SourcePose(np.zeros(52, np.float32), np.zeros(3), np.zeros((2, 2)), rest)
    template = Template(model, identity, source, rest)
    pose = BodyPose(template.skeleton)
    hands = np.unique(model.triangles[model.part == Part.HAND])[::3]
    left = model.rest_vertices[hands, 0] > 0
    trunk = np.unique(model.triangles[np.isin(model.part, (Part.TORSO, Part.HEAD))])
    asked = [p[::-1] for form in GESTURE_FORMS if form.two_handed for p in poses(form)]
    for both in [*asked, *(form.hands[::-1] for form in REST_FORMS)]:
        body = np.zeros(BODY_SIZE)
        body[HANDS] = both.ravel()
        frame = BodyFrame(0, pose.joint_rotation(body), np.zeros(16, np.float32))
        assert frame.joint_rotation.shape == (len(BODY_JOINTS), 3)
        vertices = template.step(STILL, frame).vertices
        others = cKDTree(vertices[hands[left]]).query(vertices[hands[~left]])[0]
        assert others.min() > 0.008
        assert cKDTree(vertices[trunk]).query(vertices[hands])[0].min() > 0.02
