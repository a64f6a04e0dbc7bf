"""The fit of the template to a portrait, against people whose template is known exactly."""

import numpy as np
import pytest

from pipeline.names import ACTION_INDEX
from pipeline.portrait.fit import fit_portrait
from pipeline.portrait.landmark_model import at_landmarks
from pipeline.template import Template, load_template
from tests.pipeline.portrait.made_face import MadePerson, make_person

SMILE = {"jawOpen": 0.2, "mouthSmileLeft": 0.4, "mouthSmileRight": 0.4, "browInnerUp": 0.3}


@pytest.fixture(scope="module")
def person() -> MadePerson:
    return make_person(1, actions=SMILE)


@pytest.fixture(scope="module")
def fit(person):
    return fit_portrait(person.face, person.body)


@pytest.fixture(scope="module")
def geometry(fit):
    rest = fit.source.joint_rotation
    template = Template(load_template(), fit.identity, fit.source, rest, fit.correction)
    return template.source_geometry()


def test_landmarks_are_met_within_the_noise_of_the_tracker(person, fit):
    assert fit.residuals.face_before < 0.025
    assert fit.residuals.face_after < 0.015


def test_the_posed_template_lies_on_the_landmarks(person, fit, geometry):
    pixels, depth = fit.camera.project(geometry.vertices)
    seen = at_landmarks(load_template(), np.column_stack([pixels, depth]))[:, :2]
    miss = np.linalg.norm(seen - person.face.points[:468, :2], axis=1)
    assert np.median(miss) / person.face.inter_ocular_px < 0.015


def test_the_pose_of_the_head_is_found(person, fit, geometry):
    head = load_template().joint_names.index("head")
    found = fit.camera.rotation @ geometry.rotations[head]
    true = person.camera.rotation @ person.geometry.rotations[head]
    angle = np.arccos(np.clip((np.trace(true.T @ found) - 1) / 2, -1, 1))
    assert np.degrees(angle) < 4


def test_shoulders_meet_their_landmarks(fit):
    assert fit.residuals.shoulders is not None
    assert fit.residuals.shoulders < 0.02


def test_an_open_smiling_mouth_is_recognised(fit):
    for name in ("jawOpen", "mouthSmileLeft", "mouthSmileRight"):
        assert abs(fit.source.actions[ACTION_INDEX[name]] - SMILE[name]) < 0.25


def test_the_gaze_is_found(person, fit):
    assert np.degrees(np.abs(fit.source.gaze - person.source.gaze)).max() < 6


def test_without_a_body_the_torso_stays_upright(person):
    fit = fit_portrait(person.face, None)
    assert fit.residuals.shoulders is None
    assert np.abs(fit.source.joint_rotation[:5]).max() < 1e-6
