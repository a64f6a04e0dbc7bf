import zipfile

import numpy as np
import pytest

pytest.importorskip("moderngl")

from training.people.packed_identities import (
    IDENTITIES_ENTRY,
    PackedIdentities,
    identities_entry,
)
from training.people.random_person import random_person


@pytest.fixture
def pack(tmp_path):
    rows = np.arange(12, dtype=np.float32).reshape(4, 3)
    entry = identities_entry([(0, False), (7, False), (3, False), (7, True)], rows, [0, 2, 0, 1])
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr(IDENTITIES_ENTRY, entry)
    return tmp_path / "pack.zip"


def test_each_person_has_their_own_identity(pack):
    packed = PackedIdentities(pack)
    assert packed.identity(7).tolist() == [3, 4, 5]
    assert packed.identity(7, held_out=True).tolist() == [9, 10, 11]
    assert packed.identity(3).dtype == np.float32


def test_a_person_is_the_draw_that_passed_the_check(pack):
    packed = PackedIdentities(pack)
    assert packed.person(7) == random_person(7, draw=2)
    assert packed.person(7, held_out=True) == random_person(7, held_out=True, draw=1)
    assert packed.person(3) == random_person(3)


def test_people_kept_for_evaluation_are_listed_apart(pack):
    packed = PackedIdentities(pack)
    assert packed.seeds() == [0, 3, 7]
    assert packed.seeds(held_out=True) == [7]


def test_a_seed_that_was_not_packed_is_named(pack):
    with pytest.raises(KeyError, match="seed 5"):
        PackedIdentities(pack).identity(5)
    with pytest.raises(KeyError, match="seed 5"):
        PackedIdentities(pack).person(5)


def test_a_pack_without_people_says_so(tmp_path):
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        archive.writestr("LICENSE.txt", "CC0")
    with pytest.raises(FileNotFoundError, match=IDENTITIES_ENTRY):
        PackedIdentities(tmp_path / "pack.zip")
