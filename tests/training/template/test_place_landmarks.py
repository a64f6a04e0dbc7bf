"""Landmarks moved over the mesh to where a tracker sees them."""

import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("moderngl")

from pipeline.portrait.landmark_model import MESH_LANDMARKS, at_landmarks
from pipeline.template import load_template
from tests.pipeline.portrait.made_face import make_person
from training.template.landmark_views import LandmarkView
from training.template.place_landmarks import KEPT, Placement, closest_weights, mirror_of

MODEL = load_template()


def view(seed: int, yaw: float) -> LandmarkView:
    """A tracker that sees every landmark exactly where face_mesh.npz has it."""
    person = make_person(seed, noise_px=0, head_rotation=(yaw, 0, 0))
    places = at_landmarks(MODEL, person.geometry.vertices)
    seen = person.camera.project(places)[0]
    return LandmarkView(person.geometry, person.camera, np.array([yaw, 0, 0]), seen)


@pytest.fixture(scope="module")
def views():
    return [view(seed, yaw) for seed, yaw in enumerate((0, 0, 0.25, -0.25, 0.1, -0.1))]


def test_brows_wander_to_where_they_are_seen(views):
    placement = Placement(MODEL, mirror_of(views))
    brows = [105, 66, 107, 334, 296, 336]

    def missed_px() -> float:
        v = views[0]
        return float(
            np.abs(v.seen - v.camera.project(placement.read(v.geometry.vertices))[0])[brows].mean()
        )

    before = missed_px()
    for _ in range(4):
        placement.step(views, robust=False)
    assert before > 4
    assert missed_px() < 1


def test_lids_and_inner_lips_stay(views):
    placement = Placement(MODEL, mirror_of(views))
    placement.step(views, robust=True)
    assert np.array_equal(placement.corners[KEPT], MODEL.landmark_vertices[KEPT])


def test_every_landmark_has_its_counterpart(views):
    mirror = mirror_of(views)
    assert np.array_equal(mirror[mirror], np.arange(MESH_LANDMARKS))
    assert mirror[33] == 263
    assert mirror[61] == 291


def test_the_foot_of_a_point_is_the_closest_corner_or_inside():
    corners = np.array([[[0, 0, 0], [1, 0, 0], [0, 1, 0.0]]])
    assert np.allclose(closest_weights(corners, np.array([0.25, 0.25, 3.0])), [0.5, 0.25, 0.25])
    assert np.allclose(closest_weights(corners, np.array([-1.0, -1.0, 0.0])), [1, 0, 0])
