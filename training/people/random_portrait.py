"""The portrait of a random person, whether it came out well or not."""

from pathlib import Path

from training.people.identity import identity_from_phenotype
from training.people.portrait import Portrait
from training.people.random_person import random_person


def random_portrait(
    seed: int, assets: Path, cache: Path, held_out: bool = False, draw: int = 0
) -> Portrait:
    """seed, held_out, draw: of random_person; assets, cache: as of Portrait. Needs Anny."""
    person = random_person(seed, held_out, draw)
    identity = identity_from_phenotype(cache, person.phenotype, person.local_changes)
    return Portrait(person, assets, cache, identity)
