"""Garments cut from garments: shorter sleeves, other necklines, jackets that stand open.

A cut is a field over the garment at rest, positive where cloth is taken away. The cloth's edge is
moved on to the field's zero, so that it is clean, and the skin that comes to light is put back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial import KDTree

from training.people.assets import Asset
from training.people.body import BODY_VERTICES, Body
from training.people.head_shape import spread
from training.people.subdivision import vertex_normals

ARM = ("upperarm", "lowerarm", "wrist", "finger")
KEPT, STEP_M, OVER_SKIN_M = -1.0, 0.001, 0.004
# The skin reaches so far under the new edge.
UNDER_M = 0.012
# Cloth comes down to the skin over so much of it, towards a neckline.
SNUG_M = 0.06
# At its edge so far off the skin, before the shoulders and behind them, where it is not seen but
# would be looked into.
EDGE_OVER_SKIN_M, BEHIND_M, BEHIND_WITHIN_M = OVER_SKIN_M, 0.0, 0.02
NECKLINES = ("", "scoop", "boat")


@dataclass(frozen=True, slots=True)
class Cut:
    """sleeve: share of the arm that stays covered, 1 all; neckline: one of NECKLINES, "" as it is;
    depth_m: how far it goes down; open_m: half the width of an open front, 0 closed"""

    sleeve: float = 1.0
    neckline: str = ""
    depth_m: float = 0.10
    open_m: float = 0.0


Field = Callable[[np.ndarray, np.ndarray], np.ndarray]


def cut(asset: Asset, body: Body, wanted: Cut) -> Asset:
    """The garment with less cloth."""
    field = _field(wanted, body)
    if wanted == Cut():
        return asset
    less = trimmed(asset, body, field)
    return snug(less, body, wanted) if wanted.neckline else less


def lifted(asset: Asset, body: Body, over_m: float) -> Asset:
    """The garment so much further out, as what is worn over another. To be cut afterwards, or
    edges that were straight go in and out with the body."""
    points = asset.fit.place(body.rest).astype(np.float64)
    return _moved(
        asset, body, points, points + over_m * vertex_normals(points, asset.mesh.triangles)
    )


def shown_in_front(asset: Asset, body: Body, wanted: Cut) -> Asset:
    """Of a garment worn under one that stands open: what can be seen of it."""
    base = body.joint("neck01")

    def field(points: np.ndarray, arm: np.ndarray) -> np.ndarray:
        beyond = np.abs(points[:, 0]) - _open_half_m(points, base, wanted.open_m) - 0.035
        behind = base[2] + 0.01 - points[:, 2]
        return np.maximum(np.maximum(beyond, behind), np.where(arm > 0.3, 1.0, KEPT))

    return trimmed(asset, body, field)


def snug(asset: Asset, body: Body, wanted: Cut) -> Asset:
    """The garment with cloth that comes down to the skin towards its neckline: where it was cut on
    the shoulders it stood off, and one looked in."""
    points = asset.fit.place(body.rest).astype(np.float64)
    base = body.joint("neck01").astype(np.float64)
    past = _neckline(points, base, wanted)
    near = np.flatnonzero(past > -SNUG_M)
    share = np.clip(1 + past[near] / SNUG_M, 0, 1)
    away, normal = above(points[near], skin_of(body))
    behind = np.clip((base[2] - points[near, 2]) / BEHIND_WITHIN_M + 0.5, 0, 1)
    edge = EDGE_OVER_SKIN_M + behind * (BEHIND_M - EDGE_OVER_SKIN_M)
    down = share * share * (3 - 2 * share) * np.maximum(away - edge, 0)
    moved = points.copy()
    moved[near] -= normal * down[:, None]
    return _moved(asset, body, points, moved)


def trimmed(asset: Asset, body: Body, field: Field) -> Asset:
    """Take away where field(points (P, 3), share of the arm (P,)) is positive."""
    fit, mesh = asset.fit, asset.mesh
    points = fit.place(body.rest).astype(np.float64)
    arm = fit.carry(_arm_share(body)[:, None])[:, 0]
    value = field(points, arm)
    gone = value > 0
    keep = ~gone[mesh.triangles].all(1)
    edge = np.zeros(len(points), bool)
    crossing = keep & gone[mesh.triangles].any(1)
    edge[mesh.triangles[crossing]] = True
    moving = np.flatnonzero(edge & gone)
    moved = points.copy()
    moved[moving] = _on_zero(points[moving], arm[moving], field)
    moved[moving] = _over_skin(moved[moving], body)
    fit = _moved(asset, body, points, moved).fit
    bare = field(body.rest[fit.deleted].astype(np.float64), _arm_share(body)[fit.deleted])
    return replace(
        asset,
        mesh=replace(mesh, triangles=mesh.triangles[keep], uv_triangles=mesh.uv_triangles[keep]),
        fit=replace(fit, deleted=fit.deleted[bare < -UNDER_M]),
    )


def _moved(asset: Asset, body: Body, points: np.ndarray, moved: np.ndarray) -> Asset:
    """The asset whose `points` on this body have `moved`."""
    fit = asset.fit
    size = [
        abs(float(body.rest[a, axis] - body.rest[b, axis])) / length
        for axis, (a, b, length) in enumerate(fit.scale)
    ]
    offset = fit.offset + ((moved - points) / np.array(size)).astype(np.float32)
    return replace(asset, fit=replace(fit, offset=offset))


def _field(wanted: Cut, body: Body) -> Field:
    if wanted.neckline not in NECKLINES:
        raise ValueError(f"There is no neckline {wanted.neckline!r}; choose one of {NECKLINES}.")
    base = body.joint("neck01").astype(np.float64)

    def field(points: np.ndarray, arm: np.ndarray) -> np.ndarray:
        value = np.full(len(points), KEPT)
        if wanted.sleeve < 1:
            value = np.maximum(value, _sleeve(points, arm, body, wanted.sleeve))
        if wanted.neckline:
            value = np.maximum(value, _neckline(points, base, wanted))
        if wanted.open_m > 0:
            front = np.where(points[:, 2] > base[2] + 0.02, 0.0, KEPT)
            inside = _open_half_m(points, base, wanted.open_m) - np.abs(points[:, 0])
            value = np.maximum(value, inside + front)
        return value

    return field


def _sleeve(points: np.ndarray, arm: np.ndarray, body: Body, share: float) -> np.ndarray:
    """Metres past the hem along the arm."""
    value = np.full(len(points), KEPT)
    for side, sign in (("L", 1.0), ("R", -1.0)):
        start, end = (body.joint(f"{n}.{side}").astype(np.float64) for n in ("upperarm01", "wrist"))
        length = np.linalg.norm(end - start)
        past = (points - start) @ ((end - start) / length) - share * length
        value = np.where((arm > 0.35) & (sign * points[:, 0] > 0), past, value)
    return value


def _neckline(points: np.ndarray, base: np.ndarray, wanted: Cut) -> np.ndarray:
    x, up = np.abs(points[:, 0]), points[:, 1] - base[1]
    wide, deep = (0.088, wanted.depth_m) if wanted.neckline == "scoop" else (0.112, 0.045)
    # The back is cut less deep than the front.
    front = np.clip((points[:, 2] - base[2]) / 0.06, 0, 1)
    deep = 0.035 + (deep - 0.035) * front
    reach = np.sqrt((x / wide) ** 2 + (np.minimum(up - 0.03, 0) / (deep + 0.03)) ** 2)
    return np.where(up > -0.25, (1 - reach) * 0.07, KEPT)


def _open_half_m(points: np.ndarray, base: np.ndarray, open_m: float) -> np.ndarray:
    """Half the width of an open front, wider below."""
    return open_m * (1 + 1.1 * np.clip(base[1] - points[:, 1], 0, 0.5))


def _on_zero(points: np.ndarray, arm: np.ndarray, field: Field) -> np.ndarray:
    """Points (P, 3) moved the short way to where the field is zero, by Newton's method."""
    points = points.copy()
    for _ in range(4):
        value = field(points, arm)
        slope = np.stack(
            [(field(points + step, arm) - value) / STEP_M for step in STEP_M * np.eye(3)], 1
        )
        steep = np.maximum((slope**2).sum(1), 0.05)
        points -= slope * (np.clip(value, -0.03, 0.03) / steep)[:, None]
    return points


def _over_skin(points: np.ndarray, body: Body) -> np.ndarray:
    """Points (P, 3) lifted off the body where they came too close."""
    skin = skin_of(body)
    for _ in range(3):
        away, normal = above(points, skin)
        points = points + normal * np.maximum(OVER_SKIN_M - away, 0)[:, None]
    return points


Skin = tuple[KDTree, np.ndarray, np.ndarray]


def skin_of(body: Body) -> Skin:
    """Points all over the trunk, neck and arms to be looked up, themselves and their normals."""
    near = (body.rest[body.triangles][..., 1] > body.joint("spine05")[1]).all(1)
    triangles = body.triangles[near]
    rest = body.rest[:BODY_VERTICES].astype(np.float64)
    normals = vertex_normals(rest, triangles)
    skin, normals = spread(rest, triangles), spread(normals, triangles)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    return KDTree(skin), skin, normals


def above(points: np.ndarray, skin: Skin) -> tuple[np.ndarray, np.ndarray]:
    """Metres (P,) off the nearest skin, and its normal (P, 3)."""
    tree, places, normals = skin
    _, row = tree.query(points)
    return ((points - places[row]) * normals[row]).sum(1), normals[row]


def _arm_share(body: Body) -> np.ndarray:
    """(B,) how much each vertex of the base mesh hangs on an arm."""
    names = np.array([name.startswith(ARM) for name in body.skeleton.joint_names])
    return body.skin_weights[:, names].sum(1)
