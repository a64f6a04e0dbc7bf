"""People who hold together: where check_person rejects what a seed gives, it draws again."""

from dataclasses import dataclass
from pathlib import Path

from training.people.check_person import check_portrait
from training.people.identity import identity_from_phenotype
from training.people.portrait import Portrait
from training.people.random_person import random_person

MOST_DRAWS = 12


@dataclass(frozen=True, slots=True)
class GoodPerson:
    """The person of a seed, dressed; draw: of random_person; rejected: findings by draw before."""

    seed: int
    draw: int
    portrait: Portrait
    rejected: tuple[str, ...]


def good_person(seed: int, assets: Path, cache: Path, held_out: bool = False) -> GoodPerson:
    """The first draw of a seed that passes the check, the same for ever. Needs Anny.

    assets, cache: as of Portrait
    Raises RuntimeError where MOST_DRAWS in a row are rejected.
    """
    rejected: list[str] = []
    for draw in range(MOST_DRAWS):
        person = random_person(seed, held_out, draw)
        identity = identity_from_phenotype(cache, person.phenotype, person.local_changes)
        portrait = Portrait(person, assets, cache, identity)
        findings = check_portrait(portrait, assets)
        if not findings:
            return GoodPerson(seed, draw, portrait, tuple(rejected))
        rejected.append(f"{person.hair} {person.outfit}: " + "; ".join(map(str, findings)))
    raise RuntimeError(f"Seed {seed} gives nobody who passes the check: {rejected[-1]}.")
