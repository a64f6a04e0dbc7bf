"""Procedural shapes as triangle meshes: tubes along a curve, sheets over a grid, balls, plates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SIDES = 10


@dataclass(frozen=True, slots=True)
class Solid:
    """A mesh without seams. points: (V, 3) metres; triangles: (T, 3); uv: (V, 2)."""

    points: np.ndarray
    triangles: np.ndarray
    uv: np.ndarray

    def moved(self, offset_m: np.ndarray) -> "Solid":
        return Solid(self.points + offset_m, self.triangles, self.uv)

    def trimmed(self, keep: np.ndarray) -> "Solid":
        """Only these triangles (K,) and their points."""
        used, triangles = np.unique(self.triangles[keep], return_inverse=True)
        return Solid(self.points[used], triangles.reshape(-1, 3), self.uv[used])

    def mirrored(self) -> "Solid":
        """The same on the other side of the body."""
        return Solid(self.points * [-1, 1, 1], self.triangles[:, ::-1].copy(), self.uv)


def joined(solids: Sequence[Solid]) -> Solid:
    first = np.cumsum([0, *(len(solid.points) for solid in solids)])
    return Solid(
        np.concatenate([solid.points for solid in solids]),
        np.concatenate([s.triangles + k for s, k in zip(solids, first[:-1], strict=True)]),
        np.concatenate([solid.uv for solid in solids]),
    )


def sheet(grid: np.ndarray, closed: bool = False) -> Solid:
    """A surface through points (rows, columns, 3); closed: the last column meets the first.

    It faces the side where rows, columns and the view turn clockwise.
    """
    rows, columns = grid.shape[:2]
    row, column = np.meshgrid(
        np.arange(rows - 1), np.arange(columns if closed else columns - 1), indexing="ij"
    )
    at = lambda r, c: (r * columns + c % columns).ravel()  # noqa: E731
    a, b = at(row, column), at(row, column + 1)
    c, d = at(row + 1, column), at(row + 1, column + 1)
    triangles = np.concatenate([np.stack([a, c, b], 1), np.stack([b, c, d], 1)])
    v, u = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij")
    return Solid(grid.reshape(-1, 3), triangles, np.stack([u.ravel(), v.ravel()], 1))


def tube(
    path: np.ndarray,
    half_m: np.ndarray | float | tuple[float, float],
    up: np.ndarray,
    *,
    closed: bool = False,
    square: float = 0.0,
    sides: int = SIDES,
) -> Solid:
    """A rod along points (P, 3).

    half_m: half its width across and along `up`, one number, a pair or (P, 2)
    up: (3,) or (P, 3), never along the path; square: 0 round, 1 nearly a box
    """
    count = len(path)
    along = np.roll(path, -1, 0) - np.roll(path, 1, 0) if closed else np.gradient(path, axis=0)
    along = along / np.linalg.norm(along, axis=1, keepdims=True)
    across = np.cross(along, np.broadcast_to(up, path.shape))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    over = np.cross(across, along)
    half = np.broadcast_to(np.asarray(half_m, np.float64), (count, 2))
    turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)], 1)
    power = 1 / (1 + 3 * square)
    circle = np.sign(circle) * np.abs(circle) ** power
    ring = path[:, None] + circle[None, :, :1] * across[:, None] * half[:, None, :1]
    ring = ring + circle[None, :, 1:] * over[:, None] * half[:, None, 1:]
    if closed:
        ring = np.concatenate([ring, ring[:1]])
    body = sheet(ring, closed=True)
    if closed:
        return body
    ends = [_cap(ring[0], path[0]), _cap(ring[-1][::-1], path[-1])]
    return joined([body, *ends])


def _cap(ring: np.ndarray, centre: np.ndarray) -> Solid:
    count = len(ring)
    k = np.arange(count)
    triangles = np.stack([np.full(count, count), k, (k + 1) % count], 1)
    return Solid(np.vstack([ring, centre]), triangles, np.full((count + 1, 2), 0.5))


def ball(centre: np.ndarray, radius_m: Sequence[float], rings: int = 10) -> Solid:
    """An ellipsoid with these half axes."""
    polar, around = np.linspace(0, np.pi, rings), np.linspace(0, 2 * np.pi, 2 * rings)[:-1]
    p, a = np.meshgrid(polar, around, indexing="ij")
    unit = np.stack([np.sin(p) * np.cos(a), np.cos(p), -np.sin(p) * np.sin(a)], 2)
    return sheet(centre + unit * np.asarray(radius_m), closed=True)


def fan(outline: np.ndarray, centre: np.ndarray) -> Solid:
    """A plate inside a closed curve (P, 3), as seen anticlockwise."""
    return _cap(outline, centre)
