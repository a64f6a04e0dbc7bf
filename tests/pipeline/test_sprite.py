"""A piece of the picture follows the vertices that carry it."""

import numpy as np

from pipeline.crop import Crop
from pipeline.sprite import Sprite, over


def sprite() -> tuple[Sprite, np.ndarray]:
    pixels = np.zeros((20, 30, 4), np.float32)
    pixels[5:9, 10:16] = (0.5, 0.4, 0.3, 1.0)
    local = np.random.default_rng(0).uniform(0, 30, (100, 2))
    return Sprite.carried(pixels, local, np.arange(100)), local


def test_unmoved_vertices_leave_it_where_it_was():
    piece, local = sprite()
    drawn = piece.draw(local + np.array([7, 11]), Crop(7, 11, 30, 20))
    np.testing.assert_allclose(drawn, piece.pixels, atol=1e-3)


def test_it_moves_with_its_vertices_and_is_lifted_on_top():
    piece, local = sprite()
    drawn = piece.draw(local + np.array([3, 2]), Crop(0, 0, 60, 40), lift_px=4)
    rows, columns = np.nonzero(drawn[..., 3] > 0.5)
    assert (rows.min(), rows.max()) == (5 + 2 - 4, 8 + 2 - 4)
    assert (columns.min(), columns.max()) == (13, 18)


def test_what_is_above_hides_what_is_below():
    below = np.full((1, 2, 3), 0.2, np.float32)
    above = np.array([[[0.5, 0.5, 0.5, 1.0], [0.0, 0.0, 0.0, 0.0]]], np.float32)
    np.testing.assert_allclose(over(below, above)[0], [[0.5] * 3, [0.2] * 3])
