"""Plain tops cut from the body's own `helper-tights` hull: no logos, no stray seams.

The hull is subdivided, cut along a neckline, pushed out and given a collar band.
Every vertex stays a linear combination of base vertices, so it skins exactly as the body does.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from training.people.body import Body
from training.people.subdivision import cut, loop_subdivision, vertex_normals

# From here on u means the collar, which the shader knits in ribs.
COLLAR_U = 10.0


@dataclass(frozen=True, slots=True)
class Top:
    """How a knitted top is cut.

    neckline_front_m, neckline_back_m: heights of the opening relative to the first neck joint
    v_depth_m: how much deeper a V neck runs in the middle (0 for a crew neck)
    ease_m: distance of the cloth from the hull; collar_height_m, collar_thickness_m: the band
    sleeve: 'long' (to the wrist) or 'short' (to the middle of the upper arm)
    """

    neckline_front_m: float = -0.030
    neckline_back_m: float = 0.012
    v_depth_m: float = 0.0
    ease_m: float = 0.004
    collar_height_m: float = 0.020
    collar_thickness_m: float = 0.004
    sleeve: str = "long"


@dataclass(frozen=True, slots=True)
class Garment:
    """Cloth as linear combinations of base vertices.

    weights: sparse (N, B), rows sum to one; offset: (N, 3) metres added to them
    triangles: (T, 3) int32; uv: (N, 2) metres along the cloth (for the knit pattern)
    """

    weights: sparse.csr_matrix
    offset: np.ndarray
    triangles: np.ndarray
    uv: np.ndarray


def make_top(body: Body, top: Top) -> Garment:
    """Cut, ease and trim one top for one person."""
    quads = body.quads["helper-tights"]
    weights = sparse.identity(len(body.rest), format="csr")
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    for _ in range(2):
        triangles, finer = loop_subdivision(triangles, weights.shape[0])
        weights = finer @ weights
    rest = weights @ body.rest
    triangles, weights, neck = cut(triangles, weights, _above_neckline(body, top, rest))
    rest = weights @ body.rest
    if top.sleeve == "short":
        triangles, weights, _ = cut(triangles, weights, _below_sleeve(body, rest))
        rest = weights @ body.rest
    low = body.joint("spine05")[1] - 0.02
    triangles = triangles[(rest[triangles][..., 1] > low).all(1)]
    normal = vertex_normals(rest, triangles)
    offset = _relaxed(rest, triangles, rest + top.ease_m * normal) - rest
    cloth = Garment(weights, offset, triangles, rest[:, :2].copy())
    return _with_collar(cloth, rest + offset, normal, _ordered(neck), top)


def _above_neckline(body: Body, top: Top, rest: np.ndarray) -> np.ndarray:
    """> 0 above the neckline: a plane tilted forwards, sunk to a V in the middle of the front."""
    neck = body.joint("neck01")
    front, back = neck[2] + 0.075, neck[2] - 0.045
    forward = np.clip((rest[:, 2] - back) / (front - back), 0, 1.2)
    line = top.neckline_back_m + (top.neckline_front_m - top.neckline_back_m) * forward
    middle = np.clip(1 - np.abs(rest[:, 0]) / 0.085, 0, 1)
    line -= top.v_depth_m * middle * np.clip(forward * 2 - 1, 0, 1)
    return (rest[:, 1] - neck[1] - line) - 0.25 * np.maximum(np.abs(rest[:, 0]) - 0.08, 0)


def _below_sleeve(body: Body, rest: np.ndarray) -> np.ndarray:
    """> 0 past the hem of a short sleeve, two thirds down the upper arm."""
    level = np.full(len(rest), -1.0)
    for side in "LR":
        shoulder, elbow = (body.joint(f"{n}.{side}") for n in ("upperarm01", "lowerarm01"))
        axis = elbow - shoulder
        along = (rest - shoulder) @ axis / (axis @ axis) - 0.62
        mine = rest[:, 0] * shoulder[0] > 0
        level = np.where(mine, np.maximum(level, along), level)
    return level


def _relaxed(rest, triangles, target, rounds: int = 16) -> np.ndarray:
    """Smooth the cloth so that it spans hollows; it never sinks more than 3 mm below `target`."""
    count = len(rest)
    rows = triangles[:, [0, 1, 2, 1, 2, 0]].ravel()
    cols = triangles[:, [1, 2, 0, 0, 1, 2]].ravel()
    graph = sparse.csr_matrix((np.ones(len(rows)), (rows, cols)), (count, count))
    graph.data[:] = 1
    degree = np.maximum(np.asarray(graph.sum(1)).ravel(), 1)
    normal = vertex_normals(rest, triangles)
    cloth = target.copy()
    for _ in range(rounds):
        cloth = cloth + 0.6 * ((graph @ cloth) / degree[:, None] - cloth)
        sunk = ((cloth - target) * normal).sum(1)
        cloth += np.maximum(-0.003 - sunk, 0)[:, None] * normal
    return np.where(degree[:, None] > 1, cloth, target)


def _with_collar(cloth: Garment, points, normals, loop: np.ndarray, top: Top) -> Garment:
    """Add the collar: a rounded band swept along the neckline `loop` (L,) of vertices."""
    curve = _smooth(points[loop], 12)
    forward = _unit(np.roll(curve, -1, 0) - np.roll(curve, 1, 0))
    out = _smooth(normals[loop], 6)
    out = _unit(out - (out * forward).sum(1, keepdims=True) * forward)
    up = np.cross(out, forward)
    up *= np.sign(up[:, 1].sum())
    profile = _band_profile(top)
    band = np.concatenate([curve + up * u + out * o for u, o in profile])
    triangles = _tube(len(loop), len(profile))
    if (vertex_normals(band, triangles) * np.tile(out, (len(profile), 1))).sum() < 0:
        triangles = triangles[:, ::-1]
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))])
    band_uv = np.stack(
        [COLLAR_U + np.tile(along, len(profile)), np.repeat([u for u, _ in profile], len(loop))], 1
    )
    base = points[loop] - cloth.offset[loop]
    return Garment(
        sparse.vstack([cloth.weights] + [cloth.weights[loop]] * len(profile)).tocsr(),
        np.concatenate([cloth.offset, band - np.tile(base, (len(profile), 1))]),
        np.concatenate([cloth.triangles, triangles + cloth.weights.shape[0]]),
        np.concatenate([cloth.uv, band_uv]),
    )


def _tube(around: int, rings: int) -> np.ndarray:
    """Triangles between consecutive closed rings of vertices."""
    k = np.arange(around)
    following = (k + 1) % around
    triangles = []
    for ring in range(rings - 1):
        a, b = ring * around + k, ring * around + following
        triangles += [np.stack([a, b, b + around], 1), np.stack([a, b + around, a + around], 1)]
    return np.concatenate(triangles)


def _smooth(loop: np.ndarray, rounds: int) -> np.ndarray:
    for _ in range(rounds):
        loop = 0.5 * loop + 0.25 * (np.roll(loop, 1, 0) + np.roll(loop, -1, 0))
    return loop


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _band_profile(top: Top) -> list[tuple[float, float]]:
    """(up, out) of the collar's cross-section from the hem over the fold to the inside."""
    h, t = top.collar_height_m, top.collar_thickness_m
    return [(-0.10 * h, -0.002), (-0.05 * h, 0.4 * t), (0.15 * h, 0.85 * t), (0.5 * h, t),
            (0.82 * h, 0.8 * t), (0.97 * h, 0.3 * t), (1.0 * h, -0.3 * t), (0.9 * h, -t),
            (0.4 * h, -1.4 * t)]  # fmt: skip


def _ordered(segments: np.ndarray) -> np.ndarray:
    """The longest closed loop through directed segments (S, 2), as vertex indices."""
    follow = {int(a): int(b) for a, b in segments}
    best: list[int] = []
    seen: set[int] = set()
    for start in follow:
        loop, at = [], start
        while at in follow and at not in seen:
            seen.add(at)
            loop.append(at)
            at = follow[at]
        if len(loop) > len(best):
            best = loop
    return np.array(best)
