import numpy as np

from bench.reenactment.regions import regions
from training.people.label import Label


def labelled(**places: tuple[slice, slice]) -> np.ndarray:
    label = np.full((120, 100), Label.CLOTH, np.uint8)
    for name, place in places.items():
        label[place] = Label[name]
    return label


def test_the_mouth_reaches_a_little_beyond_the_lips_and_not_into_the_eyes():
    label = labelled(
        FACE=np.s_[10:90, 10:90], LIPS=np.s_[60:80, 30:70], CAVITY=np.s_[68:72, 40:60],
        LEFT_EYE=np.s_[25:40, 55:75],
    )  # fmt: skip
    masks = regions(label)
    assert set(masks) == {"face", "mouth", "eyes"}
    assert masks["mouth"][70, 50]
    assert masks["mouth"][57, 50]
    assert not masks["mouth"][50, 50]
    assert not (masks["mouth"] & masks["eyes"]).any()
    assert masks["face"][10:90, 10:90].all()
    assert not masks["face"][5, 5]


def test_what_is_hardly_seen_is_no_region():
    assert regions(labelled(LEFT_HAND=np.s_[0:10, 0:10])) == {}
    assert set(regions(labelled(LEFT_HAND=np.s_[0:20, 0:20]))) == {"hands"}
