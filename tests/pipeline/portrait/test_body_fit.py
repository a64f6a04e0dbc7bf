"""Shoulders and arms under a fitted head."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.names import JOINT_INDEX
from pipeline.portrait.body_fit import fit_body
from pipeline.portrait.face_fit import FaceProblem, Lens, first_guess
from pipeline.portrait.landmark_model import landmark_model
from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint
from pipeline.template import SourcePose, Template, load_template
from tests.pipeline.portrait.made_face import make_person

MODEL = load_template()
LENS = Lens(1600.0, np.array([256.0, 384.0]))


@pytest.fixture(scope="module")
def person():
    return make_person(2, noise_px=0.5, head_rotation=(0.3, 0, 0))


@pytest.fixture(scope="module")
def face(person):
    landmarks = landmark_model(MODEL)
    guess = first_guess(landmarks, person.face, LENS, len(MODEL.identity_names))
    return FaceProblem(landmarks, MODEL.identity_names, person.face, LENS).solve(guess)


def with_points(body: BodyLandmarks, places: dict[BodyPoint, tuple[float, float]]):
    points, visibility = body.points.copy(), body.visibility.copy()
    for point, place in places.items():
        points[point, :2] = place
        visibility[point] = 1.0
    return replace(body, points=points, visibility=visibility)


def joint_px(fit, name: str) -> np.ndarray:
    source = SourcePose(np.zeros(52), fit.head_rotation, np.zeros((2, 2)), fit.joint_rotation)
    template = Template(MODEL, fit.identity.astype(np.float32), source, fit.joint_rotation)
    place = template.source_geometry().positions[MODEL.joint_names.index(name)]
    return fit.camera.project(place[None])[0][0]


@pytest.mark.parametrize(
    ("left", "right"),
    [((0, 0), (0, 0)), ((0, -25), (0, 10)), ((-25, 0), (25, 0)), ((30, 20), (-5, 15))],
)
def test_shoulders_follow_their_landmarks(person, face, left, right):
    seen = person.body.points[:, :2]
    body = with_points(
        person.body,
        {
            BodyPoint.LEFT_SHOULDER: tuple(seen[BodyPoint.LEFT_SHOULDER] + left),
            BodyPoint.RIGHT_SHOULDER: tuple(seen[BodyPoint.RIGHT_SHOULDER] + right),
        },
    )
    fit = fit_body(MODEL, face, body, LENS)
    assert fit.shoulder_error is not None
    assert fit.shoulder_error < 0.02


def test_the_head_stays_where_the_face_is(person, face):
    fit = fit_body(MODEL, face, person.body, LENS)
    source = SourcePose(np.zeros(52), fit.head_rotation, np.zeros((2, 2)), fit.joint_rotation)
    template = Template(MODEL, fit.identity.astype(np.float32), source, fit.joint_rotation)
    geometry = template.source_geometry()
    head = MODEL.joint_names.index("head")
    turned = fit.camera.rotation @ geometry.rotations[head]
    place = fit.camera.rotation @ geometry.positions[head] + fit.camera.translation
    assert np.allclose(turned, face.rotation, atol=2e-3)
    assert np.allclose(place, face.translation, atol=1e-4)


def test_the_turn_of_the_head_is_the_necks_not_the_torsos(person, face):
    fit = fit_body(MODEL, face, person.body, LENS)
    assert abs(fit.head_rotation[0] - 0.3) < 0.12
    assert abs(fit.posture[0]) < 0.12


def test_a_hidden_shoulder_does_not_count(person, face):
    body = with_points(person.body, {BodyPoint.LEFT_SHOULDER: (0.0, 0.0)})
    body.visibility[BodyPoint.LEFT_SHOULDER] = 0.1
    fit = fit_body(MODEL, face, body, LENS)
    assert fit.shoulder_error is None
    assert np.linalg.norm(joint_px(fit, "upperarm01.L") - joint_px(fit, "upperarm01.R")) > 150


def test_an_elbow_that_is_seen_turns_the_arm(person, face):
    shoulder = person.body.points[BodyPoint.RIGHT_SHOULDER, :2]
    aside = with_points(
        person.body, {BodyPoint.RIGHT_ELBOW: tuple(shoulder + np.array([-30, 190]))}
    )
    inwards = with_points(
        person.body, {BodyPoint.RIGHT_ELBOW: tuple(shoulder + np.array([60, 190]))}
    )
    missed = []
    for body in (aside, inwards):
        fit = fit_body(MODEL, face, body, LENS)
        wanted = body.points[BodyPoint.RIGHT_ELBOW, :2]
        missed.append(np.linalg.norm(joint_px(fit, "lowerarm01.R") - wanted))
    assert max(missed) < 3


def test_an_elbow_beyond_the_picture_leaves_the_arm_hanging(person, face):
    seen = fit_body(MODEL, face, person.body, LENS)
    body = with_points(person.body, {BodyPoint.LEFT_ELBOW: (300.0, 780.0)})
    unseen = fit_body(MODEL, face, body, LENS)
    upper = JOINT_INDEX["upperarm01.L"]
    assert np.allclose(seen.joint_rotation[upper], unseen.joint_rotation[upper])


def test_somebody_elses_shoulders_are_left_alone(person, face):
    far = with_points(
        person.body,
        {BodyPoint.LEFT_SHOULDER: (480.0, 90.0), BodyPoint.RIGHT_SHOULDER: (380.0, 90.0)},
    )
    fit = fit_body(MODEL, face, far, LENS)
    assert fit.shoulder_error is None
    assert np.abs(fit.posture[:3]).max() == 0
