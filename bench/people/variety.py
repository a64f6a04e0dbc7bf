"""How different rendered people are for dlib's face recogniser (bench.identity_witness).

Below a distance of about 0.6 the recogniser calls two pictures one person.
"""

from itertools import combinations

import numpy as np

from bench.identity_witness import IdentityWitness
from bench.people.renders import RenderedPerson
from bench.puppet import Puppet
from pipeline.avatar import GALLERY, list_avatars, load_avatar

SAME = 0.6
MOST_ALIKE = 12


def variety(people: list[RenderedPerson], witness: IdentityWitness) -> dict:
    """Of at least two people at rest; same_person: mean distance of their posed frames from the
    resting one, NaN without any."""
    at_rest = {p.seed: _descriptor(p, 0, witness) for p in people}
    moved = [
        np.linalg.norm(_descriptor(p, k, witness) - at_rest[p.seed])
        for p in people
        for k in range(1, len(p.pictures))
    ]
    return _summary(distances(at_rest)) | {
        "same_person": float(np.mean(moved)) if moved else float("nan")
    }


def gallery(witness: IdentityWitness) -> dict:
    """Of the avatars that ship."""
    descriptors = {}
    for name in (entry.name for entry in list_avatars((GALLERY,))):
        avatar = load_avatar(name, (GALLERY,))
        puppet = Puppet(avatar)
        points = puppet.landmarks(puppet.template.source_geometry())
        descriptors[name] = witness.descriptor(avatar.portrait, points)
    return _summary(distances(descriptors))


def distances(descriptors: dict) -> list[tuple]:
    """Every pair with its distance, nearest first."""
    pairs = [
        (a, b, float(np.linalg.norm(descriptors[a] - descriptors[b])))
        for a, b in combinations(descriptors, 2)
    ]
    return sorted(pairs, key=lambda pair: pair[2])


def _summary(pairs: list[tuple]) -> dict:
    """Of at least one pair: mean, least, share above SAME, and the nearest ones."""
    every = np.array([apart for _, _, apart in pairs])
    return {
        "mean": float(every.mean()),
        "least": float(every.min()),
        f"share_above_{SAME}": float((every > SAME).mean()),
        "alike": [(a, b, round(apart, 3)) for a, b, apart in pairs[:MOST_ALIKE]],
    }


def _descriptor(person: RenderedPerson, frame: int, witness: IdentityWitness) -> np.ndarray:
    return witness.descriptor(person.pictures[frame], person.truths[frame].landmark_px)
