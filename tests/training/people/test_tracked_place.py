import numpy as np
import pytest

pytest.importorskip("scipy")
pytest.importorskip("moderngl")

from pipeline.face_landmarks import LOWER_LID, LOWER_LIP_INNER, UPPER_LID, UPPER_LIP_INNER
from pipeline.template import load_template
from training.people.tracked_place import tracked_place
from training.template.place_landmarks import Places, off_line, template_places

MODEL = load_template()


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    """Landmarks (468, 3) by which lips and lids are drawn."""
    return template_places(MODEL).read(MODEL.rest_vertices)


@pytest.fixture(scope="module")
def tracked() -> np.ndarray:
    place = tracked_place()
    return Places(place.corners, place.weights).read(MODEL.rest_vertices)


def test_inner_lips_are_the_ones_that_are_drawn(drawn, tracked):
    inner = [*UPPER_LIP_INNER, *LOWER_LIP_INNER]
    assert np.abs(tracked[inner] - drawn[inner]).max() < 2e-5


def test_lids_lie_on_the_margins_that_are_drawn(drawn, tracked):
    for margin in map(list, (*UPPER_LID, *LOWER_LID)):
        away = off_line(tracked[margin], drawn[margin])
        assert away[1:-1].max() < 0.0004
        # The tracker's corners of the eye lie beside those of the mesh.
        assert away[[0, -1]].max() < 0.0025


def test_both_sides_are_alike(tracked):
    apart = np.linalg.norm(tracked[:, None] - tracked * [-1, 1, 1], axis=2)
    away = apart.min(1)
    assert np.median(away) < 1e-4
    assert away.max() < 0.002
