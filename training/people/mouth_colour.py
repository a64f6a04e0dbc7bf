"""Natural colours of lips and teeth; linear RGB throughout."""

import numpy as np

from training.people.complexion import Ancestry, Rgb
from training.people.make_up import DARK_FROM

# Lips of the lightest and of the darkest skins, each pink, brown and bluish.
LIPS_OF_LIGHT = np.array([(0.43, 0.135, 0.130), (0.30, 0.135, 0.095), (0.33, 0.145, 0.175)])
LIPS_OF_DARK = np.array([(0.21, 0.075, 0.068), (0.125, 0.056, 0.038), (0.135, 0.060, 0.072)])
HUES = (0.6, 0.6, 0.5)
# Painted over the skin's own; more on dark skins, whose textures have grey lips.
SHOWN, SHOWN_ON_DARK = (0.05, 0.40), (0.32, 0.60)
# Factors of the teeth's texture: bleached, and after decades of coffee.
BRIGHT, STAINED = np.array([1.16, 1.20, 1.28]), np.array([0.82, 0.67, 0.46])
STAIN, STAIN_OF_YEARS, STAIN_SPREAD = 0.25, 0.35, 0.22
YOUNG, OLD = 20.0, 75.0
UNEVEN = 0.025


def lip_colour(ancestry: Ancestry, rng: np.random.Generator) -> tuple[Rgb, float]:
    """Of lips without make-up, and how much of it shows."""
    dark = ancestry[0]
    hue = rng.dirichlet(HUES)
    shown = float(rng.uniform(*(SHOWN_ON_DARK if dark >= DARK_FROM else SHOWN)))
    # Pigment adds up like optical density.
    light, deep = (hue @ np.log(colours) for colours in (LIPS_OF_LIGHT, LIPS_OF_DARK))
    r, g, b = np.exp(light + dark * (deep - light)).tolist()
    return (r, g, b), shown


def teeth_colour(age_years: float, rng: np.random.Generator) -> Rgb:
    """What a texture of teeth is multiplied by: more stained with the years."""
    years = float(np.interp(age_years, (YOUNG, OLD), (0, 1)))
    stained = np.clip(rng.normal(STAIN + STAIN_OF_YEARS * years, STAIN_SPREAD), 0, 1)
    uneven = np.exp(rng.normal(0, UNEVEN, 3))
    r, g, b = (BRIGHT ** (1 - stained) * STAINED**stained * uneven).tolist()
    return r, g, b
