"""Random people who passed the check, with their identities, solved beforehand where Anny is and
packed for where it is not."""

import io
from pathlib import Path

import numpy as np

from training.people.assets import read_entry
from training.people.good_person import good_person
from training.people.held_out import held_out_people
from training.people.person import Person
from training.people.random_person import random_person

IDENTITIES_ENTRY = "identities.npz"


def solve_identities(assets: Path, cache: Path, people: int, held_out: int) -> bytes:
    """The entry of a pack with the random people of the first seeds and the first of those held
    out. Needs Anny; takes about two seconds for each of the former.

    assets, cache: as of Portrait
    """
    named, draws, rows = [], [], []
    for seed in range(people):
        good = good_person(seed, assets, cache)
        named.append((seed, False))
        draws.append(good.draw)
        rows.append(good.portrait.identity)
    for kept in held_out_people()[:held_out]:
        named.append((kept.seed, True))
        draws.append(kept.draw)
        rows.append(kept.identity)
    return identities_entry(named, np.stack(rows), draws)


def identities_entry(
    people: list[tuple[int, bool]], identity: np.ndarray, draws: list[int]
) -> bytes:
    """people: seed and whether it is held out, in the order of the rows of identity (N, K);
    draws: of random_person."""
    seed, held_out = zip(*people, strict=True)
    out = io.BytesIO()
    np.savez_compressed(
        out,
        seed=np.array(seed, np.int64), held_out=np.array(held_out),
        draw=np.array(draws, np.int64), identity=identity,
    )  # fmt: skip
    return out.getvalue()


class PackedIdentities:
    """PackedIdentities(pack): the people that a pack brings along.

    Raises FileNotFoundError where it has none.
    """

    def __init__(self, pack: Path) -> None:
        with np.load(io.BytesIO(read_entry(pack, IDENTITIES_ENTRY))) as entry:
            people = zip(entry["seed"].tolist(), entry["held_out"].tolist(), strict=True)
            self._row = {person: row for row, person in enumerate(people)}
            self._identity = entry["identity"]
            self._draw = entry["draw"]

    def seeds(self, held_out: bool = False) -> list[int]:
        """Seeds of the people there are."""
        return sorted(seed for seed, out in self._row if out == held_out)

    def person(self, seed: int, held_out: bool = False) -> Person:
        """The first draw of the seed that passed the check. Raises KeyError for another seed."""
        return random_person(seed, held_out, int(self._draw[self._of(seed, held_out)]))

    def identity(self, seed: int, held_out: bool = False) -> np.ndarray:
        """(K,) float32 of that person. Raises KeyError for another seed."""
        return self._identity[self._of(seed, held_out)]

    def _of(self, seed: int, held_out: bool) -> int:
        if (seed, held_out) not in self._row:
            raise KeyError(f"The pack has no person of seed {seed}; pack more with --people.")
        return self._row[seed, held_out]
