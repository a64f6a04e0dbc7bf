"""What the identity lacks, spread smoothly over the mesh."""

import numpy as np
import pytest

from pipeline.portrait.face_fit import FaceProblem, Lens, first_guess
from pipeline.portrait.landmark_model import (
    LIDS,
    LIPS,
    MESH_LANDMARKS,
    OUTLINE,
    at_landmarks,
    landmark_model,
)
from pipeline.portrait.shape_correction import LARGEST_M, shape_correction
from pipeline.template import EYE_JOINTS, Part, load_template
from tests.pipeline.portrait.made_face import make_person

MODEL = load_template()
LENS = Lens(1600.0, np.array([256.0, 384.0]))
LANDMARKS = landmark_model(MODEL)


@pytest.fixture(scope="module")
def fit():
    face = make_person(4, noise_px=0.5).face
    guess = first_guess(LANDMARKS, face, LENS, len(MODEL.identity_names))
    return FaceProblem(LANDMARKS, MODEL.identity_names, face, LENS).solve(guess)


def shifted(fit, landmarks, by_px) -> np.ndarray:
    """The fit's own landmarks, some of them elsewhere."""
    target = fit.predicted.copy()
    target[list(landmarks)] += by_px
    return target


def missed_px(fit, correction, target) -> np.ndarray:
    points = LANDMARKS.points(fit.identity, fit.actions) + at_landmarks(MODEL, correction)
    seen = points @ fit.rotation.T + fit.translation
    return np.linalg.norm(LENS.project(seen) - target, axis=1)


def test_a_fit_without_error_needs_no_correction(fit):
    correction = shape_correction(MODEL, LANDMARKS, fit, shifted(fit, (), 0), LENS)
    assert np.abs(correction).max() < 2e-4


def test_lids_and_lips_are_met(fit):
    target = shifted(fit, range(MESH_LANDMARKS), 0)
    target += np.random.default_rng(0).normal(0, 1.0, target.shape)
    miss = missed_px(fit, shape_correction(MODEL, LANDMARKS, fit, target, LENS), target)
    assert np.median(miss[list(LIPS + LIDS)]) < 0.6
    assert np.median(miss) < 1.0


def test_the_outline_alone_pulls_little(fit):
    target = shifted(fit, OUTLINE[:1], (0, -8))
    correction = shape_correction(MODEL, LANDMARKS, fit, target, LENS)
    assert np.linalg.norm(correction, axis=1).max() < 0.002


def test_nothing_moves_far_from_the_face_or_further_than_allowed(fit):
    target = shifted(fit, range(MESH_LANDMARKS), (30, -20))
    correction = shape_correction(MODEL, LANDMARKS, fit, target, LENS)
    assert np.linalg.norm(correction, axis=1).max() < LARGEST_M * 1.03
    hands = np.unique(MODEL.triangles[MODEL.part == Part.HAND])
    assert np.abs(correction[hands]).max() == 0
    behind = MODEL.rest_vertices[:, 2] < -0.08
    assert np.abs(correction[behind]).max() == 0


def test_eyeballs_stay_balls(fit):
    target = fit.predicted + np.random.default_rng(1).normal(0, 2, fit.predicted.shape)
    correction = shape_correction(MODEL, LANDMARKS, fit, target, LENS)
    for name in EYE_JOINTS:
        owned = MODEL.skin_weights[:, MODEL.joint_names.index(name)] > 0.5
        assert np.ptp(correction[owned], axis=0).max() < 1e-7


def test_no_triangle_of_the_face_turns_over(fit):
    target = fit.predicted + np.random.default_rng(2).normal(0, 2, fit.predicted.shape)
    correction = shape_correction(MODEL, LANDMARKS, fit, target, LENS)
    rest = MODEL.identity_vertices(fit.identity.astype(np.float32))
    face = MODEL.triangles[MODEL.part == Part.HEAD]
    a, b, c = ((rest[face[:, k]], (rest + correction)[face[:, k]]) for k in range(3))
    before, after = (np.cross(b[k] - a[k], c[k] - a[k]) for k in (0, 1))
    assert ((before * after).sum(1) > 0).mean() > 0.999


def test_lips_that_seem_parted_do_not_stay_parted(fit):
    target = shifted(fit, (13, 82, 312, 81, 311), (0, -5))
    correction = shape_correction(MODEL, LANDMARKS, fit, target, LENS)
    moved = at_landmarks(MODEL, correction)
    assert (moved[13] - moved[14])[1] < 0.0015
