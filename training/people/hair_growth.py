"""Locks of hair that grow from a scalp, follow its surface, fall and are gathered."""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree  # pyright: ignore[reportAttributeAccessIssue]

from training.people.body import Body
from training.people.scalp import MIDLINE_V, Roots, Skull, skull_of
from training.people.subdivision import vertex_normals

DOWN = np.array([0.0, -1.0, 0.0])
# In units of the skull: crown, and where long hair leaves the head for the shoulders.
CHIN_Y, SHOULDER_Y = -1.05, -2.4
# Below the brows hair keeps this angle from the front, so that eyes and cheeks stay free.
FACE_FREE_RAD = np.deg2rad(58.0)
BROW_Y, HAIRLINE_Y = 0.30, 0.78
FOREHEAD_RAD, FOREHEAD_Y = np.deg2rad(36.0), 0.68
# Clothes lie on the body: hair lies on them.
OVER_CLOTHES_M = 0.022
HELD = 0.6
UNEVEN = 0.07
# Hair from before this z of the skull slips to the breast, other hair to the back.
AHEAD_Z, SLIPS = -0.15, 0.9
# Further aside than this, below the top of the shoulders, are the arms.
BESIDE_X, ON_SHOULDER_Y = 1.02, -1.15
# Above the ears: so far out of its layer no lock of short hair stands.
FLIES_Y, FLIES_M = 0.1, 0.007
# The mouth's cavity in the layout of the texture.
CAVITY_U, CAVITY_V = 0.74, 0.145
# An ear there: u, distance from the midline.
EAR = (0.818, 0.885), (0.120, 0.192)


@dataclass(frozen=True, slots=True)
class Comb:
    """How locks lie. Directions are in the head's axes, x away from the parting.

    top, side, back: (direction (3,), length in metres) by where a lock grows
    parting: x of the parting in units of the skull; None: hair grows away from a whorl
    rise: 0 leaves the skin along it, 1 at right angles; stiffness in [0, 1): keeps its direction
    fall: how much its weight bends it; volume_m: how high over the skin the upper layer lies
    short: share by which single locks may be shorter
    tousle: how far each lock has a direction of its own
    hem: where it is cut off, height in units of the skull; None: where it ends
    fringe: it may hang over the forehead
    """

    top: tuple[tuple[float, float, float], float]
    side: tuple[tuple[float, float, float], float]
    back: tuple[tuple[float, float, float], float]
    parting: float | None = 0.0
    rise: float = 0.3
    stiffness: float = 0.5
    fall: float = 0.5
    volume_m: float = 0.012
    short: float = 0.2
    tousle: float = 0.15
    hem: float | None = None
    fringe: bool = False


@dataclass(frozen=True, slots=True)
class Knot:
    """Where hair is tied together: place (3,) in units of the skull; volume_m: how high over the
    skin the upper layer of the hair that leads there lies; both: one at each side of the head;
    past_m: how far below it locks end, since their tips are thin."""

    place: tuple[float, float, float]
    volume_m: float = 0.007
    both: bool = False
    past_m: float = 0.0


class Surface:
    """The skin that hair lies on: height over it and its normal at any point nearby.

    ears: long hair hangs over them, short hair grows around them
    """

    def __init__(self, body: Body, ears: bool = True):
        # The inside of the mouth is no ground for hair.
        u, v = body.triangle_uv[..., 0].mean(1), body.triangle_uv[..., 1].mean(1)
        ground = (u < CAVITY_U) | (v > CAVITY_V)
        if not ears:
            aside = np.abs(v - MIDLINE_V)
            (u0, u1), (v0, v1) = EAR
            ground &= (u < u0) | (u > u1) | (aside < v0) | (aside > v1)
        self.rows = np.unique(body.triangles[ground])
        self._points = body.rest[self.rows]
        self._normals = vertex_normals(body.rest, body.triangles)[self.rows]
        self._tree = cKDTree(self._points)
        self.skull = skull_of(body)
        # Clothes may hide the skin further down, which then has no normal.
        self._head = self.rows[self.skull.local(self._points)[:, 1] > CHIN_Y]
        self._head_tree = cKDTree(body.rest[self._head])

    def at(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """height (N,) metres, negative inside; normal (N, 3) of points (N, 3)."""
        distance, near = self._tree.query(points, k=6)
        weight = 1 / (distance + 1e-3) ** 2
        weight /= weight.sum(1, keepdims=True)
        normal = (self._normals[near] * weight[..., None]).sum(1)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
        away = ((points[:, None] - self._points[near]) * self._normals[near]).sum(-1)
        return (away * weight).sum(1), normal

    def nearest(self, points: np.ndarray) -> np.ndarray:
        """Vertex (N,) of the body next to each point."""
        return self.rows[self._tree.query(points)[1]]

    def on_head(self, points: np.ndarray) -> np.ndarray:
        """Vertex (N,) of the head next to each point."""
        return self._head[self._head_tree.query(points)[1]]


def lengths(comb: Comb, local: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Direction (N, 3) and length (N,) of locks whose roots lie at `local` (units of the skull)."""
    upper = _smooth(local[:, 1], 0.55, 0.9)
    behind = _smooth(-local[:, 2], 0.1, 0.5) * (1 - upper)
    share = np.stack([upper, 1 - upper - behind, behind], 1)
    zones = (comb.top, comb.side, comb.back)
    direction = share @ np.array([zone[0] for zone in zones])
    length = share @ np.array([zone[1] for zone in zones])
    return direction, length


def grow(
    surface: Surface, roots: Roots, comb: Comb, points: int, rng: np.random.Generator
) -> np.ndarray:
    """Curves (N, points, 3) in metres from roots to tips."""
    skull = surface.skull
    local = skull.local(roots.points)
    along, length = lengths(comb, local)
    along, length = along.copy(), length * (1 - comb.short * rng.uniform(size=len(length)) ** 2)
    if comb.parting is None:
        whorl = local - np.array([0.1, 0.95, -0.45])
        along = along + whorl / np.linalg.norm(whorl, axis=1, keepdims=True)
    else:
        along[:, 0] *= _sign(local[:, 0] - comb.parting)
    along = along + comb.tousle * rng.normal(size=along.shape)
    layer = comb.volume_m * (0.12 + 0.88 * rng.uniform(size=len(length)))
    step = (length / (points - 1))[:, None]
    point, normal = roots.points.copy(), roots.normals
    towards = _unit(_tangential(along, normal) * (1 - comb.rise) + normal * comb.rise)
    curve = [point]
    for k in range(1, points):
        s = k / (points - 1)
        # on a slope hair slides down
        weight = comb.fall * np.maximum(np.clip(1 - normal[:, 1:2] / 0.75, 0, 1), s)
        wish = _unit(_tangential(along, normal)) * (1 - weight) + DOWN * weight
        wish = off_shoulders(wish, skull.local(point), local, normal)
        towards = _unit(towards * comb.stiffness + _unit(wish) * (1 - comb.stiffness))
        point = point + towards * step
        point = point if comb.fringe else face_free(point, local, skull)
        height, normal = surface.at(point)
        worn = OVER_CLOTHES_M * _smooth(-skull.local(point)[:, 1], 1.1, 1.7)
        low = layer * min(1.0, 3 * s) + worn
        push = np.maximum(low - height, 0)[:, None]
        # off the shoulders hair hangs freely, on the head it is held by the hair around it
        held = HELD * comb.fall * _smooth(skull.local(point)[:, 1], CHIN_Y, CHIN_Y + 0.5)
        drop = np.maximum(height - np.maximum(low, layer), 0) * held * min(1.0, 2 * s)
        point = point + normal * (push - drop[:, None])
        # hair that was lifted goes on along the surface
        along_it = off_shoulders(_tangential(towards, normal), skull.local(point), local, normal)
        towards = np.where(push > 0, _unit(_tangential(along_it, normal) + 1e-6), towards)
        curve.append(point)
    curves = np.stack(curve, 1)
    return curves if comb.hem is None else cut(curves, skull, comb.hem, rng)


def off_shoulders(
    wish: np.ndarray, local: np.ndarray, root: np.ndarray, normal: np.ndarray
) -> np.ndarray:
    """Where hair (N, 3) at `local` (units of the skull) wants to go: from the top of a shoulder it
    slips to breast or back, by where its root is, and does not run along the arm."""
    top = _smooth(-local[:, 1], 0.9, 1.3) * np.clip(normal[:, 1], 0, 1)
    aside = np.where(root[:, 2] > AHEAD_Z, 1.0, -1.0)
    out = wish.copy()
    out[:, 0] *= 1 - SLIPS * top
    out[:, 2] += SLIPS * top * aside
    return out


def off_arms(curves: np.ndarray, skull: Skull) -> np.ndarray:
    """Curves (N, K, 3) that end where they would leave a shoulder for the arm: tips there stick
    out when it moves."""
    local = skull.local(curves)
    room = np.where(local[..., 1] < ON_SHOULDER_Y, BESIDE_X - np.abs(local[..., 0]), 1.0)
    return _ended(curves, room)


def cut(curves: np.ndarray, skull: Skull, hem: float, rng: np.random.Generator) -> np.ndarray:
    """Curves (N, K, 3) that end where they first come below a height, a little uneven."""
    level = hem + UNEVEN * rng.uniform(-1, 1, (len(curves), 1))
    return _ended(curves, skull.local(curves)[..., 1] - level)


def _ended(curves: np.ndarray, room: np.ndarray) -> np.ndarray:
    """Curves (N, K, 3) up to where their room (N, K) is first used up."""
    count, k, _ = curves.shape
    below = room < 0
    first = np.where(below.any(1), below.argmax(1), k - 1)
    row = np.arange(count)
    high, low = room[row, np.maximum(first - 1, 0)], room[row, first]
    part = np.where(below.any(1), high / np.maximum(high - low, 1e-6), 1.0)
    end = np.maximum(first - 1 + np.clip(part, 0, 1), 1.0)
    at = np.linspace(0, 1, k) * end[:, None]
    left = np.minimum(at.astype(int), k - 2)
    share = (at - left)[..., None]
    return curves[row[:, None], left] * (1 - share) + curves[row[:, None], left + 1] * share


def gathered(
    surface: Surface, roots: Roots, knot: Knot, points: int, rng: np.random.Generator
) -> np.ndarray:
    """Curves (N, points, 3) that lie close to the head and end at the knot."""
    skull = surface.skull
    place = np.tile(knot.place, (len(roots.points), 1))
    if knot.both:
        place[:, 0] *= np.sign(roots.points[:, 0])
    goal = skull.centre + skull.height_m * place
    goal = goal + rng.normal(0, 0.006, (len(roots.points), 3))
    layer = knot.volume_m * (0.15 + 0.85 * rng.uniform(size=len(roots.points)))
    point, curve = roots.points, [roots.points]
    for k in range(1, points):
        s = k / (points - 1)
        point = point + (goal - point) / (points - k)
        height, normal = surface.at(point)
        low = layer * min(1.0, 3 * s)
        # close to the head, but for the last piece, which leaves it for the knot
        pull = np.maximum(low - height, 0) - np.maximum(height - low, 0) * 0.8 * (s < 0.75)
        point = point + normal * pull[:, None]
        curve.append(point)
    if knot.past_m:
        curve += [point + share * knot.past_m * DOWN for share in (0.35, 0.7, 1.0)]
    return np.stack(curve, 1)


def face_free(points: np.ndarray, root: np.ndarray, skull: Skull) -> np.ndarray:
    """Points (N, 3) turned about the head's axis until none is in front of the face.

    root: (N, 3) of the locks in units of the skull: each goes to its own side
    """
    local = skull.local(points)
    angle = np.arctan2(local[:, 0], local[:, 2])
    side = np.where(np.abs(angle) > 0.15, np.sign(angle), np.sign(root[:, 0] + 1e-6))
    least = FACE_FREE_RAD * _smooth(HAIRLINE_Y - local[:, 1], 0.0, HAIRLINE_Y - BROW_Y)
    turned = side * np.maximum(np.abs(angle), least)
    turned = np.where(np.abs(angle) < least, turned, angle)
    radius = np.hypot(local[:, 0], local[:, 2])
    moved = np.stack([radius * np.sin(turned), local[:, 1], radius * np.cos(turned)], 1)
    return skull.centre + skull.height_m * moved


def before_forehead(curves: np.ndarray, skull: Skull) -> np.ndarray:
    """(N,) bool: single locks (N, K, 3) that stray over the bare forehead."""
    local = skull.local(curves)
    ahead = np.abs(np.arctan2(local[..., 0], local[..., 2])) < FOREHEAD_RAD
    return np.any(ahead & (local[..., 1] < FOREHEAD_Y), axis=1)


def flying(curves: np.ndarray, surface: Surface, volume_m: float) -> np.ndarray:
    """(N,) bool: single locks (N, K, 3) of short hair that stand out of all others."""
    high = surface.skull.local(curves)[..., 1] > FLIES_Y
    height = surface.at(curves.reshape(-1, 3))[0].reshape(high.shape)
    return np.any(high & (height > volume_m + FLIES_M), axis=1)


def waved(
    curves: np.ndarray, amplitude_m: float, length_m: float, curl: float, rng: np.random.Generator
) -> np.ndarray:
    """Curves that swing about their line; curl: 0 in one plane, 1 a corkscrew.

    Neighbours swing together in waves, each for itself in curls.
    """
    count = len(curves)
    piece = np.linalg.norm(np.diff(curves, axis=1), axis=2)
    along = np.concatenate([np.zeros((count, 1)), np.cumsum(piece, 1)], 1)
    t = _unit(np.gradient(curves, axis=1))
    side = _unit(np.cross(t, curves - curves.mean((0, 1)) + 1e-6))
    out = np.cross(side, t)
    loose = 0.6 + 4.0 * curl
    own = rng.uniform(-loose, loose, count) + 25 * curves[:, 0, 0]
    phase = 2 * np.pi * along / length_m * rng.uniform(0.85, 1.15, (count, 1)) + own[:, None]
    rise = np.clip(along / 0.03, 0, 1) * amplitude_m
    swing = side * (np.sin(phase) * rise)[..., None]
    return curves + swing + out * ((np.cos(phase) + 0.6) * rise * curl)[..., None]


def _sign(value: np.ndarray) -> np.ndarray:
    """-1 or 1; a little less in a narrow parting, whose hair must not run along it."""
    return np.where(value < 0, -1.0, 1.0) * np.clip(np.abs(value) / 0.02, 0.8, 1)


def _tangential(vector: np.ndarray, normal: np.ndarray) -> np.ndarray:
    return vector - normal * (vector * normal).sum(-1, keepdims=True)


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.maximum(np.linalg.norm(vector, axis=-1, keepdims=True), 1e-9)


def _smooth(value: np.ndarray, low: float, high: float) -> np.ndarray:
    s = np.clip((value - low) / (high - low), 0, 1)
    return s * s * (3 - 2 * s)
