import math

import cv2
import numpy as np
import pytest

from pipeline.portrait.turned_square import TurnedSquare


def _dot(x: float, y: float, height: int = 300, width: int = 400) -> np.ndarray:
    """A soft dot centred at (x, y) px, centre of the first pixel at 0.5."""
    rows, columns = np.mgrid[:height, :width] + 0.5
    dot = 255 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / 50)
    return np.repeat(np.round(dot).astype(np.uint8)[..., None], 3, 2)


def _centre(crop: np.ndarray) -> np.ndarray:
    weight = crop[..., 0].astype(float)
    rows, columns = np.mgrid[: crop.shape[0], : crop.shape[1]] + 0.5
    return np.array([(columns * weight).sum(), (rows * weight).sum()]) / weight.sum()


@pytest.mark.parametrize(
    "square",
    [
        TurnedSquare(200, 150, 128),
        TurnedSquare(180.3, 160.8, 200, 0.6),
        TurnedSquare(190, 120, 220, -2.5),
        TurnedSquare(200, 150, 700, 0.3),
        TurnedSquare(40, 40, 1500, 1.0),
    ],
)
def test_what_a_crop_shows_goes_back_to_where_it_was(square):
    crop = square.crop(_dot(210.25, 140.5), 128, cv2.BORDER_CONSTANT)
    assert crop.shape == (128, 128, 3)
    back = square.to_picture(_centre(crop) / 128)
    step = square.side / 128
    assert np.abs(back - (210.25, 140.5)).max() < 0.06 * max(step, 1)


def test_a_fine_pattern_is_averaged_not_skipped():
    pixels = np.zeros((1024, 1024, 3), np.uint8)
    pixels[:, ::2] = 255
    crop = TurnedSquare.around(pixels).crop(pixels, 64, cv2.BORDER_REPLICATE)
    assert np.abs(crop - 0.5).max() < 0.02


def test_a_square_off_the_picture_continues_its_border():
    pixels = np.full((20, 30, 3), 200, np.uint8)
    for side in (10, 2000):
        square = TurnedSquare(500, -300, side, 0.5)
        assert square.crop(pixels, 16, cv2.BORDER_REPLICATE) == pytest.approx(200 / 255)


def test_the_square_about_points_is_the_same_at_any_angle():
    points = np.array([[0, 0], [10, 0], [10, 4], [0, 4], [5, 2]], float)
    for angle in (0.0, 0.7, math.pi):
        turn = TurnedSquare(0, 0, 1, angle)
        square = TurnedSquare.enclosing(turn.turned(points), angle, 1.5)
        assert square.side == pytest.approx(15)
        centre = turn.turned(np.array([5.0, 2.0]))
        assert (square.x, square.y) == pytest.approx(tuple(centre))
        raised = square.raised(0.2)
        moved = turn.turned(np.array([5.0, 2.0 - 3.0]))
        assert (raised.x, raised.y) == pytest.approx(tuple(moved))
