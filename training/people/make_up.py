"""What is painted on a face and what the sun and the years have left on it."""

import colorsys

import numpy as np

from training.people.complexion import Ancestry
from training.people.wrinkle import wrinkles_at

LIPSTICK, LINER, SHADOW = 0.38, 0.45, 0.35
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
    colours = _lipstick(rng), _shadow(rng)
    if not woman:
        return own
    return own | {
        "lip_paint": colours[0],
        "lip_painted": 0.35 + 0.6 * float(amounts[1]) if painted[0] else 0.0,
        "lid_lined": 0.4 + 0.6 * float(amounts[2]) if painted[1] else 0.0,
        "lid_shadow": colours[1],
        "lid_shaded": 0.25 + 0.65 * float(amounts[3]) if painted[2] else 0.0,
    }


def _lipstick(rng: np.random.Generator) -> tuple[float, float, float]:
    """From berry over red and pink to nude brown."""
    hue = float(rng.normal(0.985, 0.03)) % 1
    return _linear(hue, float(rng.uniform(0.45, 0.85)), float(rng.uniform(0.35, 0.80)))


def _shadow(rng: np.random.Generator) -> tuple[float, float, float]:
    """Mostly browns and greys, now and then a colour."""
    if rng.uniform() < 0.7:
        return _linear(0.06, float(rng.uniform(0.1, 0.5)), float(rng.uniform(0.2, 0.55)))
    return _linear(float(rng.uniform()), float(rng.uniform(0.3, 0.6)), float(rng.uniform(0.3, 0.6)))


def _linear(hue: float, saturation: float, value: float) -> tuple[float, float, float]:
    r, g, b = (c**2.2 for c in colorsys.hsv_to_rgb(hue, saturation, value))
    return r, g, b
