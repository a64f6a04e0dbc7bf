"""The set around a random person: what stands behind them and how they are lit."""

import colorsys

import numpy as np

from training.people.backdrop import Backdrop
from training.people.lighting import AreaLight, Lighting

Rgb = tuple[float, float, float]
NOWHERE = (2.0, 2.0, 2.1, 2.1)


def backdrop(rng: np.random.Generator) -> Backdrop:
    """A studio wall (one in four) or a room with a window, shelves and things on them."""
    wall = _colour(rng, (0.0, 0.13), (0.32, 0.68))
    r, g, b = (c * float(rng.uniform(0.35, 0.7)) for c in wall)
    if rng.uniform() < 0.25:
        return Backdrop(wall, (r, g, b), NOWHERE, wall, (), wall, (), float(rng.uniform(12, 32)))
    left = bool(rng.integers(2))
    wide = float(rng.uniform(0.15, 0.5))
    window = NOWHERE
    if rng.uniform() < 0.65:
        window = (-0.3, -0.1, wide, 0.65) if left else (1 - wide, -0.1, 1.3, 0.65)
    light = float(rng.uniform(0.3, 0.62))
    warmth = float(rng.uniform(0.9, 1.1))
    shelves, accents = _shelves(left, rng)
    return Backdrop(
        wall, (r, g, b), window, (light * warmth, light, light / warmth), shelves,
        _colour(rng, (0.2, 0.6), (0.15, 0.4), hue=0.07), accents, float(rng.uniform(9, 36)),
    )  # fmt: skip


def _shelves(left: bool, rng: np.random.Generator):
    """Boards opposite the window, things standing on them, a round thing on the wall."""
    shelves, accents = [], []
    first, last = (0.66, 1.3) if left else (-0.3, 0.30)
    for k in range(int(rng.integers(0, 4))):
        y = 0.14 + 0.2 * k + float(rng.uniform(-0.03, 0.03))
        shelves.append((first, y, last, y + 0.016))
        for _ in range(int(rng.integers(1, 4))):
            x = float(rng.uniform(max(first, 0.02), min(last, 0.98)))
            size = float(rng.uniform(0.03, 0.065))
            accents.append((x, y - 0.7 * size, size, _colour(rng, (0.05, 0.38), (0.2, 0.52))))
    if rng.uniform() < 0.4:
        x = float(rng.uniform(first, last))
        accents.append((x, 0.58, float(rng.uniform(0.05, 0.09)), (0.58, 0.42, 0.25)))
    return tuple(shelves), tuple(accents)


def lighting(rng: np.random.Generator) -> Lighting:
    """One soft key from either side, a weak fill, two or no rims, a dim dome."""
    side = float(rng.choice([-1.0, 1.0]))
    warmth = float(rng.normal(1.0, 0.045))
    key = float(rng.uniform(1.7, 2.8))
    fill = key * float(rng.uniform(0.12, 0.45))
    rim = float(rng.choice([0.0, rng.uniform(0.8, 2.3)], p=[0.3, 0.7]))
    boxes = (
        _box(side * rng.uniform(0.25, 1.0), rng.uniform(0.30, 0.75), rng.uniform(0.18, 0.5),
             key, warmth),
        _box(-side * rng.uniform(0.6, 1.0), rng.uniform(0.0, 0.3), 0.6, fill, 2 - warmth),
        _box(-side * 2.45, rng.uniform(0.4, 0.7), 0.25, rim, 2 - warmth),
        _box(side * 2.5, rng.uniform(0.4, 0.7), 0.25, 0.7 * rim, warmth),
    )  # fmt: skip
    dome = float(rng.uniform(0.16, 0.36))
    return Lighting(
        boxes,
        sky=(dome, dome * 1.03, dome * 1.1),
        horizon=(dome * 0.88, dome * 0.86, dome * 0.84),
        ground=(dome * 0.56, dome * 0.48, dome * 0.42),
        exposure=float(rng.uniform(0.9, 1.15)),
    )


def _box(azimuth_rad, elevation_rad, radius_rad, light: float, warmth: float) -> AreaLight:
    colour = (light * warmth, light * 0.96, light * 0.9 / warmth)
    return AreaLight(float(azimuth_rad), float(elevation_rad), float(radius_rad), colour)


def _colour(rng, saturation, value, hue: float | None = None) -> Rgb:
    tone = float(rng.uniform(0, 1)) if hue is None else hue + float(rng.normal(0, 0.02))
    s, v = float(rng.uniform(*saturation)), float(rng.uniform(*value))
    r, g, b = (c**2.2 for c in colorsys.hsv_to_rgb(tone % 1, s, v))
    return r, g, b
