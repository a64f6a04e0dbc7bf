"""Landmarks moved over the mesh to where a tracker sees them."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("moderngl")

from pipeline.portrait.landmark_model import MESH_LANDMARKS
from pipeline.template import load_template
from tests.pipeline.portrait.made_face import make_person
from training.people.tracked_place import tracked_place
from training.template.landmark_views import LandmarkView
from training.template.place_landmarks import (
    KEPT,
    MARGINS,
    Places,
    Skin,
    errors,
    inner_points,
    mirror_of,
    off_line,
    template_places,
)

MODEL = load_template()


def shipped() -> Places:
    place = tracked_place()
    return Places(place.corners, place.weights.astype(np.float64))


def view(seed: int, yaw: float) -> LandmarkView:
    """A tracker that sees every landmark exactly where tracked_place.npz has it."""
    person = make_person(seed, noise_px=0, head_rotation=(yaw, 0, 0))
    vertices = person.geometry.vertices
    seen = person.camera.project(shipped().read(vertices))[0]
    unit_px = float(np.linalg.norm(seen[33] - seen[263]))
    return LandmarkView(vertices, person.camera, seen, np.ones(MESH_LANDMARKS, bool), unit_px)


@pytest.fixture(scope="module")
def views():
    return [view(seed, yaw) for seed, yaw in enumerate((0, 0, 0.25, -0.25, 0.1, -0.1))]


@pytest.fixture(scope="module")
def original() -> Places:
    return template_places(MODEL)


@pytest.fixture(scope="module")
def placed(views, original) -> Places:
    return Skin(MODEL, strips=2).moved(original, views)


def test_brows_wander_to_where_they_are_seen(views, original, placed):
    brows = [105, 66, 107, 334, 296, 336]

    def missed_px(places: Places) -> float:
        seen = views[0].camera.project(places.read(views[0].vertices))[0]
        return float(np.abs(seen - views[0].seen)[brows].mean())

    assert missed_px(original) > 4
    assert missed_px(placed) < 1.5


def test_landmarks_come_nearer_to_where_they_are_seen(views, original, placed):
    assert np.median(errors(placed, views)) < 0.45 * np.median(errors(original, views))


def test_inner_lips_stay(original, placed):
    assert np.array_equal(placed.corners[KEPT], original.corners[KEPT])


def test_lids_slide_along_their_margins_only(views, original):
    """Seen halfway to the next landmark, and higher."""
    lids = [(list(margin[1:-1]), list(margin[2:])) for margin in MARGINS]
    elsewhere = []
    for view in views:
        seen = view.seen.copy()
        for lid, following in lids:
            seen[lid] = (view.seen[lid] + view.seen[following]) / 2 - [0, 3]
        elsewhere.append(replace(view, seen=seen))
    start = shipped()
    placed = Skin(MODEL, strips=4).moved(start, elsewhere)
    drawn, before, after = (
        places.read(MODEL.rest_vertices) for places in (original, start, placed)
    )
    moved = []
    for (lid, following), margin in zip(lids, MARGINS, strict=True):
        assert off_line(after[lid], drawn[list(margin)]).max() < 0.0005
        way = np.linalg.norm(before[following] - before[lid], axis=1)
        moved.append(np.linalg.norm(after[lid] - before[lid], axis=1) / way)
    assert 0.3 < np.mean(moved) < 0.8


def test_distances_from_a_line_end_at_its_ends():
    line = np.array([[0, 0, 0], [2, 0, 0], [2, 2, 0.0]])
    points = np.array([[1, 0.5, 0], [2, 1, 3], [-3, 4, 0], [2.5, 0, 0]])
    assert np.allclose(off_line(points, line), [0.5, 3, 5, 0.5])


def test_landmarks_that_are_hidden_do_not_count(views, original):
    hidden = np.ones(MESH_LANDMARKS, bool)
    hidden[105] = False
    lied = views[0].seen.copy()
    lied[105] += 40
    liar = LandmarkView(views[0].vertices, views[0].camera, lied, hidden, views[0].unit_px)
    honest = [v.seen[105] for v in views[1:]]
    placed = Skin(MODEL, strips=2).moved(original, [liar, *views[1:]])
    for seen, other in zip(honest, views[1:], strict=True):
        place = other.camera.project(placed.read(other.vertices))[0][105]
        assert np.linalg.norm(place - seen) < 0.05 * other.unit_px


def test_every_landmark_has_its_counterpart():
    mirror = mirror_of(shipped().read(MODEL.rest_vertices))
    assert np.array_equal(mirror[mirror], np.arange(MESH_LANDMARKS))
    # Among them neighbours of the corners of eyes and mouth.
    pairs = {33: 263, 61: 291, 62: 292, 76: 306, 78: 308, 133: 362, 153: 380, 155: 382, 227: 447}
    assert mirror[list(pairs)].tolist() == list(pairs.values())
    assert mirror[10] == 10


def test_points_of_a_triangle_are_inside_and_even():
    points = inner_points(4)
    assert len(points) == 16
    assert (points > 0).all()
    assert np.allclose(points.sum(1), 1)
    assert np.allclose(points.mean(0), 1 / 3)
