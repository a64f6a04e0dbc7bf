"""Single hairs over hair cards: soft outlines, strand highlights and fly-aways.

Textures of the cards run from root to tip along v, so the lines of constant u on a card are its
strands. They are traced through the triangles, roughened a little and drawn as thin ribbons.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

POINTS = 14


@dataclass(frozen=True, slots=True)
class Groom:
    """How cards are turned into strands.

    spacing_m: distance between neighbouring strands; width_m: of one ribbon
    lift_m: largest height over the card; fray_m: sideways wander at the tips
    flyaway: share of strands that leave the card
    """

    spacing_m: float = 0.0011
    width_m: float = 0.0006
    lift_m: float = 0.0022
    fray_m: float = 0.003
    flyaway: float = 0.06


@dataclass(frozen=True, slots=True)
class Cards:
    """A hair part at rest: points, normals (R, 3), uv (R, 2), triangles (T, 3), and its
    texture's alpha (H, W) in [0, 1], top row first."""

    points: np.ndarray
    normals: np.ndarray
    uv: np.ndarray
    triangles: np.ndarray
    alpha: np.ndarray


@dataclass(frozen=True, slots=True)
class Strands:
    """Ribbons: points, tangent (P, 3), along (P, 2) = (random shade, root to tip), triangles;
    card_vertex: (P,) the nearest vertex of the cards, whose skinning and normal they take."""

    points: np.ndarray
    tangent: np.ndarray
    along: np.ndarray
    triangles: np.ndarray
    card_vertex: np.ndarray


def grow(cards: Cards, groom: Groom, seed: int = 0) -> Strands:
    """Trace strands on every card."""
    rng = np.random.default_rng(seed)
    curves, normals, near = [], [], []
    for card in _pieces(cards):
        for u in _columns(cards, card, groom, rng):
            line = _trace(cards, card, u)
            if line is not None:
                curve, vertex = line
                curves.append(_roughen(curve, cards.normals[vertex], groom, rng))
                normals.append(cards.normals[vertex])
                near.append(vertex)
    return _ribbons(np.stack(curves), np.stack(normals), np.stack(near), groom, rng)


def _pieces(cards: Cards) -> list[np.ndarray]:
    """Triangles of each connected card."""
    t, count = cards.triangles, len(cards.points)
    links = sparse.coo_matrix(
        (np.ones(2 * len(t)), (t[:, [0, 1]].ravel(), t[:, [1, 2]].ravel())), (count, count)
    )
    _, label = connected_components(links, directed=False)
    owner = label[t[:, 0]]
    order = np.argsort(owner, kind="stable")
    splits = np.flatnonzero(np.diff(owner[order])) + 1
    return [t[rows] for rows in np.split(order, splits)]


def _columns(cards: Cards, card: np.ndarray, groom: Groom, rng) -> np.ndarray:
    """u of each strand: as many as the card is wide."""
    p, t = cards.points[card], cards.uv[card]
    low, high = t.reshape(-1, 2).min(0), t.reshape(-1, 2).max(0)
    e1, e2 = p[:, 1] - p[:, 0], p[:, 2] - p[:, 0]
    d1, d2 = t[:, 1] - t[:, 0], t[:, 2] - t[:, 0]
    area = np.linalg.norm(np.cross(e1, e2), axis=1).sum() / 2
    turn = d1[:, 0] * d2[:, 1] - d2[:, 0] * d1[:, 1]
    down = np.linalg.norm(e2 * d1[:, :1] - e1 * d2[:, :1], axis=1)
    per_v = np.median(down / np.maximum(np.abs(turn), 1e-9))
    count = int(area / max(per_v * (high[1] - low[1]), 1e-4) / groom.spacing_m)
    spread = (np.arange(count) + rng.uniform(size=count)) / max(count, 1)
    return low[0] + (high[0] - low[0]) * spread


def _trace(cards: Cards, card: np.ndarray, u: float):
    """The line of constant u: POINTS points (POINTS, 3) from root to tip and near vertices."""
    t = cards.uv[card]
    hit = card[(t[:, :, 0].min(1) < u) & (t[:, :, 0].max(1) >= u)]
    if len(hit) < 3:
        return None
    points, heights, vertices = [], [], []
    for a, b in ((0, 1), (1, 2), (2, 0)):
        ua, ub = cards.uv[hit[:, a], 0], cards.uv[hit[:, b], 0]
        crosses = (ua < u) != (ub < u)
        share = ((u - ua) / np.where(crosses, ub - ua, 1))[crosses, None]
        first, second = hit[crosses, a], hit[crosses, b]
        points.append(cards.points[first] * (1 - share) + cards.points[second] * share)
        uv = cards.uv[first] * (1 - share) + cards.uv[second] * share
        heights.append(uv[:, 1])
        vertices.append(np.where(share[:, 0] < 0.5, first, second))
    points, v = np.concatenate(points), np.concatenate(heights)
    vertices = np.concatenate(vertices)
    rows, columns = cards.alpha.shape
    column = np.clip(int(u * columns), 0, columns - 1)
    row = np.clip(((1 - v) * rows).astype(int), 0, rows - 1)
    opaque = cards.alpha[row, column] > 0.35
    if opaque.sum() < 4:
        return None
    order = np.argsort(-v[opaque])
    points, v, vertices = (x[opaque][order] for x in (points, v, vertices))
    jump = np.linalg.norm(np.diff(points, axis=0), axis=1)
    if jump.max() > 0.05 or v[0] - v[-1] < 1e-3:
        return None
    length = np.concatenate([[0], np.cumsum(jump)])
    if length[-1] < 0.01:
        return None
    length += np.arange(len(length)) * 1e-9
    at = np.linspace(0, length[-1], POINTS)
    curve = np.stack([np.interp(at, length, points[:, k]) for k in range(3)], 1)
    return curve, vertices[np.clip(np.searchsorted(length, at), 0, len(vertices) - 1)]


def _roughen(curve: np.ndarray, normal: np.ndarray, groom: Groom, rng) -> np.ndarray:
    """Lift a strand off its card, let it wander towards the tip and end at its own length."""
    s = np.linspace(0, 1, POINTS)[:, None]
    along = np.gradient(curve, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    across = np.cross(along, normal)
    lift = groom.lift_m * rng.uniform() ** 1.5
    wave = np.sin(2 * np.pi * (rng.uniform(1, 2.5) * s + rng.uniform())) * groom.fray_m * 0.3
    wander = rng.normal(0, groom.fray_m * 0.4) * s**2
    if rng.uniform() < groom.flyaway:
        lift += rng.uniform(0.001, 0.005)
        wander = wander * 3
    curve = curve + normal * lift * np.minimum(s * 5, 1) + across * (wander + wave * s)
    keep = 1 - 0.14 * rng.uniform() ** 2
    at = np.linspace(0, keep, POINTS)
    return np.stack([np.interp(at, s[:, 0], curve[:, k]) for k in range(3)], 1)


def _ribbons(curves, normals, near, groom: Groom, rng) -> Strands:
    """Ribbons that face the viewer (+z), tapering to the tip."""
    count = len(curves)
    tangent = np.gradient(curves, axis=1)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=2, keepdims=True), 1e-9)
    side = np.cross(tangent, [0.0, 0.0, 1.0])
    flat = np.linalg.norm(side, axis=2, keepdims=True)
    side = np.where(flat > 0.2, side / np.maximum(flat, 1e-9), np.cross(tangent, normals))
    s = np.linspace(0, 1, POINTS)
    taper = (1 - 0.75 * s**3)[None, :, None] * groom.width_m / 2
    points = np.stack([curves - side * taper, curves + side * taper], 2)
    k = np.arange(POINTS - 1) * 2
    one = np.concatenate([np.stack([k, k + 1, k + 3], 1), np.stack([k, k + 3, k + 2], 1)])
    triangles = one[None] + (np.arange(count) * 2 * POINTS)[:, None, None]
    shade = np.repeat(rng.uniform(size=count), 2 * POINTS)
    tip = np.tile(np.repeat(s, 2), count)
    return Strands(
        points.reshape(-1, 3).astype(np.float32),
        np.repeat(tangent, 2, 1).reshape(-1, 3).astype(np.float32),
        np.stack([shade, tip], 1).astype(np.float32),
        triangles.reshape(-1, 3).astype(np.int32),
        np.repeat(near, 2, 1).ravel(),
    )


def alpha_of(texture: np.ndarray, size: int = 512) -> np.ndarray:
    """Alpha (size, size) in [0, 1] of an RGBA texture."""
    return cv2.resize(texture[..., 3], (size, size), interpolation=cv2.INTER_AREA) / 255.0
