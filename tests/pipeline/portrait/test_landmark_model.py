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


def drawn_and_tracked() -> tuple[np.ndarray, np.ndarray]:
    """Landmarks (478, 3) by which lips and lids are drawn; (468, 3) where the tracker sees them."""
    corners, weights = MODEL.landmark_vertices, MODEL.landmark_weights
    drawn = (MODEL.rest_vertices[corners] * weights[..., None]).sum(1)
    return drawn, at_landmarks(MODEL, MODEL.rest_vertices)


def test_inner_lips_are_the_ones_that_are_drawn():
    drawn, tracked = drawn_and_tracked()
    inner = [*UPPER_LIP_INNER, *LOWER_LIP_INNER]
    assert np.abs(tracked[inner] - drawn[inner]).max() < 2e-5


def test_lids_lie_on_the_margins_that_are_drawn():
    drawn, tracked = drawn_and_tracked()
    for margin in map(list, (*UPPER_LID, *LOWER_LID)):
        away = off_line(tracked[margin], drawn[margin])
        assert away[1:-1].max() < 0.0004
        # The tracker's corners of the eye lie beside those of the mesh.
        assert away[[0, -1]].max() < 0.0025


def off_line(points: np.ndarray, line: np.ndarray) -> np.ndarray:
    """(P,) metres of points (P, 3) from a line through points (L, 3)."""
    start, way = line[:-1], np.diff(line, axis=0)
    along = ((points[:, None] - start) * way).sum(-1) / np.square(way).sum(-1)
    foot = start + np.clip(along, 0, 1)[..., None] * way
    return np.linalg.norm(points[:, None] - foot, axis=-1).min(1)


def test_the_model_is_built_once():
    assert landmark_model(MODEL) is landmark_model(MODEL)
