import sys

import numpy as np
import pytest

import bench.identity_witness as witness
from bench.identity_witness import IdentityWitness, face_box
from bench.puppet import Puppet
from pipeline.avatar import load_avatar
from pipeline.errors import ModelError


def test_without_its_packages_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(witness, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="pip install dlib-bin"):
        IdentityWitness()
    assert "face_recognition_models" not in sys.modules


def test_the_box_reaches_from_brows_to_chin():
    points = np.zeros((478, 3))
    points[[105, 334], :2] = (80, 100), (120, 100)
    points[152, :2] = (100, 200)
    left, top, right, bottom = face_box(points)
    assert (left + right) / 2 == pytest.approx(100, abs=1)
    assert right - left == bottom - top == pytest.approx(112, abs=1)
    assert top < 100
    assert bottom > 200


@pytest.mark.slow
def test_people_of_the_gallery_are_told_apart():
    pytest.importorskip("dlib")
    judge, descriptors = IdentityWitness(), {}
    for name in ("maya", "leon", "amara"):
        avatar = load_avatar(name)
        puppet = Puppet(avatar)
        points = puppet.landmarks(puppet.template.source_geometry())
        descriptors[name] = judge.descriptor(avatar.portrait, points)
        shifted = judge.descriptor(avatar.portrait, points + np.array([2, 1, 0]))
        assert np.linalg.norm(shifted - descriptors[name]) < 0.15
    for name, other in (("maya", "leon"), ("maya", "amara"), ("leon", "amara")):
        assert np.linalg.norm(descriptors[name] - descriptors[other]) > 0.6
