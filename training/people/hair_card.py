"""Curves of hair made into drawable pieces: flat locks that face outwards, or round ropes."""

from dataclasses import dataclass

import numpy as np

from training.people.body import Body
from training.people.hair_growth import CHIN_Y, SHOULDER_Y, Surface
from training.people.hair_texture import TILES

SIDES = 6
# Points, tangents, texture coordinates, triangles.
Strip = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class Grown:
    """A piece of grown hair (P points), triangles (T, 3).

    points, tangent (P, 3); uv (P, 2); skin: (P, J) weights; delta: (52, P, 3) what facial actions
    move, None: nothing; normal_of: (P,) the body's vertex whose normal each point takes
    on_face: a beard
    """

    points: np.ndarray
    tangent: np.ndarray
    uv: np.ndarray
    triangles: np.ndarray
    skin: np.ndarray
    normal_of: np.ndarray
    texture: str
    delta: np.ndarray | None = None
    on_face: bool = False


def ribbons(
    curves: np.ndarray, normals: np.ndarray, width_m: float, rng: np.random.Generator
) -> Strip:
    """Points (N K 2, 3), tangents, uv and triangles of flat locks along curves (N, K, 3).

    normals: (N, K, 3) of what they lie on; the front of a lock looks away from it
    """
    count, k, _ = curves.shape
    tangent = _unit(np.gradient(curves, axis=1))
    side = _unit(np.cross(tangent, normals) + 1e-9)
    s = np.linspace(0, 1, k)
    width = width_m * rng.uniform(0.7, 1.3, (count, 1)) * (1 - 0.55 * s**3)
    half = side * (width / 2)[..., None]
    points = np.stack([curves - half, curves + half], 2).reshape(-1, 3)
    tile = rng.integers(TILES, size=count)[:, None, None] + np.array([0.0, 1.0])
    flip = rng.uniform(size=count) < 0.5
    tile = np.where(flip[:, None, None], tile[..., ::-1], tile) / TILES
    u = np.broadcast_to(tile, (count, k, 2))
    v = np.broadcast_to(1 - s[None, :, None], (count, k, 2))
    one = np.arange(k - 1) * 2
    quad = np.concatenate(
        [np.stack([one, one + 1, one + 3], 1), np.stack([one, one + 3, one + 2], 1)]
    )
    triangles = quad[None] + (np.arange(count) * 2 * k)[:, None, None]
    return (
        points,
        -np.repeat(tangent, 2, 1).reshape(-1, 3),
        np.stack([u, v], -1).reshape(-1, 2),
        triangles.reshape(-1, 3),
    )


def ropes(curves: np.ndarray, radius_m: float) -> Strip:
    """Points (N K (SIDES + 1), 3), tangents, uv and triangles of round ropes along curves."""
    count, k, _ = curves.shape
    tangent = _unit(np.gradient(curves, axis=1))
    one_way = _unit(np.cross(tangent, [0.31, 0.2, 0.93]))
    other = np.cross(tangent, one_way)
    turn = np.linspace(0, 2 * np.pi, SIDES + 1)
    s = np.linspace(0, 1, k)
    radius = radius_m * np.minimum(1, np.minimum(0.6 + 4 * s, 0.25 + 5 * (1 - s)))
    ring = (
        one_way[:, :, None] * np.cos(turn)[:, None] + other[:, :, None] * np.sin(turn)[:, None]
    ) * radius[None, :, None, None]
    points = (curves[:, :, None] + ring).reshape(-1, 3)
    u = np.broadcast_to(np.linspace(0, 1, SIDES + 1), (count, k, SIDES + 1))
    v = np.broadcast_to(1 - s[None, :, None], u.shape)
    a = (np.arange(k - 1)[:, None] * (SIDES + 1) + np.arange(SIDES)).ravel()
    b = a + SIDES + 1
    quad = np.concatenate([np.stack([a, b, b + 1], 1), np.stack([a, b + 1, a + 1], 1)])
    triangles = quad[None] + (np.arange(count) * k * (SIDES + 1))[:, None, None]
    return (
        points,
        -np.repeat(tangent, SIDES + 1, 1).reshape(-1, 3),
        np.stack([u, v], -1).reshape(-1, 2),
        triangles.reshape(-1, 3),
    )


def hanging_weights(body: Body, surface: Surface, points: np.ndarray) -> np.ndarray:
    """Skin weights (P, J): hair follows the head; what lies on the shoulders follows them."""
    skull = surface.skull
    share = np.clip((CHIN_Y - skull.local(points)[:, 1]) / (CHIN_Y - SHOULDER_Y), 0, 1)[:, None]
    weight = np.zeros((len(points), body.skin_weights.shape[1]), np.float32)
    weight[:, body.skeleton.index("head")] = 1
    return weight * (1 - share) + body.skin_weights[surface.nearest(points)] * share


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.maximum(np.linalg.norm(vector, axis=-1, keepdims=True), 1e-9)
