"""Plain tops cut from the body's own `helper-tights` hull: no logos, no stray seams.

The hull is subdivided (Catmull-Clark), cut along a neckline, pushed out and given a collar band.
Every vertex stays a linear combination of base vertices, so it skins exactly as the body does.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from training.people.body import Body


@dataclass(frozen=True, slots=True)
class Top:
    """How a knitted top is cut.

    neckline_front_m, neckline_back_m: heights of the opening relative to the first neck joint
    v_depth_m: how much deeper a V neck runs in the middle (0 for a crew neck)
    ease_m: distance of the cloth from the hull; collar_height_m, collar_thickness_m: the band
    sleeve: 'long' (to the wrist) or 'short' (to the middle of the upper arm)
    """

    neckline_front_m: float = -0.045
    neckline_back_m: float = 0.0
    v_depth_m: float = 0.0
    ease_m: float = 0.006
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


def catmull_clark(quads: np.ndarray, weights: sparse.csr_matrix) -> tuple:
    """One subdivision: quads (Q, 4) over rows of `weights` -> (4 Q, 4) quads and new weights.

    Open borders follow the cubic spline rule. Source: Catmull and Clark, 1978.
    """
    count = weights.shape[0]
    edges = np.sort(np.stack([quads, np.roll(quads, -1, 1)], -1).reshape(-1, 2), 1)
    edge, inverse, uses = np.unique(edges, axis=0, return_inverse=True, return_counts=True)
    face_of = np.repeat(np.arange(len(quads)), 4)
    inverse = inverse.ravel()
    pick = lambda rows, cols, values, shape: sparse.csr_matrix((values, (rows, cols)), shape)  # noqa: E731
    faces = pick(np.repeat(np.arange(len(quads)), 4), quads.ravel(), np.full(quads.size, 0.25),
                 (len(quads), count))  # fmt: skip
    middle = pick(np.repeat(np.arange(len(edge)), 2), edge.ravel(), np.full(edge.size, 0.5),
                  (len(edge), count))  # fmt: skip
    inner = uses == 2
    beside = pick(inverse, face_of, np.full(len(inverse), 0.5), (len(edge), len(quads)))
    half = sparse.diags(np.where(inner, 0.5, 0.0))
    edge_points = sparse.diags(np.where(inner, 0.5, 1.0)) @ middle + half @ beside @ faces
    vertex_points = _moved_vertices(quads, edge, inner, faces, middle, count)
    new = sparse.vstack([vertex_points, edge_points, faces]).tocsr() @ weights
    e = inverse.reshape(-1, 4) + count
    f = np.arange(len(quads)) + count + len(edge)
    corners = [
        np.stack([quads[:, k], e[:, k], f, e[:, (k + 3) % 4]], 1) for k in range(4)
    ]
    return np.concatenate(corners).astype(np.int32), new


def _moved_vertices(quads, edge, inner, faces, middle, count):
    """Vertex rule: (F + 2 R + (n - 3) P) / n inside, (1, 6, 1) / 8 along borders."""
    ones = lambda rows, cols, shape: sparse.csr_matrix((np.ones(len(rows)), (rows, cols)), shape)  # noqa: E731
    touch_f = ones(quads.ravel(), np.repeat(np.arange(len(quads)), 4), (count, len(quads)))
    touch_e = ones(edge.ravel(), np.repeat(np.arange(len(edge)), 2), (count, len(edge)))
    border = ~inner
    touch_b = ones(edge[border].ravel(), np.repeat(np.where(border)[0], 2), (count, len(edge)))
    n = np.maximum(np.asarray(touch_e.sum(1)).ravel(), 1)
    on_border = np.asarray(touch_b.sum(1)).ravel() > 0
    unused = np.asarray(touch_e.sum(1)).ravel() == 0
    nf = np.maximum(np.asarray(touch_f.sum(1)).ravel(), 1)
    identity = sparse.identity(count)
    inside = (
        sparse.diags(1 / (n * nf)) @ touch_f @ faces
        + sparse.diags(2 / (n * n)) @ touch_e @ middle
        + sparse.diags((n - 3) / n) @ identity
    )
    rim = sparse.diags(np.full(count, 0.5)) @ identity + 0.25 * (touch_b @ middle)
    smooth = (~on_border & ~unused).astype(float)
    return (
        sparse.diags(smooth) @ inside
        + sparse.diags((on_border & ~unused).astype(float)) @ rim
        + sparse.diags(unused.astype(float)) @ identity
    )


def cut(triangles: np.ndarray, weights: sparse.csr_matrix, level: np.ndarray) -> tuple:
    """Keep the part with level < 0, cutting triangles exactly on the line level = 0.

    Returns triangles, weights with the new rows appended, and the border segments (S, 2).
    """
    below = level < 0
    inside = below[triangles].sum(1)
    kept = [triangles[inside == 3]]
    rows: list[tuple[int, int, float]] = []
    made: dict[tuple[int, int], int] = {}
    border = []

    def crossing(a: int, b: int) -> int:
        key = (min(a, b), max(a, b))
        if key not in made:
            made[key] = weights.shape[0] + len(rows)
            rows.append((key[0], key[1], float(level[key[0]] / (level[key[0]] - level[key[1]]))))
        return made[key]

    extra = []
    for triangle in triangles[(inside == 1) | (inside == 2)]:
        alone = below[triangle] if below[triangle].sum() == 1 else ~below[triangle]
        k = int(np.argmax(alone))
        a, b, c = (int(triangle[(k + i) % 3]) for i in range(3))
        ab, ac = crossing(a, b), crossing(a, c)
        if below[a]:
            extra.append((a, ab, ac))
            border.append((ab, ac))
        else:
            extra += [(ab, b, c), (ab, c, ac)]
            border.append((ac, ab))
    kept.append(np.array(extra, np.int32).reshape(-1, 3))
    t = np.array([r[2] for r in rows])
    a, b = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    new = sparse.diags(1 - t) @ weights[a] + sparse.diags(t) @ weights[b]
    return np.concatenate(kept), sparse.vstack([weights, new]).tocsr(), np.array(border)


def vertex_normals(vertices: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """(V, 3) area-weighted unit normals."""
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    normal = np.zeros_like(vertices)
    for k in range(3):
        np.add.at(normal, triangles[:, k], face)
    return normal / np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)


def make_top(body: Body, top: Top) -> Garment:
    """Cut, ease and trim one top for one person."""
    quads = body.quads["helper-tights"]
    weights = sparse.identity(len(body.rest), format="csr")
    for _ in range(2):
        quads, weights = catmull_clark(quads, weights)
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
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
    return _with_collar(weights, offset, triangles, rest, normal, neck, top)


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


def _relaxed(rest, triangles, target, rounds: int = 30) -> np.ndarray:
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


def _with_collar(weights, offset, triangles, rest, normal, neck, top: Top) -> Garment:
    """Add the collar: a rounded band swept along the neckline."""
    loop = _ordered(neck)
    curve = rest[loop] + offset[loop]
    for _ in range(12):
        curve = 0.5 * curve + 0.25 * (np.roll(curve, 1, 0) + np.roll(curve, -1, 0))
    forward = np.roll(curve, -1, 0) - np.roll(curve, 1, 0)
    forward /= np.linalg.norm(forward, axis=1, keepdims=True)
    out = normal[loop]
    for _ in range(6):
        out = 0.5 * out + 0.25 * (np.roll(out, 1, 0) + np.roll(out, -1, 0))
    out -= (out * forward).sum(1, keepdims=True) * forward
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    up = np.cross(out, forward)
    up *= np.sign((up[:, 1]).sum())
    profile = _band_profile(top)
    ring = [curve + up * u + out * o for u, o in profile]
    size, m = len(loop), len(profile)
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))])
    first = weights.shape[0]
    k = np.arange(size)
    nxt = (k + 1) % size
    tris = []
    for j in range(m - 1):
        a, b, c, d = (first + j * size + k, first + j * size + nxt,
                      first + (j + 1) * size + nxt, first + (j + 1) * size + k)  # fmt: skip
        tris += [np.stack([a, b, c], 1), np.stack([a, c, d], 1)]
    band = np.concatenate(tris)
    position = np.concatenate(ring)
    if (vertex_normals(np.concatenate([rest, position]), band)[first:] * np.tile(out, (m, 1))).sum() < 0:
        band = band[:, ::-1]
    all_weights = sparse.vstack([weights] + [weights[loop]] * m).tocsr()
    band_uv = np.stack([10 + np.tile(along, m), np.repeat([u for u, _ in profile], size)], 1)
    uv = np.concatenate([rest[:, :2] * 1.0, band_uv])
    full_offset = np.concatenate([offset, position - np.tile(rest[loop], (m, 1))])
    return Garment(all_weights, full_offset, np.concatenate([triangles, band]), uv)


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
