"""Gaze from irises."""

import numpy as np
import pytest

from pipeline.portrait.face_fit import FaceFit, Lens
from pipeline.portrait.gaze_fit import LARGEST_GAZE_RAD, gaze_from_irises
from pipeline.portrait.landmark_model import IRIS, landmark_model
from pipeline.template import load_template
from tests.pipeline.portrait.made_face import make_person

MODEL = load_template()
LANDMARKS = landmark_model(MODEL)
LENS = Lens(1600.0, np.array([256.0, 384.0]))


def exact_fit(person) -> FaceFit:
    head = MODEL.joint_names.index("head")
    rotation = person.camera.rotation @ person.geometry.rotations[head]
    place = person.camera.rotation @ person.geometry.positions[head] + person.camera.translation
    identity = person.identity.astype(np.float64)
    return FaceFit(identity, np.zeros(52), np.zeros((2, 2)), rotation, place, np.zeros((468, 2)))


@pytest.mark.parametrize("gaze", [(0.0, 0.0), (0.3, 0.0), (-0.2, 0.15), (0.1, -0.25)])
@pytest.mark.parametrize("yaw", [0.0, 0.4])
def test_the_turn_of_the_eyes_is_found_whatever_the_head_does(gaze, yaw):
    person = make_person(6, noise_px=0, gaze=gaze, head_rotation=(yaw, 0.1, 0.05))
    found = gaze_from_irises(LANDMARKS, person.face, LENS, exact_fit(person))
    assert np.allclose(found, [gaze, gaze], atol=0.01)


def test_an_iris_beside_the_eyeball_is_not_followed_for_ever():
    person = make_person(6, noise_px=0)
    for ring in IRIS:
        person.face.points[list(ring), 0] += 60
    found = gaze_from_irises(LANDMARKS, person.face, LENS, exact_fit(person))
    assert np.abs(found).max() <= LARGEST_GAZE_RAD
