"""Hair that hangs over an eye, swept to its side."""

from dataclasses import replace

import numpy as np

from training.people.assets import Asset
from training.people.body import Body

# The fringes of all styles hang over the right eye, at negative x.
SIDE = -1.0
# The face between these angles from the front stays free below the brows.
FREE_RAD = np.deg2rad(62.0)
OVERHANG_RAD = np.deg2rad(24.0)
NARROWER = 0.82
FULL_ABOVE_EYE_M, NONE_ABOVE_EYE_M = 0.022, 0.085


def swept(asset: Asset, body: Body) -> Asset:
    """The same hair with its fringe drawn aside, to the wearer's right.

    Points turn about the head's vertical axis: above the forehead not at all, from the brows
    down so far that none is left in front of the eyes.
    """
    points = asset.fit.place(body.rest)
    eyes = np.stack([body.eyeball(side)[0] for side in "LR"])
    axis_z = float(eyes[:, 2].mean()) - 0.075
    turn = np.arctan2(points[:, 0], points[:, 2] - axis_z)
    above = points[:, 1] - eyes[:, 1].mean()
    share = np.clip((NONE_ABOVE_EYE_M - above) / (NONE_ABOVE_EYE_M - FULL_ABOVE_EYE_M), 0, 1)
    share = share * share * (3 - 2 * share)
    along = SIDE * turn
    aside = along > -OVERHANG_RAD
    span = (along + OVERHANG_RAD) / (np.pi + OVERHANG_RAD)
    free = np.where(aside, FREE_RAD + span * (np.pi - FREE_RAD), along)
    turned = SIDE * (along + share * (np.maximum(free, along) - along))
    radius = np.hypot(points[:, 0], points[:, 2] - axis_z) * _skull(turned) / _skull(turn)
    moved = points.copy()
    moved[:, 0] = radius * np.sin(turned)
    moved[:, 2] = axis_z + radius * np.cos(turned)
    size = _size(asset, body)
    offset = asset.fit.offset + ((moved - points) / size).astype(np.float32)
    return replace(asset, fit=replace(asset.fit, offset=offset))


def _skull(turn: np.ndarray) -> np.ndarray:
    """Radius of a head seen from above, which is longer than wide, at angles from the front."""
    return 1 / np.hypot(np.sin(turn) / NARROWER, np.cos(turn))


def _size(asset: Asset, body: Body) -> np.ndarray:
    """(3,) metres of one unit of the fit's offsets."""
    return np.array(
        [
            abs(float(body.rest[a, axis] - body.rest[b, axis])) / length
            for axis, (a, b, length) in enumerate(asset.fit.scale)
        ]
    )
