"""Long hair is laid over collars and lapels, which stand further off the skin than other cloth."""

import numpy as np
from scipy.spatial import KDTree

from training.people.adornment import on_cloth
from training.people.assets import Asset
from training.people.body import Body
from training.people.tailoring import above, skin_of

# Hair so far above the neck's base, and so far from the neck, never meets cloth.
OVER_BASE_M, AROUND_M, BELOW_BASE_M = 0.08, 0.20, 0.32
# Cloth that stands over a place of the skin is looked for so far around it.
NEAR_M, NEAREST = 0.016, 24
CLEAR_M, ORDER = 0.006, 0.12


class OverCloth:
    """Hair over a garment, both on one body at rest."""

    def __init__(self, garment: Asset, body: Body):
        self._garment, self._body = garment, body
        self._base = body.joint("neck01").astype(np.float64)
        self._cloth: tuple[KDTree, np.ndarray] | None = None

    def lifted(self, hair: np.ndarray) -> np.ndarray:
        """Points of hair (P, 3) out of the cloth; what is further out stays further out."""
        near = np.flatnonzero(self._about(hair))
        if not len(near):
            return hair
        skin = skin_of(self._body)
        feet, height_m = self._heights(skin)
        points = hair[near].astype(np.float64)
        away, normal = above(points, skin)
        foot = points - away[:, None] * normal
        distance, rows = feet.query(foot, k=NEAREST)
        cloth_m = np.where(distance < NEAR_M, height_m[rows], 0).max(1)
        room = np.where(cloth_m > 0, cloth_m + CLEAR_M + ORDER * away, away)
        out = hair.copy()
        out[near] += normal * np.maximum(room - away, 0)[:, None]
        return out

    def _heights(self, skin) -> tuple[KDTree, np.ndarray]:
        """The places (C, 3) of the skin that cloth lies over, to be looked up, and how high."""
        if self._cloth is None:
            cloth = on_cloth(self._garment, self._body)
            cloth = cloth[self._about(cloth)]
            away, normal = above(cloth, skin)
            self._cloth = KDTree(cloth - away[:, None] * normal), away
        return self._cloth

    def _about(self, points: np.ndarray) -> np.ndarray:
        up = points[:, 1] - self._base[1]
        around = np.hypot(points[:, 0], points[:, 2] - self._base[2])
        return (up < OVER_BASE_M) & (up > -BELOW_BASE_M) & (around < AROUND_M)
