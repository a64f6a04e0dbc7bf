"""People who hold together: where check_person rejects what a seed gives, it is drawn again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from training.people.check_person import Finding, check_portrait
from training.people.portrait import Portrait
from training.people.random_portrait import random_portrait

MOST_DRAWS = 12
Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class GoodPerson:
    """The person of a seed, dressed; draw: of random_person; rejected: what was wrong with each
    draw before."""

    seed: int
    draw: int
    portrait: Portrait
    rejected: tuple[tuple[Finding, ...], ...]


def good_person(seed: int, assets: Path, cache: Path, held_out: bool = False) -> GoodPerson:
    """The first draw of a seed that passes the check, the same for ever. Needs Anny.

    assets, cache: as of Portrait
    Raises RuntimeError where MOST_DRAWS in a row are rejected.
    """
    draws = (random_portrait(seed, assets, cache, held_out, draw) for draw in range(MOST_DRAWS))
    portrait, rejected = first_without_faults(
        draws, lambda portrait: check_portrait(portrait, assets)
    )
    return GoodPerson(seed, len(rejected), portrait, rejected)


def first_without_faults(
    draws: Iterable[Drawn], faults: Callable[[Drawn], list[Finding]]
) -> tuple[Drawn, tuple[tuple[Finding, ...], ...]]:
    """The first draw that nothing is wrong with, and what was wrong with those before it.

    Raises RuntimeError where something is wrong with each.
    """
    rejected: list[tuple[Finding, ...]] = []
    for draw in draws:
        found = faults(draw)
        if not found:
            return draw, tuple(rejected)
        rejected.append(tuple(found))
    raise RuntimeError(f"All of {len(rejected)} draws are rejected: {rejected}.")
