"""Scarves and high collars around the neck, cut to the body and what it wears."""

from dataclasses import dataclass

import numpy as np

from training.people.head_shape import HeadShape
from training.people.jewellery import around_neck
from training.people.material import Material
from training.people.solid import Solid, joined, sheet, tube

# Between the turns of a scarf, in units of its half thickness.
NEXT = 1.25
# A scarf lies around the neck: shoulders, which are further from its middle, do not widen it.
SCARF_REACH_M = 0.082
# How far a high collar reaches under the garment, seen from above.
UNDER_M = 0.03
SHAPES = ("scarf", "turtleneck")
SWAY_M = 0.005


@dataclass(frozen=True, slots=True)
class Neckwear:
    """shape: one of SHAPES; loose: in [0, 1], how thick a scarf or how high a collar."""

    shape: str
    material: Material
    loose: float = 0.5


def neckwear(wanted: Neckwear, head: HeadShape, cloth: np.ndarray) -> Solid:
    """cloth: (C, 3) points of the garment beneath. Raises ValueError for an unknown shape."""
    if wanted.shape == "scarf":
        return _scarf(wanted.loose, head, cloth)
    if wanted.shape == "turtleneck":
        return _turtleneck(wanted.loose, head, cloth)
    raise ValueError(f"There is no neckwear {wanted.shape!r}; choose one of {SHAPES}.")


def _scarf(loose: float, head: HeadShape, cloth: np.ndarray) -> Solid:
    """Two turns and an end that hangs over the chest."""
    thick = 0.012 + 0.007 * loose
    turn = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    loops = []
    # The upper turn lies on the lower one: no neck shows between them.
    turns = ((0.012, -0.005, 0.75 * thick, 0.4), (0.012 - NEXT * thick, 0, 0.45 * thick, 2.1))
    for drop, lift, out, phase in turns:
        path = around_neck(drop, head, cloth, lift, SCARF_REACH_M)
        path = path + out * _outwards(path)
        path[:, 1] += 0.6 * thick + 0.003 * np.sin(3 * turn + phase)
        lumps = thick * (1 + 0.14 * np.sin(5 * turn + phase) + 0.08 * np.sin(9 * turn))
        half = np.stack([lumps, 0.95 * lumps[::-1]], 1)
        loops.append(tube(path, half, np.array([0.0, 1.0, 0.2]), closed=True, sides=20))
    return joined([*loops, _hanging(loops[0], thick, head, cloth)])


def _hanging(loop: Solid, thick: float, head: HeadShape, cloth: np.ndarray) -> Solid:
    front = loop.points[loop.points[:, 2].argmax()]
    points = np.concatenate([head.skin, cloth])
    s = np.linspace(0, 1, 24)
    x = 0.022 + 0.012 * s
    y = front[1] - 0.2 * thick - 0.24 * s
    chest = np.array([
        points[(np.abs(points[:, 0] - a) < 0.035) & (np.abs(points[:, 1] - b) < 0.014), 2].max(
            initial=front[2] - 0.04
        )
        for a, b in zip(x, y, strict=True)
    ])  # fmt: skip
    z = np.convolve(np.pad(chest + 0.012, 3, mode="edge"), np.ones(7) / 7, mode="valid")
    z[0] = front[2] - 0.3 * thick
    # Soft cloth: it bends, its edges wander, its end is round.
    x = x + SWAY_M * np.sin(5 * s)
    wide = (0.6 * thick + (0.030 - 0.6 * thick) * s**0.5) * (1 + 0.07 * np.sin(11 * s + 1))
    deep = (0.006 + 0.5 * thick * (1 - s)) * (1 + 0.2 * np.sin(9 * s))
    rounding = np.sqrt(1 - np.clip((s - 0.85) / 0.16, 0, 1) ** 2)[:, None]
    half = np.stack([wide, deep], 1) * rounding
    path = np.stack([x, y, z], 1)
    return tube(path, half, np.array([0.0, 0.2, 1.0]), square=0.15, sides=20)


def _turtleneck(loose: float, head: HeadShape, cloth: np.ndarray) -> Solid:
    """A collar from the shoulders up the neck, folded over."""
    bare = np.zeros((0, 3))
    hem = around_neck(0.020, head, cloth)
    # It begins on the skin below any neckline, under the garment: no skin shows between them.
    rings = []
    for lift_m, reach_m in ((-0.050, 0.150), (-0.030, 0.120)):
        ring = around_neck(0.045, head, bare, lift_m, reach_m)
        rings.append(_beside(ring + 0.001 * _outwards(ring), hem))
    rings.append(hem - 0.002 * _outwards(hem))
    tall = 0.030 + 0.016 * loose
    for share in (0.0, 0.3, 0.6, 0.85, 1.0):
        # Higher rings lie on the neck alone, not on shoulders and jaw.
        ring = around_neck(0.008, head, bare, tall * share - 0.012, 0.078)
        rings.append(ring + (0.004 + 0.003 * np.sin(np.pi * share)) * _outwards(ring))
    top = rings[-1]
    fold = top + 0.003 * _outwards(top) + np.array((0, 0.003, 0))
    rows = np.stack([*rings, fold, top - 0.004 * _outwards(top)])
    # From below upwards the sheet would face the neck.
    return sheet(rows[:, ::-1], closed=True)


def _beside(ring: np.ndarray, hem: np.ndarray) -> np.ndarray:
    """A ring drawn in to UNDER_M outside another: it must not come to light on a breast."""
    middle = hem.mean(0)
    out, most = (np.hypot(*(r - middle)[:, ::2].T) for r in (ring, hem))
    share = np.minimum((most + UNDER_M) / out, 1)[:, None]
    return np.where([True, False, True], middle + (ring - middle) * share, ring)


def _outwards(ring: np.ndarray) -> np.ndarray:
    out = (ring - ring.mean(0)) * np.array((1, 0, 1))
    return out / np.linalg.norm(out, axis=1, keepdims=True)
