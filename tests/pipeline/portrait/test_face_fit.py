"""Identity, expression and pose of a face from its landmarks."""

import numpy as np
import pytest

from pipeline.names import ACTION_INDEX, FACIAL_ACTIONS
from pipeline.portrait.face_fit import (
    ONE_SIDED,
    UNSEEN,
    Earlier,
    FaceFit,
    FaceProblem,
    Lens,
    first_guess,
)
from pipeline.portrait.landmark_model import landmark_model
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.template import load_template
from tests.pipeline.portrait.made_face import MadePerson, make_person

MODEL = load_template()
LANDMARKS = landmark_model(MODEL)
LENS = Lens(1600.0, np.array([256.0, 384.0]))
SIZE = len(MODEL.identity_names)


def fitted(face: FaceLandmarks) -> FaceFit:
    guess = first_guess(LANDMARKS, face, LENS, SIZE)
    return FaceProblem(LANDMARKS, MODEL.identity_names, face, LENS).solve(guess)


def turn_off_deg(person: MadePerson, fit: FaceFit) -> float:
    head = MODEL.joint_names.index("head")
    true = person.camera.rotation @ person.geometry.rotations[head]
    return float(np.degrees(np.arccos(np.clip((np.trace(true.T @ fit.rotation) - 1) / 2, -1, 1))))


@pytest.mark.parametrize("head", [(0, 0, 0), (0.6, 0, 0), (-0.6, 0.2, 0.1), (0.1, -0.3, -0.3)])
def test_heads_are_found_in_any_usual_pose(head):
    person = make_person(7, head_rotation=head)
    fit = fitted(person.face)
    assert turn_off_deg(person, fit) < 4
    miss = np.linalg.norm(fit.predicted - person.face.points[:468, :2], axis=1)
    assert np.median(miss) < 1.8


def test_a_neutral_face_is_given_next_to_no_expression():
    assert fitted(make_person(8, noise_px=0.7).face).actions.sum() < 1.0


@pytest.mark.parametrize("name", ["jawOpen", "browInnerUp", "mouthPucker"])
def test_a_plain_expression_is_named(name):
    actions = fitted(make_person(9, noise_px=0.5, actions={name: 0.6}).face).actions
    assert actions[ACTION_INDEX[name]] > 0.3
    assert actions.argmax() == ACTION_INDEX[name]


def test_bounds_are_kept_and_what_cannot_be_seen_stays_mean():
    fit = fitted(make_person(10, noise_px=6.0, head_rotation=(0.5, 0, 0)).face)
    assert ((fit.actions >= 0) & (fit.actions <= 1)).all()
    assert np.abs(fit.identity).max() <= 3
    hidden = [k for k, n in enumerate(MODEL.identity_names) if n.startswith(UNSEEN + ONE_SIDED)]
    assert np.abs(fit.identity[hidden]).max() == 0
    still = [k for k, n in enumerate(FACIAL_ACTIONS) if n.startswith(("eyeLook", "tongue"))]
    assert np.abs(fit.actions[still]).max() == 0


def test_a_face_is_as_large_as_a_face_whatever_the_size_of_its_picture():
    face = make_person(11, noise_px=0).face
    near = FaceLandmarks((face.points - [256, 384, 0]) * 1.5 + [256, 384, 0], 1.0)
    sizes = []
    for seen in (face, near):
        fit = fitted(seen)
        centres, _ = LANDMARKS.eyes(fit.identity)
        sizes.append(np.linalg.norm(centres[0] - centres[1]))
    assert np.allclose(sizes, 0.062, atol=0.005)


def test_the_frame_before_holds_the_actions_back():
    person = make_person(12, noise_px=0.5, actions={"jawOpen": 0.5})
    guess = first_guess(LANDMARKS, person.face, LENS, SIZE)
    stiff = Earlier(np.zeros(52), 0.005)
    problem = FaceProblem(LANDMARKS, MODEL.identity_names, person.face, LENS, stiff)
    jaw = ACTION_INDEX["jawOpen"]
    assert problem.solve(guess).actions[jaw] < 0.5 * fitted(person.face).actions[jaw]
