import numpy as np
import pytest

pytest.importorskip("moderngl")

from pipeline.regions import Region
from training.people.avatar_folder import regions
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
