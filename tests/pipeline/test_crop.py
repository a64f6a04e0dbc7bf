import numpy as np
import pytest

from pipeline.crop import Crop, blend


def test_a_crop_inside_shows_all_of_itself():
    picture = np.arange(48).reshape(6, 8)
    view, part = Crop(2, 1, 3, 2).on(picture)
    np.testing.assert_array_equal(view, picture[1:3, 2:5])
    assert np.zeros((2, 3))[part].shape == (2, 3)


@pytest.mark.parametrize("place", [(-2, -1), (6, 5), (-2, 5), (6, -1)])
def test_an_overhanging_crop_and_its_part_match(place):
    picture = np.zeros((6, 8))
    crop = Crop(*place, 4, 3)
    view, part = crop.on(picture)
    rows, columns = np.broadcast_arrays(crop.rows, crop.columns)
    assert view.shape == rows[part].shape
    assert ((rows[part] > 0) & (rows[part] < 6)).all()
    assert ((columns[part] > 0) & (columns[part] < 8)).all()


@pytest.mark.parametrize("place", [(-9, 0), (20, 0), (0, -9), (0, 20)])
def test_a_crop_outside_is_empty(place):
    picture = np.zeros((6, 8))
    view, part = Crop(*place, 4, 3).on(picture)
    assert view.size == 0
    assert np.zeros((3, 4))[part].size == 0


def test_blending_rounds_and_stays_a_byte():
    target = np.full((1, 3, 1), 100, np.uint8)
    share = np.array([0, 0.5, 1], np.float32).reshape(1, 3, 1)
    blend(target, np.full((1, 3, 1), 400.0), share)
    assert target.ravel().tolist() == [100, 250, 255]
