"""Earrings at the lobes, necklaces around the neck."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from training.people.head_shape import HeadShape
from training.people.material import Material
from training.people.solid import Solid, ball, joined, tube

EARRINGS = ("stud", "hoop", "drop")
NECKLACES = ("chain", "pearls", "pendant")
AROUND = 120
# Of a necklace: higher than collars, on the neck alone and not across the shoulders.
NECK_LIFT_M, NECK_REACH_M = 0.006, 0.088
# Skin so far from a plane counts as cut by it; a chain that must not hover is cut more exactly.
NEAR_M, NECK_NEAR_M = 0.006, 0.0025


@dataclass(frozen=True, slots=True)
class Earrings:
    """shape: one of EARRINGS; size_m: of the stud, or across the hoop, or how far a drop hangs."""

    shape: str
    size_m: float
    material: Material


@dataclass(frozen=True, slots=True)
class Necklace:
    """shape: one of NECKLACES; drop_m: how far below the neck's base it hangs at the front."""

    shape: str
    drop_m: float
    material: Material


def earrings(wanted: Earrings, head: HeadShape) -> Solid:
    """Both, left and right."""
    ear = head.left_ear()
    low = ear[ear[:, 1] < ear[:, 1].min() + 0.007]
    lobe = np.array([low[:, 0].max(), ear[:, 1].min() + 0.004, low[:, 2].mean()])
    size = wanted.size_m
    if wanted.shape == "stud":
        one = ball(lobe + np.array((0.0006, 0, 0.001)), (0.5 * size,) * 3, rings=8)
    elif wanted.shape == "hoop":
        turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        ring = np.stack([0.25 * np.sin(turn), np.cos(turn), 0.97 * np.sin(turn)], 1) * size / 2
        hanging = lobe - np.array((0.001, size / 2 - 0.002, 0))
        one = tube(hanging + ring, 0.0007 + 0.02 * size, np.array([1.0, 0.0, -0.26]), closed=True)
    elif wanted.shape == "drop":
        bead = ball(lobe + np.array((0.001, 0, 0.001)), (0.0016,) * 3, rings=6)
        end = lobe + np.array((0.002, -size, 0.001))
        wire = tube(
            np.linspace(lobe + np.array((0.001, 0, 0.001)), end, 5), 0.0004, np.array([0.0, 0, 1])
        )
        one = joined([bead, wire, ball(end, (0.0032, 0.0055, 0.0032), rings=8)])
    else:
        raise ValueError(f"There are no earrings {wanted.shape!r}; choose one of {EARRINGS}.")
    return joined([one, one.mirrored()])


def necklace(wanted: Necklace, head: HeadShape) -> Solid:
    """Closed around the neck, on the skin: inside of what is worn."""
    bare = np.zeros((0, 3))
    path = around_neck(wanted.drop_m, head, bare, NECK_LIFT_M, NECK_REACH_M, near_m=NECK_NEAR_M)
    if wanted.shape not in NECKLACES:
        raise ValueError(f"There is no necklace {wanted.shape!r}; choose one of {NECKLACES}.")
    if wanted.shape == "pearls":
        length = np.linalg.norm(path - np.roll(path, 1, 0), axis=1).cumsum()
        at = np.arange(0, length[-1], 0.0075)
        beads = np.stack([np.interp(at, length, path[:, k]) for k in range(3)], 1)
        return joined(
            [ball(bead + np.array((0, 0, 0.002)), (0.0036,) * 3, rings=7) for bead in beads]
        )
    chain = tube(path, 0.0011, np.array([0.0, 1.0, 0.05]), closed=True, sides=6)
    if wanted.shape == "chain":
        return chain
    front = path[path[:, 2].argmax()]
    return joined(
        [chain, ball(front + np.array((0, -0.009, 0.001)), (0.006, 0.009, 0.002), rings=9)]
    )


def around_neck(
    drop_m: float,
    head: HeadShape,
    cloth: np.ndarray,
    lift_m: float = 0.0,
    reach_m: float = 0.13,
    *,
    near_m: float = NEAR_M,
) -> np.ndarray:
    """(AROUND, 3) where a slanting plane cuts the outside of the neck and chest.

    drop_m: how much lower than usual the front is; lift_m: of the whole plane; reach_m: what is
    further from the neck's middle is left out; near_m: how near to the plane points count
    """
    points = np.concatenate([head.skin, cloth])
    back = head.neck_base + np.array((0, 0.020 + lift_m, 0))
    slope = (0.038 + drop_m) / 0.11
    centre = back + np.array((0, -0.5 * slope * 0.11, 0.055))
    height = points[:, 1] - (centre[1] - slope * (points[:, 2] - centre[2]))
    x, z = points[:, 0], points[:, 2] - centre[2]
    near = (np.abs(height) < near_m) & (np.hypot(x, z) < reach_m)
    column = np.round(np.arctan2(x[near], z[near]) / (2 * np.pi) * AROUND).astype(int) % AROUND
    radius = np.zeros(AROUND)
    np.maximum.at(radius, column, np.hypot(x, z)[near])
    known = np.flatnonzero(radius)
    radius = np.interp(np.arange(AROUND), known, radius[known], period=AROUND)
    radius = gaussian_filter1d(maximum_filter1d(radius, 5, mode="wrap"), 2.5, mode="wrap") + 0.002
    turn = 2 * np.pi * np.arange(AROUND) / AROUND
    out = np.stack([radius * np.sin(turn), np.zeros(AROUND), radius * np.cos(turn)], 1)
    path = centre + out
    path[:, 1] = centre[1] - slope * (path[:, 2] - centre[2])
    return path
