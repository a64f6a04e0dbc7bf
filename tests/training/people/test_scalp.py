import numpy as np
import pytest

from tests.training.people.base_body import base_body
from training.people.body import Body
from training.people.scalp import (
    BEARDS,
    MIDLINE_V,
    beard_strength,
    distance_inside,
    lip_distance,
    on_head,
    on_scalp,
    skull_of,
    sow,
)

SQUARE = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])


@pytest.fixture(scope="module")
def body() -> Body:
    return base_body()


def rooted(body: Body, density, count: int = 2000):
    return sow(body, density, count, np.random.default_rng(0))


def test_distance_is_positive_inside_an_outline_and_negative_outside():
    points = np.array([[0.5, 0.5], [0.9, 0.5], [1.5, 0.5], [2.0, 2.0]])
    expected = [0.5, 0.1, -0.5, -np.sqrt(2)]
    assert distance_inside(SQUARE, points) == pytest.approx(expected)


def test_the_scalp_reaches_from_the_forehead_to_the_nape_and_spares_face_and_ears(body):
    skull = skull_of(body)
    local = skull.local(rooted(body, lambda uv: (on_scalp(uv) > 0).astype(float)).points)
    assert 0.98 < local[:, 1].max() < 1.01
    assert local[:, 1].min() < -0.6
    front = np.abs(local[:, 0]) < 0.4
    assert local[front & (local[:, 2] > 0.3), 1].min() > 0.5
    below_brows = local[:, 1] < 0.1
    assert local[below_brows, 2].max() < 0.52


def test_both_sides_grow_the_same_hair():
    uv = np.random.default_rng(0).uniform((0.6, 0.2), (1.0, 0.8), (200, 2))
    mirrored = uv * [1, -1] + [0, 2 * MIDLINE_V]
    assert np.allclose(on_scalp(uv), on_scalp(mirrored))
    assert np.allclose(beard_strength("full", uv), beard_strength("full", mirrored))


def test_a_receding_hairline_bares_skin_and_covers_none():
    uv = np.random.default_rng(0).uniform((0.62, 0.2), (0.9, 0.8), (4000, 2))
    full, receded = on_scalp(uv) > 0, on_scalp(uv, 0.03) > 0
    assert not (receded & ~full).any()
    assert (full & ~receded).any()


@pytest.mark.parametrize("name", [*BEARDS, "full"])
def test_no_beard_grows_on_the_lips(body, name):
    roots = rooted(body, lambda uv: (beard_strength(name, uv) > 0).astype(float), 800)
    place = np.abs(roots.atlas)
    assert len(place)
    assert lip_distance(place).min() > 0


def test_roots_lie_on_the_skin_of_the_head_evenly(body):
    roots = rooted(body, lambda uv: np.ones(len(uv)), 3000)
    assert len(roots.points) == 3000
    again = (body.rest[roots.vertex] * roots.share[..., None]).sum(1)
    assert np.allclose(roots.points, again, atol=1e-6)
    assert np.allclose(np.linalg.norm(roots.normals, axis=1), 1, atol=1e-5)
    corner = body.rest[body.triangles[on_head(body)]]
    area = np.linalg.norm(
        np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1
    )
    left = area[corner[:, :, 0].mean(1) > 0].sum() / area.sum()
    assert (roots.points[:, 0] > 0).mean() == pytest.approx(left, abs=0.03)
