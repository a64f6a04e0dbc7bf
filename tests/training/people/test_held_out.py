import numpy as np
import pytest

pytest.importorskip("moderngl")

from pipeline.template import load_template
from training.people.held_out import COUNT, FOLDER, TILE_PX, held_out_people
from training.people.random_person import random_person
from training.people.wardrobe import GARMENTS, HAIR, SKINS

LARGEST_BYTES = 400_000


@pytest.fixture(scope="module")
def people():
    return held_out_people()


def test_sixteen_people_are_kept_with_who_they_are_and_how_they_look(people):
    assert [person.seed for person in people] == list(range(COUNT))
    size = len(load_template().identity_names)
    for person in people:
        assert person.identity.shape == (size,)
        assert person.identity.dtype == np.float32
        assert person.picture.shape == (TILE_PX[1], TILE_PX[0], 3)
    assert len({person.picture.tobytes() for person in people}) == COUNT
    assert len({person.identity.tobytes() for person in people}) == COUNT


def test_the_pictures_show_somebody(people):
    for person in people:
        rows = person.picture.astype(float).std((0, 2))
        assert rows.min() > 3
        assert person.picture.std() > 25


def test_what_they_wear_nobody_of_training_wears(people):
    for person in people:
        described = random_person(person.seed, True, person.draw)
        for stock, name in (
            (SKINS, described.skin), (HAIR, described.hair), (GARMENTS, described.outfit),
        ):  # fmt: skip
            assert next(item for item in stock if item.name == name).held_out


def test_the_set_is_small():
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < LARGEST_BYTES
