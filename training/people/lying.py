"""Hair that meets shoulders and breast lies on them, however the head moves."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree  # pyright: ignore[reportAttributeAccessIssue]

from training.people.character import Character, Kind
from training.people.subdivision import vertex_normals

# Hair so far below the eyes can reach the shoulders; what is lower than the breast is not seen.
BELOW_EYES_M, LOWEST_M = 0.09, -0.42
# The ground is known at points so far apart; skin this near to cloth is below it.
SPACING_M, COVERED_M = 0.018, 0.03
# Layers keep their order: each vertex stays as high as at rest, within these heights.
LEAST_M, MOST_M = 0.003, 0.014
# Hair that is higher at rest hangs free.
LOOSE_M = 0.045
# Further away nothing is moved.
FAR_M = 0.13
NEAREST = 3


@dataclass(frozen=True, slots=True)
class Lying:
    """hair: (H,) vertices that may lie somewhere, height_m: (H,) that they keep, held: (H,) share
    of them that lies there at rest and goes with the ground where it sinks; ground: (Q,) vertices
    of shoulders and breast, cloth or skin, with their normals (Q, 3) at rest."""

    hair: np.ndarray
    height_m: np.ndarray
    held: np.ndarray
    ground: np.ndarray
    normal: np.ndarray

    def lifts(self, hair: np.ndarray, ground: np.ndarray, normal: np.ndarray) -> np.ndarray:
        """(H, 3): how hair (H, 3) comes out of a posed ground (Q, 3) with unit normals, or down to
        it: arms at rest are half raised, and what lay on them must not stay in the air."""
        if not len(hair) or not len(ground):
            return np.zeros_like(hair)
        height, upwards = _over(hair, ground, normal)
        up = self.height_m - height
        down = self.held * np.where(np.isfinite(up), up, 0)
        return np.where(up > 0, up, down)[:, None] * upwards


def lying_hair(character: Character) -> Lying:
    """The hair of a character that can reach its shoulders."""
    eyes_y = float(character.eye_centre[:, 1].mean())
    triangles = {
        kind: [part.source[part.triangles] for part in character.parts if part.kind == kind]
        for kind in (Kind.SKIN, Kind.CLOTH)
    }
    faces = np.concatenate([*triangles[Kind.SKIN], *triangles[Kind.CLOTH]])
    normals = vertex_normals(character.rest, faces)
    skin, cloth = (
        _thinned(character, np.unique(np.concatenate(some)) if some else np.zeros(0, np.int64))
        for some in triangles.values()
    )
    if len(cloth):
        apart, _ = cKDTree(character.rest[cloth]).query(character.rest[skin])
        skin = skin[apart > COVERED_M]
    ground = np.concatenate([cloth, skin])
    hair = [p.source for p in character.parts if p.kind == Kind.HAIR and not p.on_face]
    rows = np.unique(np.concatenate(hair)) if hair else np.zeros(0, np.int64)
    rows = rows[character.rest[rows, 1] < eyes_y - BELOW_EYES_M]
    high, _ = _over(character.rest[rows], character.rest[ground], normals[ground])
    kept = np.clip(high, LEAST_M, MOST_M).astype(np.float32)
    held = np.clip((LOOSE_M - high) / (LOOSE_M - MOST_M), 0, 1).astype(np.float32)
    return Lying(rows, kept, held, ground, normals[ground].astype(np.float32))


def _over(
    points: np.ndarray, ground: np.ndarray, normal: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """height (P,) of points over the ground, infinite far from it; normal (P, 3) there."""
    if not len(points) or not len(ground):
        return np.full(len(points), np.inf), np.zeros_like(points)
    distance, near = cKDTree(ground).query(points, k=NEAREST)
    weight = 1 / (distance + 1e-3) ** 2
    weight /= weight.sum(1, keepdims=True)
    height = (((points[:, None] - ground[near]) * normal[near]).sum(-1) * weight).sum(1)
    return (
        np.where(distance[:, 0] < FAR_M, height, np.inf),
        (normal[near] * weight[..., None]).sum(1),
    )


def _thinned(character: Character, rows: np.ndarray) -> np.ndarray:
    """Of the vertices about the shoulders, one for each cube of the spacing."""
    points = character.rest[rows]
    eyes_y = float(character.eye_centre[:, 1].mean())
    about = (points[:, 1] > LOWEST_M) & (points[:, 1] < eyes_y - BELOW_EYES_M - 0.05)
    rows, points = rows[about], points[about]
    _, first = np.unique(np.floor(points / SPACING_M).astype(int), axis=0, return_index=True)
    return rows[first]
