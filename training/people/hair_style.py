"""Hair styles that grow: which locks, how they are combed, what is painted on the scalp."""

from dataclasses import dataclass, replace

import numpy as np

from training.people.body import Body
from training.people.coat import coat
from training.people.hair_card import Grown, Strip, hanging_weights, ribbons, ropes
from training.people.hair_growth import (
    Comb,
    Knot,
    Surface,
    before_forehead,
    flying,
    gathered,
    grow,
    off_arms,
    waved,
)
from training.people.scalp import Roots, on_scalp, skull_of, sow

Vector = tuple[float, float, float]
# Locks begin a little inside the hairline, first few, then all.
MARGIN_M, SOFT_M = 0.004, 0.008
HANGS_FROM = 0.5
# Height and z of what grows before the ears, in units of the skull.
SIDEBURN = (0.15, -0.1)
PLAIT_POINTS, ROPE_OF_PLAIT = 44, 0.72
TIE_M, BUN_LOCK_M = 0.008, 0.012


@dataclass(frozen=True, slots=True)
class Locks:
    """A layer of locks.

    comb: how they lie; knot: where they are tied instead, or, with a comb, what they grow from
    upper, ahead: only above this height, only before this z (units of the skull)
    wave_m, wave_length_m, curl: see hair_growth.waved
    rope_m: radius of ropes, 0: flat locks; points: along a lock
    """

    count: int
    width_m: float
    comb: Comb | None = None
    knot: Knot | None = None
    upper: float = -9.0
    ahead: float = -9.0
    wave_m: float = 0.0
    wave_length_m: float = 0.05
    curl: float = 0.0
    rope_m: float = 0.0
    points: int = 12
    texture: str = "locks"


@dataclass(frozen=True, slots=True)
class Bun:
    """Hair wound into a ball: centre in units of the skull, radius in metres."""

    centre: Vector
    radius_m: float
    count: int = 70


@dataclass(frozen=True, slots=True)
class Plait:
    """Three ropes woven together that hang from a knot, of so much length and half width."""

    knot: Knot
    comb: Comb
    radius_m: float
    turn_m: float = 0.05


@dataclass(frozen=True, slots=True)
class Style:
    """layers: of locks, from below; coat: of hair_texture.COATS; receded_m: see scalp.on_scalp"""

    layers: tuple[Locks | Bun | Plait, ...]
    coat: str = "coat_scalp"
    receded_m: float = 0.0


def grown_hair(style: Style, body: Body, seed: int = 0) -> list[Grown]:
    """The pieces of a style on a body; another seed is another head of hair: parted at the other
    side, longer, fuller."""
    rng = np.random.default_rng(seed)
    over_ears, around_ears = Surface(body), Surface(body, ears=False)
    pieces = [coat(body, style.coat)]
    mirror, longer, fuller = rng.choice([-1.0, 1.0]), rng.uniform(0.88, 1.12), rng.uniform(0.9, 1.2)
    for layer in style.layers:
        if isinstance(layer, Bun):
            pieces.append(_bun(layer, body, over_ears, rng))
            continue
        if isinstance(layer, Plait):
            pieces.append(_plait(layer, body, over_ears, rng))
            continue
        hangs = layer.comb is not None and layer.comb.fall > HANGS_FROM
        surface = over_ears if hangs else around_ears
        comb = layer.comb and _varied(layer.comb, mirror, longer, fuller)
        curves = _curves(replace(layer, comb=comb), style, body, surface, rng)
        pieces.append(_piece(layer, body, surface, curves, rng))
    return pieces


def _varied(comb: Comb, mirror: float, longer: float, fuller: float) -> Comb:
    """mirror: -1 puts the parting at the other side."""
    zones = {}
    for name in ("top", "side", "back"):
        way, length_m = getattr(comb, name)
        zones[name] = (way, length_m * longer)
    parting = None if comb.parting is None else mirror * comb.parting
    return replace(comb, parting=parting, volume_m=comb.volume_m * fuller, **zones)


def _curves(layer: Locks, style: Style, body: Body, surface: Surface, rng) -> np.ndarray:
    if layer.comb is None:
        assert layer.knot is not None
        roots = _roots(layer, style, body, rng)
        # sideburns would be drawn across the ears
        _, y, z = surface.skull.local(roots.points).T
        roots = roots.take((y > SIDEBURN[0]) | (z < SIDEBURN[1]))
        curves = gathered(surface, roots, layer.knot, layer.points, rng)
        curves = curves[~before_forehead(curves, surface.skull)]
    else:
        if layer.knot is not None:
            roots = _at_knot(layer.knot, layer.count, surface, rng)
        else:
            roots = _roots(layer, style, body, rng)
        curves = grow(surface, roots, layer.comb, layer.points, rng)
        curves = off_arms(curves, surface.skull)
        if not layer.comb.fringe:
            curves = curves[~before_forehead(curves, surface.skull)]
        if layer.comb.fall <= HANGS_FROM:
            curves = curves[~flying(curves, surface, layer.comb.volume_m)]
    if layer.wave_m:
        curves = waved(curves, layer.wave_m, layer.wave_length_m, layer.curl, rng)
    return curves


def _roots(layer: Locks, style: Style, body: Body, rng) -> Roots:
    def density(uv: np.ndarray) -> np.ndarray:
        return np.clip((on_scalp(uv, style.receded_m) - MARGIN_M) / SOFT_M + 0.35, 0, 1)

    roots = sow(body, density, layer.count, rng)
    local = skull_of(body).local(roots.points)
    return roots.take((local[:, 1] > layer.upper) & (local[:, 2] > layer.ahead))


def _at_knot(knot: Knot, count: int, surface: Surface, rng) -> Roots:
    """Roots of a tail that hangs from a knot."""
    centre = surface.skull.centre + surface.skull.height_m * np.array(knot.place)
    spread = _unit(rng.normal(size=(count, 3)))
    out = _unit(_unit(np.array(knot.place)) + 0.6 * spread)
    nothing = np.zeros((count, 3), int), np.ones((count, 3)) / 3, np.zeros((count, 2))
    return Roots(centre + TIE_M * spread, out, *nothing)


def _bun(bun: Bun, body: Body, surface: Surface, rng) -> Grown:
    skull = surface.skull
    out = _unit(np.array(bun.centre))
    side = _unit(np.cross(out, [1.0, 0.0, 0.0]))
    across = np.cross(out, side)
    t = np.linspace(0, 1, 16)[None]
    start, tilt = rng.uniform(0, 2 * np.pi, (2, bun.count, 1))
    turn = start + 2 * np.pi * 0.55 * t
    low = rng.uniform(-0.35, 0.95, (bun.count, 1)) + 0.18 * np.sin(2 * np.pi * t + tilt)
    ring = np.sqrt(np.clip(1 - low**2, 0.02, 1))
    radius = bun.radius_m * rng.uniform(0.9, 1.05, (bun.count, 1))
    ball = (
        ring[..., None] * (np.cos(turn)[..., None] * side + np.sin(turn)[..., None] * across)
        + 0.8 * low[..., None] * out
    )
    curves = skull.centre + skull.height_m * np.array(bun.centre) + radius[..., None] * ball
    strip = ribbons(curves, ball, BUN_LOCK_M, rng)
    return _own_normals(strip, body, surface, "locks")


def _plait(plait: Plait, body: Body, surface: Surface, rng) -> Grown:
    sides = (1.0, -1.0) if plait.knot.both else (1.0,)
    ropes_of = []
    for side in sides:
        x, y, z = plait.knot.place
        root = _at_knot(Knot((side * x, y, z)), 1, surface, rng)
        (line,) = grow(surface, root, replace(plait.comb, parting=0.0), PLAIT_POINTS, rng)
        along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
        normal = surface.at(line)[1]
        across = _unit(np.cross(_unit(np.gradient(line, axis=0)), normal))
        narrow = plait.radius_m * np.clip(1.25 - 0.6 * along / along[-1], 0, 1)[:, None]
        for k in range(3):
            phase = 2 * np.pi * (along / plait.turn_m + k / 3)[:, None]
            weave = across * np.sin(phase) + 0.5 * normal * np.sin(2 * phase)
            ropes_of.append(line + narrow * weave)
    strip = ropes(np.stack(ropes_of), ROPE_OF_PLAIT * plait.radius_m)
    return _own_normals(strip, body, surface, "rope")


def _piece(layer: Locks, body: Body, surface: Surface, curves, rng) -> Grown:
    if layer.rope_m:
        return _own_normals(ropes(curves, layer.rope_m), body, surface, "rope")
    flat = curves.reshape(-1, 3)
    normals = surface.at(flat)[1].reshape(curves.shape)
    points, tangent, uv, triangles = ribbons(curves, normals, layer.width_m, rng)
    weights = hanging_weights(body, surface, points)
    # Lit like the whole head of hair, not like single locks.
    normal_of = np.repeat(surface.on_head(flat), 2)
    return Grown(points, tangent, uv, triangles, weights, normal_of, layer.texture)


def _own_normals(strip: Strip, body: Body, surface: Surface, texture: str) -> Grown:
    points, tangent, uv, triangles = strip
    weights = hanging_weights(body, surface, points)
    return Grown(points, tangent, uv, triangles, weights, np.full(len(points), -1), texture)


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.maximum(np.linalg.norm(vector, axis=-1, keepdims=True), 1e-9)
