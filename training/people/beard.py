"""Beards: a painted coat and single tufts that ride on the skin, so that they move with jaw and
lips."""

from dataclasses import dataclass

import numpy as np

from training.people.body import Body
from training.people.coat import coat
from training.people.hair_card import Grown, ribbons
from training.people.scalp import LIP_CORNER, Roots, beard_strength, lip_distance, sow

POINTS = 4
TUFT_WIDTH_M = 0.0035
# Hairs of the upper lip end before they reach it.
SHY_OF_LIPS = 0.75


@dataclass(frozen=True, slots=True)
class Beard:
    """coat: of hair_texture.COATS; area: of scalp.beard_strength; count and length_m of tufts"""

    coat: str
    area: str = "full"
    count: int = 0
    length_m: float = 0.0


BEARDS = {
    "stubble": Beard("coat_stubble"),
    "moustache": Beard("coat_moustache", "moustache", 500, 0.008),
    "goatee": Beard("coat_goatee", "goatee", 900, 0.009),
    "short beard": Beard("coat_beard", "full", 2200, 0.007),
    "full beard": Beard("coat_beard", "full", 2600, 0.034),
}


def grown_beard(name: str, body: Body, seed: int = 0) -> list[Grown]:
    """The pieces of one of BEARDS on a body; the same seed grows the same beard."""
    beard = BEARDS[name]
    pieces = [coat(body, beard.coat)]
    if beard.count:
        rng = np.random.default_rng(seed)
        roots = sow(body, lambda uv: _density(beard, uv), beard.count, rng)
        pieces.append(_tufts(beard, roots, body, rng))
    return pieces


def _density(beard: Beard, uv: np.ndarray) -> np.ndarray:
    return np.clip((beard_strength(beard.area, uv) - 0.001) / 0.004, 0, 1)


def _tufts(beard: Beard, roots: Roots, body: Body, rng: np.random.Generator) -> Grown:
    """Tufts that hang from the chin and the cheeks and part over the upper lip."""
    count = len(roots.points)
    u, v = roots.atlas.T
    above_lips = np.clip((LIP_CORNER[0] - u) / 0.006, 0, 1) * (np.abs(v) < LIP_CORNER[1] + 0.01)
    sideways = np.sign(v) * np.where(above_lips > 0, 0.3 + np.abs(v) / LIP_CORNER[1], 0.15)
    way = np.stack([sideways, -np.ones(count), np.full(count, 0.12)], 1)
    way += 0.25 * rng.normal(size=way.shape)
    way -= roots.normals * (way * roots.normals).sum(1, keepdims=True)
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    # longest at the chin
    lower = np.clip((u - 0.905) / 0.05, 0, 1) * np.clip(1.3 - np.abs(v) / 0.1, 0.4, 1)
    length = beard.length_m * (0.35 + 0.65 * lower) * rng.uniform(0.6, 1.0, count)
    reach = SHY_OF_LIPS * lip_distance(np.stack([u, np.abs(v)], 1))
    length = np.where(above_lips > 0, np.minimum(length, np.maximum(reach, 0.002)), length)
    s = np.linspace(0, 1, POINTS)[None, :, None]
    lift = 0.35 * np.minimum(length, 0.016)[:, None, None]
    curves = roots.points[:, None] + way[:, None] * length[:, None, None] * s
    curves = curves + roots.normals[:, None] * lift * (1 - (1 - s) ** 2)
    normals = np.broadcast_to(roots.normals[:, None], curves.shape)
    points, tangent, uv, triangles = ribbons(curves, normals, TUFT_WIDTH_M, rng)
    per_root = len(points) // count
    carry = lambda field: np.repeat(  # noqa: E731
        (field[..., roots.vertex, :] * roots.share[..., None]).sum(-2), per_root, -2
    )
    return Grown(
        points, tangent, uv, triangles, carry(body.skin_weights),
        np.repeat(roots.vertex[:, 0], per_root), "wisps", carry(body.action_deltas), on_face=True,
    )  # fmt: skip
