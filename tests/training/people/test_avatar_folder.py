import numpy as np
import pytest

pytest.importorskip("moderngl")

from pipeline.regions import Region
from training.people.avatar_folder import regions, surface_colours
from training.people.label import Label


def test_regions_follow_labels_and_the_nearest_goes_on_to_the_end_of_the_matte():
    label = np.full((40, 60), Label.NONE, np.uint8)
    label[10:30, 10:20] = Label.HAIR
    label[10:30, 20:30] = Label.LEFT_EYE
    label[10:30, 30:40] = Label.GLASSES
    label[10:30, 40:50] = Label.LEFT_SLEEVE
    matte = np.zeros((40, 60), np.uint8)
    matte[8:32, 6:54] = 255
    found = regions(label, matte)
    row = found[20]
    assert (row[:6] == Region.UNKNOWN).all()
    assert (row[6:20] == Region.HAIR).all()
    assert (row[20:30] == Region.SKIN).all()
    assert (row[30:40] == Region.GLASSES).all()
    assert (row[40:54] == Region.CLOTH).all()
    assert (found[8, 12:18] == Region.HAIR).all()
    assert (row[54:] == Region.UNKNOWN).all()


def test_colours_are_those_of_the_bare_face_and_of_sleeves():
    label = np.full((40, 60), Label.CLOTH, np.uint8)
    label[:20, :30], label[:20, 30:] = Label.FACE, Label.LIPS
    label[30:, :20] = Label.LEFT_SLEEVE
    pixels = np.zeros((40, 60, 3), np.uint8)
    pixels[label == Label.FACE] = 200, 150, 100
    pixels[label == Label.LIPS] = 180, 60, 60
    pixels[label == Label.LEFT_SLEEVE] = 20, 40, 60
    found = surface_colours(pixels, label)
    np.testing.assert_allclose(found["skin_colour"] * 255, (200, 150, 100), atol=1e-4)
    np.testing.assert_allclose(found["sleeve_colour"] * 255, (20, 40, 60), atol=1e-4)


def test_someone_whose_face_is_hidden_has_the_colour_of_their_neck():
    label = np.full((40, 60), Label.CLOTH, np.uint8)
    label[:10] = Label.NECK
    pixels = np.full((40, 60, 3), 90, np.uint8)
    pixels[:10] = 120
    found = surface_colours(pixels, label)
    np.testing.assert_allclose(found["skin_colour"] * 255, 120, atol=1e-4)
    np.testing.assert_allclose(found["sleeve_colour"] * 255, 90, atol=1e-4)
