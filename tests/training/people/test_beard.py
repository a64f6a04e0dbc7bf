from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from pipeline.names import ACTION_INDEX
from pipeline.template import load_template
from tests.training.people.base_body import base_body
from tests.training.people.test_pose import character_of
from training.people.beard import BEARDS, grown_beard
from training.people.character import Kind, Part
from training.people.hair_card import Grown
from training.people.label import FACE_LABELS, Label, labels_of
from training.people.random_person import random_person
from training.people.scalp import LIPS, MIDLINE_V, lip_distance
from training.people.template_points import template_rows

BODY = base_body()
LIP_MARGIN_M = 0.0015


@cache
def pieces_of(name: str) -> list[Grown]:
    return grown_beard(name, BODY)


def lip_vertices() -> np.ndarray:
    """Vertices of the body well inside the lips."""
    uv = BODY.triangle_uv.reshape(-1, 2)
    place = np.stack([uv[:, 0], np.abs(uv[:, 1] - MIDLINE_V)], 1)
    return np.unique(BODY.triangles.ravel()[lip_distance(place) < -LIP_MARGIN_M])


@pytest.mark.parametrize("name", list(BEARDS))
def test_every_beard_rides_on_the_face(name):
    for piece in pieces_of(name):
        assert piece.on_face
        assert piece.delta is not None
        assert piece.delta.shape == (52, len(piece.points), 3)
        assert np.allclose(piece.skin.sum(1), 1, atol=1e-3)
        assert piece.triangles.max() < len(piece.points)


def test_a_beard_on_the_chin_opens_with_the_jaw_as_the_skin_does():
    jaw = ACTION_INDEX["jawOpen"]
    tufts = pieces_of("goatee")[1]
    assert tufts.delta is not None
    moved = tufts.delta[jaw]
    apart = np.abs(moved - BODY.action_deltas[jaw, tufts.normal_of])
    assert apart.mean() < 0.001
    assert apart.max() < 0.01
    assert -moved[:, 1].min() > 0.01


@pytest.mark.parametrize("name", [name for name, beard in BEARDS.items() if beard.count])
def test_no_tuft_hangs_over_the_lips(name):
    lips = BODY.rest[lip_vertices()]
    points = pieces_of(name)[1].points
    near = np.linalg.norm(points[:, None, :2] - lips[None, :, :2], axis=2)
    over = (near.min(1) < 0.001) & (points[:, 2] > lips[near.argmin(1), 2])
    assert over.mean() < 0.01


def test_a_full_beard_is_longer_than_a_short_one():
    lowest = [pieces_of(name)[1].points[:, 1].min() for name in ("short beard", "full beard")]
    assert lowest[1] < lowest[0] - 0.005


def test_the_lips_outline_is_where_the_template_has_lips():
    assert len(lip_vertices()) > 20
    assert np.array(LIPS)[:, 0].min() > 0.89


def test_a_beard_has_its_own_label_and_hair_keeps_its_one():
    model = load_template()
    character = character_of(model, np.zeros(len(model.identity_names), np.float32))
    hair, beard = (
        Part(
            Kind.HAIR, np.arange(3), np.zeros((3, 2), np.float32), np.array([[0, 1, 2]]),
            np.zeros((3, 3), np.float32), "wisps", on_face=on_face,
        )
        for on_face in (False, True)
    )  # fmt: skip
    worn = replace(character, parts=[hair, beard])
    labels = labels_of(worn, template_rows(worn))
    assert [int(label[0]) for label in labels] == [Label.HAIR, Label.BEARD]
    assert Label.BEARD in FACE_LABELS
    assert Label.HAIR not in FACE_LABELS


def test_only_men_have_beards_and_no_youngster():
    people = [random_person(seed) for seed in range(240)]
    bearded = [person for person in people if person.beard]
    assert {person.beard for person in bearded} == set(BEARDS)
    assert max(person.phenotype["gender"] for person in bearded) < 0.35
    assert min(person.phenotype["age"] for person in bearded) > 0.55
    men = [person for person in people if person.phenotype["gender"] < 0.35]
    assert 0.3 < len(bearded) / len(men) < 0.7
