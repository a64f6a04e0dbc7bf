import numpy as np
import pytest

from bench.puppet import Puppet
from bench.reenactment.self_drive import gates, self_drive
from pipeline.avatar import GALLERY, read_avatar


@pytest.fixture(scope="module")
def avatar():
    return read_avatar(GALLERY / "maya")


@pytest.fixture(scope="module")
def points(avatar) -> np.ndarray:
    puppet = Puppet(avatar)
    return puppet.landmarks(puppet.template.source_geometry())


def test_gates_are_around_mouth_eyes_and_outline_and_nowhere_else(avatar, points):
    masks = gates(avatar.matte, points)
    assert set(masks) == {"mouth", "eyes", "rim"}
    inside = {"mouth": points[13], "eyes": points[468]}
    for name, (x, y, _) in inside.items():
        assert masks[name][int(y), int(x)]
    nose = points[4]
    assert not any(mask[int(nose[1]), int(nose[0])] for mask in masks.values())
    assert not (masks["mouth"] & masks["eyes"]).any()
    assert np.any(list(masks.values()), axis=0).mean() < 0.25


def test_what_is_repainted_in_the_mouth_counts_there_alone(avatar, points):
    painted = avatar.portrait.copy()
    mouth = gates(avatar.matte, points)["mouth"]
    painted[mouth] //= 2
    drive = self_drive(painted, avatar.portrait, avatar.matte, points)
    assert drive.mouth_db < 20
    assert min(drive.outside_db, drive.eyes_db) == 99


def test_a_tint_of_the_skin_counts_outside(avatar, points):
    tinted = np.clip(avatar.portrait.astype(int) + 6, 0, 255).astype(np.uint8)
    drive = self_drive(tinted, avatar.portrait, avatar.matte, points)
    assert drive.outside_db == pytest.approx(20 * np.log10(255 / 6), abs=0.5)


def test_the_explicit_composite_leaves_a_portrait_as_it_is(avatar, points):
    picture = Puppet(avatar).own_picture()
    assert self_drive(picture, avatar.portrait, avatar.matte, points).outside_db > 40
