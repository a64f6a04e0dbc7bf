"""The landmarks as a linear function of identity and actions."""

import numpy as np

from pipeline.face_landmarks import LOWER_LID, LOWER_LIP_INNER, UPPER_LID, UPPER_LIP_INNER
from pipeline.portrait.landmark_model import at_landmarks, landmark_model
from pipeline.template import EYE_JOINTS, SourcePose, Template, load_template

MODEL = load_template()


def test_points_are_those_of_the_posed_template():
    rng = np.random.default_rng(2)
    identity = rng.normal(0, 0.5, 132).astype(np.float32)
    actions = rng.uniform(0, 0.5, 52).astype(np.float32)
    joints = np.zeros((49, 3), np.float32)
    source = SourcePose(actions, np.zeros(3), np.zeros((2, 2)), joints)
    vertices = Template(MODEL, identity, source, joints).source_geometry().vertices
    points = landmark_model(MODEL).points(identity, actions)
    assert np.abs(points - at_landmarks(MODEL, vertices)).max() < 3e-5


def test_eyes_are_where_the_skeleton_has_them_and_as_large_as_the_mesh():
    identity = np.random.default_rng(4).normal(0, 0.5, 132).astype(np.float32)
    centres, radii = landmark_model(MODEL).eyes(identity)
    skeleton = MODEL.skeleton(identity)
    vertices = MODEL.identity_vertices(identity)
    for eye, name in enumerate(EYE_JOINTS):
        joint = skeleton.index(name)
        place = skeleton.rest_positions[joint]
        assert np.allclose(centres[eye], place - skeleton.rest_positions[skeleton.index("head")])
        owned = MODEL.skin_weights[:, joint] > 0.5
        spokes = np.linalg.norm(vertices[owned] - place, axis=1)
        assert abs(spokes.mean() - radii[eye]) < 1e-4


def test_lids_and_inner_lips_are_the_ones_that_are_drawn():
    place = landmark_model(MODEL).place
    drawn = [*UPPER_LIP_INNER, *LOWER_LIP_INNER, *np.ravel(UPPER_LID), *np.ravel(LOWER_LID)]
    theirs = MODEL.rest_vertices[MODEL.landmark_vertices[drawn]]
    theirs = (theirs * MODEL.landmark_weights[drawn][..., None]).sum(1)
    ours = MODEL.rest_vertices[place.corners[drawn]] * place.weights[drawn][..., None]
    assert np.abs(ours.sum(1) - theirs).max() < 2e-5


def test_the_model_is_built_once():
    assert landmark_model(MODEL) is landmark_model(MODEL)
