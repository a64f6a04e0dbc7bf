"""Frames of a video, with the person known."""

import numpy as np
import pytest

from pipeline.names import ACTION_INDEX, JOINT_INDEX, SPINE_JOINTS
from pipeline.portrait.fit import fit_portrait
from pipeline.portrait.frame_fit import fit_frame, relative_motion
from pipeline.rest_pose import resting_joint_rotation
from pipeline.stream_types import BodyFrame, FaceFrame, State
from pipeline.template import Template, load_template
from tests.people import face_frame
from tests.pipeline.portrait.made_face import make_person, seen_body, seen_face

MODEL = load_template()
SPINE = [JOINT_INDEX[name] for name in SPINE_JOINTS]


@pytest.fixture(scope="module")
def person():
    return make_person(1, noise_px=0.0, head_rotation=(0, 0, 0), gaze=(0, 0))


@pytest.fixture(scope="module")
def fit(person):
    return fit_portrait(person.face, person.body)


def geometry_of(person, face: FaceFrame, spine=(0.0, 0.0, 0.0)):
    rest = resting_joint_rotation(MODEL.skeleton(person.identity))
    joints = rest.copy()
    joints[SPINE] += np.array(spine, np.float32) / len(SPINE)
    template = Template(MODEL, person.identity, person.source, rest)
    return template.step(face, BodyFrame(0, joints, np.zeros(16, np.float32)))


def seen(person, geometry):
    return seen_face(geometry, person.camera), seen_body(geometry, person.camera)


def test_the_portrait_itself_is_no_motion(person, fit):
    motion = relative_motion(fit_frame(person.face, person.body, fit), fit)
    assert np.abs(motion.head_rotation).max() < 0.02
    assert np.abs(motion.head_translation).max() < 0.004
    assert np.abs(motion.gaze).max() < 0.03
    rest = resting_joint_rotation(MODEL.skeleton(fit.identity))
    assert np.abs(motion.joint_rotation - rest).max() < 0.03


def test_a_turning_head_is_followed(person, fit):
    previous = None
    for yaw in np.linspace(0, 0.3, 5):
        face = face_frame(head_rotation=(yaw, 0.1, 0.05))
        previous = fit_frame(*seen(person, geometry_of(person, face)), fit, previous)
    assert previous is not None
    motion = relative_motion(previous, fit)
    assert np.allclose(motion.head_rotation[1:], [0.1, 0.05], atol=0.03)
    # Shoulders in a picture tell a turned torso from a turned neck only roughly.
    torso = previous.posture[0] - fit.posture[0]
    assert abs(motion.head_rotation[0] + torso - 0.3) < 0.05


def test_a_blink_and_a_jaw_are_seen_at_once(person, fit):
    rest = fit_frame(*seen(person, geometry_of(person, face_frame())), fit)
    quick = {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0, "jawOpen": 0.3}
    frame = fit_frame(*seen(person, geometry_of(person, face_frame(quick))), fit, rest)
    actions = relative_motion(frame, fit).actions
    for name, amount in quick.items():
        assert abs(actions[ACTION_INDEX[name]] - amount) < 0.15


def test_a_leaning_torso_takes_head_and_shoulders_along(person, fit):
    geometry = geometry_of(person, face_frame(), spine=(0.0, 0.0, 0.12))
    frame = fit_frame(*seen(person, geometry), fit)
    turned = relative_motion(frame, fit).joint_rotation[SPINE].sum(0)
    assert abs(turned[2] - 0.12) < 0.03


def test_what_is_returned_drives_the_portrait_to_the_frame(person, fit):
    face = face_frame({"jawOpen": 0.25}, head_rotation=(0.2, -0.1, 0.0), gaze=(0.1, 0.0))
    frame = fit_frame(*seen(person, geometry_of(person, face)), fit)
    motion = relative_motion(frame, fit)
    rest = resting_joint_rotation(MODEL.skeleton(fit.identity))
    template = Template(MODEL, fit.identity, fit.source, rest, fit.correction)
    driven = template.step(
        FaceFrame(0, motion.actions, motion.head_rotation, motion.head_translation, motion.gaze,
                  np.zeros(15, np.float32), State.SPEAKING),
        BodyFrame(0, motion.joint_rotation, np.zeros(16, np.float32)),
    )  # fmt: skip
    head = MODEL.joint_names.index("head")
    turned = fit.camera.rotation @ driven.rotations[head]
    place = fit.camera.rotation @ driven.positions[head] + fit.camera.translation
    assert np.allclose(turned, frame.face.rotation, atol=5e-3)
    assert np.allclose(place[:2], frame.face.translation[:2], atol=2e-3)


def test_without_a_body_the_head_alone_moves(person, fit):
    face = face_frame(head_rotation=(0.2, 0, 0))
    frame = fit_frame(seen(person, geometry_of(person, face))[0], None, fit)
    assert abs(relative_motion(frame, fit).head_rotation[0] - 0.2) < 0.1


def test_residuals_of_clean_landmarks_are_small(person, fit):
    frame = fit_frame(*seen(person, geometry_of(person, face_frame())), fit)
    assert frame.residual < 0.01
