"""Identities of random people, solved beforehand where Anny is and packed for where it is not."""

import io
from pathlib import Path

import numpy as np

from training.people.assets import read_entry
from training.people.identity import identity_from_phenotype
from training.people.random_person import random_person

IDENTITIES_ENTRY = "identities.npz"


def solve_identities(cache: Path, seeds: range, held_out_seeds: range) -> bytes:
    """The entry of a pack with the identities of random people. Needs Anny; takes about an eighth
    of a second each.

    cache: makehuman_full.npz; held_out_seeds: of people kept for evaluation
    """
    people = [(seed, False) for seed in seeds] + [(seed, True) for seed in held_out_seeds]
    rows = []
    for seed, held_out in people:
        person = random_person(seed, held_out)
        rows.append(identity_from_phenotype(cache, person.phenotype, person.local_changes))
    return identities_entry(people, np.stack(rows))


def identities_entry(people: list[tuple[int, bool]], identity: np.ndarray) -> bytes:
    """people: seed and whether it is held out, in the order of the rows of identity (N, K)."""
    seed, held_out = zip(*people, strict=True)
    out = io.BytesIO()
    np.savez_compressed(
        out, seed=np.array(seed, np.int64), held_out=np.array(held_out), identity=identity
    )
    return out.getvalue()


class PackedIdentities:
    """PackedIdentities(pack): the identities that a pack brings along.

    Raises FileNotFoundError where it has none.
    """

    def __init__(self, pack: Path) -> None:
        with np.load(io.BytesIO(read_entry(pack, IDENTITIES_ENTRY))) as entry:
            people = zip(entry["seed"].tolist(), entry["held_out"].tolist(), strict=True)
            self._row = {person: row for row, person in enumerate(people)}
            self._identity = entry["identity"]

    def seeds(self, held_out: bool = False) -> list[int]:
        """Seeds of the people there are."""
        return sorted(seed for seed, out in self._row if out == held_out)

    def identity(self, seed: int, held_out: bool = False) -> np.ndarray:
        """(K,) float32 of random_person(seed, held_out). Raises KeyError for another seed."""
        if (seed, held_out) not in self._row:
            raise KeyError(f"The pack has no person of seed {seed}; pack more with --people.")
        return self._identity[self._row[seed, held_out]]
