"""What is painted on a face and what the sun and the years have left on it."""

import colorsys

import numpy as np

from training.people.complexion import Ancestry
from training.people.wrinkle import wrinkles_at

LIPSTICK, LINER, SHADOW = 0.34, 0.45, 0.30
# Lips of dark skins are painted grey in the textures; a natural colour lies over them.
DARK_FROM, LIP_BALM = 0.45, (0.170, 0.062, 0.050)
FRECKLED = 0.30


def on_skin(woman: bool, age_years: float, ancestry: Ancestry, rng: np.random.Generator) -> dict:
    """Fields of Look: wrinkles, freckles and, on most women, make-up."""
    light = ancestry[2] ** 2
    freckled = rng.uniform() < FRECKLED * light
    amounts = rng.uniform(size=4)
    own = {
        "wrinkles": wrinkles_at(age_years, rng),
        "freckles": 0.2 + 0.8 * float(amounts[0]) if freckled else 0.0,
    }
    painted = rng.uniform(size=3) < (LIPSTICK, LINER, SHADOW)
    dark = ancestry[0] >= DARK_FROM
    colours = _lipstick(dark, rng), _shadow(rng)
    if dark and not (woman and painted[0]):
        own |= {"lip_paint": LIP_BALM, "lip_painted": 0.45}
    if not woman:
        return own
    lips = {"lip_paint": colours[0], "lip_painted": 0.30 + 0.45 * float(amounts[1])}
    own |= lips if painted[0] else {}
    return own | {
        "lid_lined": 0.4 + 0.6 * float(amounts[2]) if painted[1] else 0.0,
        "lid_shadow": colours[1],
        "lid_shaded": 0.15 + 0.35 * float(amounts[3]) if painted[2] else 0.0,
    }


def _lipstick(dark: bool, rng: np.random.Generator) -> tuple[float, float, float]:
    """From berry over red and rose to nude brown; on dark skin deeper."""
    hue = float(rng.normal(0.985, 0.02)) % 1
    saturation, value = float(rng.uniform(0.42, 0.72)), float(rng.uniform(0.45, 0.72))
    return _linear(hue, saturation, value * 0.72 if dark else value)


def _shadow(rng: np.random.Generator) -> tuple[float, float, float]:
    """Browns, mauves and greys."""
    hue = float(rng.normal(0.02, 0.05)) % 1
    return _linear(hue, float(rng.uniform(0.1, 0.4)), float(rng.uniform(0.2, 0.45)))


def _linear(hue: float, saturation: float, value: float) -> tuple[float, float, float]:
    r, g, b = (c**2.2 for c in colorsys.hsv_to_rgb(hue, saturation, value))
    return r, g, b
