"""Open mouths are described by actions."""

import numpy as np

from pipeline.names import ACTION_INDEX
from pipeline.portrait.face_fit import FaceProblem, Lens, first_guess
from pipeline.portrait.landmark_model import MESH_LANDMARKS, landmark_model
from pipeline.portrait.mouth_fit import fit_open_mouth, is_open
from pipeline.template import load_template
from tests.pipeline.portrait.made_face import make_person

MODEL = load_template()
LANDMARKS = landmark_model(MODEL)
LENS = Lens(1600.0, np.array([256.0, 384.0]))
LAUGH = {"jawOpen": 0.3, "mouthUpperUpLeft": 0.8, "mouthUpperUpRight": 0.8,
         "mouthSmileLeft": 0.6, "mouthSmileRight": 0.6}  # fmt: skip


def test_only_a_gap_between_the_lips_is_an_open_mouth():
    for actions, opened in ((LAUGH, True), ({}, False)):
        face = make_person(3, noise_px=0, actions=actions).face
        assert is_open(face.points[:MESH_LANDMARKS, :2], face.inter_ocular_px) == opened


def test_actions_take_over_what_the_first_fit_left_of_an_opening():
    person = make_person(3, noise_px=0.3, actions=LAUGH)
    target = person.face.points[:MESH_LANDMARKS, :2].astype(np.float64)
    guess = first_guess(LANDMARKS, person.face, LENS, len(MODEL.identity_names))
    first = FaceProblem(LANDMARKS, MODEL.identity_names, person.face, LENS).solve(guess)
    fit = fit_open_mouth(LANDMARKS, first, target, LENS)
    inner = [13, 14, 82, 87, 312, 317]
    missed = [
        np.linalg.norm(f.predicted[inner] - target[inner], axis=1).mean() for f in (first, fit)
    ]
    assert missed[1] < min(missed[0], 0.8)
    assert ((fit.actions >= 0) & (fit.actions <= 1)).all()
    smile = ACTION_INDEX["mouthSmileLeft"]
    assert fit.actions[smile] == first.actions[smile]
