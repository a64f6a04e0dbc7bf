import numpy as np
import pytest

pytest.importorskip("moderngl")

from training.people.people_sheet import sheet


def test_ten_tiles_fill_two_rows_of_eight_and_the_rest_is_black():
    tiles = [np.full((6, 4, 3), 10 + k, np.uint8) for k in range(10)]
    picture = sheet(tiles)
    assert picture.shape == (12, 32, 3)
    assert (picture[6:, 4:8] == 19).all()
    assert (picture[6:, 8:] == 0).all()


def test_few_tiles_make_one_short_row():
    assert sheet([np.ones((6, 4, 3), np.uint8)] * 3).shape == (6, 12, 3)
