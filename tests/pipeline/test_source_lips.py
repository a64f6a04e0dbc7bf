"""Where the portrait's lips are, seen in its pixels."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.source_lips import SAMPLES, LipContours, find_lips
from tests.pipeline.faces import gallery_face, smiling_face

PX_PER_M = 1067.0


@pytest.fixture(scope="module")
def closed():
    return gallery_face()


@pytest.fixture(scope="module")
def smiling(tmp_path_factory):
    return smiling_face(tmp_path_factory.mktemp("smile"))


def contours(face) -> LipContours:
    return LipContours.of(face.template.model, face.source.points)


def test_closed_lips_have_one_line(closed):
    lips = find_lips(closed.avatar, contours(closed), PX_PER_M)
    assert not lips.parted
    np.testing.assert_array_equal(lips.upper, lips.lower)


def test_the_line_of_closed_lips_is_the_dark_one(closed):
    lips = find_lips(closed.avatar, contours(closed), PX_PER_M)
    columns = np.linspace(lips.mesh.x_right, lips.mesh.x_left, SAMPLES)[20:-20].astype(int)
    light = closed.avatar.portrait.astype(float).mean(2)
    rows = np.floor(lips.upper[20:-20]).astype(int)
    seam = light[rows, columns].mean()
    assert seam < light[rows - 3, columns].mean()
    assert seam < light[rows + 3, columns].mean()


def test_a_contour_that_lies_beside_the_line_is_drawn_to_it(closed):
    mesh = contours(closed)
    beside = replace(mesh, upper=mesh.upper + 1.5, lower=mesh.lower + 1.5)
    right = find_lips(closed.avatar, mesh, PX_PER_M)
    found = find_lips(closed.avatar, beside, PX_PER_M)
    assert np.abs(found.upper - right.upper)[16:-16].mean() < 0.7


def test_parted_lips_keep_their_edges_apart(smiling):
    lips = find_lips(smiling.avatar, contours(smiling), PX_PER_M)
    assert lips.parted
    assert (lips.gap >= 0).all()
    assert np.abs(lips.upper - lips.mesh.upper).max() <= 1.6
    assert np.abs(lips.lower - lips.mesh.lower).max() <= 1.6


def test_places_run_from_corner_to_corner(closed):
    mesh = contours(closed)
    ends = mesh.along(np.array([mesh.x_right - 9, mesh.x_right, mesh.x_left, mesh.x_left + 9]))
    np.testing.assert_allclose(ends, [0, 0, SAMPLES - 1, SAMPLES - 1])
