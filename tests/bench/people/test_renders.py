import hashlib
import json
from dataclasses import asdict, replace
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("moderngl")

from bench.people.__main__ import sheet
from bench.people.renders import RenderedPerson, forget_others, hands_shown
from tests.bench.people.people import truth_of
from training.people.gallery import PEOPLE
from training.people.label import Label


def test_frames_of_somebody_else_are_forgotten_and_ones_own_are_kept(tmp_path):
    maya = PEOPLE["maya"]
    home = tmp_path / "7"
    forget_others(home, maya)
    (home / "0.npz").write_bytes(b"frame")
    forget_others(home, maya)
    assert (home / "0.npz").is_file()
    forget_others(home, replace(maya, hair="bob01"))
    assert not (home / "0.npz").is_file()


def test_frames_from_before_people_had_teeth_of_their_own_are_kept(tmp_path):
    maya = PEOPLE["maya"]
    described = asdict(maya)
    del described["look"]["teeth"]
    words = json.dumps(described, sort_keys=True, default=str)
    (tmp_path / "person.sha256").write_text(hashlib.sha256(words.encode()).hexdigest())
    (tmp_path / "0.npz").write_bytes(b"frame")
    forget_others(tmp_path, maya)
    assert (tmp_path / "0.npz").is_file()
    forget_others(tmp_path, replace(maya, look=replace(maya.look, teeth=(0.9, 0.8, 0.7))))
    assert not (tmp_path / "0.npz").is_file()


def test_a_hand_is_shown_where_most_of_its_points_lie_on_it():
    label = np.zeros((768, 512), np.uint8)
    label[100:200, 100:200] = Label.LEFT_HAND
    hand = np.random.default_rng(0).uniform(110, 190, (21, 2))
    truth = SimpleNamespace(label=label)
    assert hands_shown(truth, np.stack([hand, hand])).tolist() == [True, False]
    assert not hands_shown(truth, np.stack([hand + 60, hand])).any()
    assert not hands_shown(truth, np.stack([hand - 400, hand])).any()


def test_a_sheet_has_rows_of_whole_people():
    picture = np.full((768, 512, 3), 9, np.uint8)
    truths = [truth_of(np.zeros((478, 2)))] * 4
    people = [RenderedPerson(k, "", "", (), [picture] * 4, truths) for k in range(3)]
    pixels = sheet(people)
    assert pixels.shape == (2 * 384, 8 * 256, 3)
    assert (pixels[384:, : 4 * 256] == 9).all()
    assert not pixels[384:, 4 * 256 :].any()
