"""Natural colours of skin, hair and eyes, by ancestry and age; linear RGB throughout."""

import numpy as np

Rgb = tuple[float, float, float]
# Shares of African, Asian, European forebears.
Ancestry = tuple[float, float, float]

SKIN_TONES = np.array([(0.128, 0.062, 0.038), (0.560, 0.345, 0.225), (0.640, 0.395, 0.285)])
TONE_SPREAD = np.array([0.38, 0.20, 0.15])
# Three corners know nothing of the Mediterranean, India or the Americas: so many of the light are
# browner, by up to this density.
BROWNER, MOST_BROWNER = 0.4, 0.95
# A dark texture holds little blue: more of it would turn to ashes, less of it alone to yellow.
# Whoever is too light for their texture becomes darker instead.
MOST_TINT = 4.0
LIGHTEST = np.array([0.72, 0.48, 0.37])

BLACK, DARK, BROWN = (0.011, 0.009, 0.008), (0.026, 0.016, 0.010), (0.058, 0.032, 0.018)
CHESTNUT, AUBURN, RED = (0.085, 0.044, 0.023), (0.095, 0.036, 0.017), (0.180, 0.065, 0.024)
SANDY, BLOND = (0.170, 0.105, 0.055), (0.310, 0.215, 0.115)
GREY = np.array([0.215, 0.210, 0.202])
HAIR = (
    ((BLACK, 0.85), (DARK, 0.15)),
    ((BLACK, 0.65), (DARK, 0.30), (BROWN, 0.05)),
    ((BLACK, 0.06), (DARK, 0.22), (BROWN, 0.26), (CHESTNUT, 0.14), (AUBURN, 0.07), (RED, 0.05),
     (SANDY, 0.10), (BLOND, 0.10)),
)  # fmt: skip
# Dark hair prevails: whoever has fewer European forebears is not blond.
LIGHT_HAIR_FROM = 0.55

EYES_DARK = ((0.030, 0.015, 0.008), (0.045, 0.022, 0.010), (0.070, 0.035, 0.015))
EYES_LIGHT = (
    (0.120, 0.060, 0.025), (0.100, 0.080, 0.032), (0.075, 0.095, 0.050), (0.055, 0.090, 0.105),
    (0.060, 0.105, 0.165), (0.110, 0.130, 0.140),
)  # fmt: skip
LIGHT_EYES = 0.72
FIRST_GREY_YEARS, ALL_GREY_YEARS = 38.0, 78.0


def skin_tint(ancestry: Ancestry, texture: Rgb, rng: np.random.Generator) -> Rgb:
    """What a skin texture of median colour `texture` is multiplied by to get this person's tone."""
    share = np.array(ancestry)
    # Pigment adds up like optical density.
    tone = np.exp(share @ np.log(SKIN_TONES))
    density = rng.normal(0, float(share @ TONE_SPREAD))
    if rng.uniform() < BROWNER:
        density -= MOST_BROWNER * rng.uniform() * (1 - share[0])
    tone = tone * np.exp(density * np.array([0.8, 1.0, 1.15])) * np.exp(rng.normal(0, 0.02, 3))
    tint = np.minimum(tone, LIGHTEST) / np.array(texture)
    return _rgb(np.maximum(tint * min(1.0, MOST_TINT / tint.max()), 0.3))


def hair_colours(ancestry: Ancestry, age_years: float, rng: np.random.Generator) -> tuple[Rgb, Rgb]:
    """Colours at the root and at the tip; grey comes with age, at each person's own time."""
    share = np.array(ancestry) * (1, 1, ancestry[2] >= LIGHT_HAIR_FROM)
    stock = HAIR[int(rng.choice(3, p=share / share.sum()))]
    odds = np.array([odd for _, odd in stock])
    colour = np.array(stock[int(rng.choice(len(stock), p=odds / odds.sum()))][0])
    colour = colour * np.exp(rng.normal(0, 0.12)) * np.exp(rng.normal(0, 0.04, 3))
    grey = grey_share(age_years, rng)
    colour = colour * (1 - grey) + GREY * rng.uniform(0.75, 1.2) * grey
    lighter = rng.uniform(1.2, 1.7) if grey < 0.3 else rng.uniform(1.0, 1.2)
    return _rgb(colour), _rgb(colour * lighter)


def grey_share(age_years: float, rng: np.random.Generator) -> float:
    """In [0, 1]: none at 20, nearly all at 80, some years early or late."""
    years = age_years + rng.normal(0, 6)
    share = np.clip((years - FIRST_GREY_YEARS) / (ALL_GREY_YEARS - FIRST_GREY_YEARS), 0, 1)
    dyed = age_years < 66 and rng.uniform() < 0.3
    return 0.0 if dyed else float(0.95 * share * share * (3 - 2 * share))


def brow_colour(hair: Rgb) -> Rgb:
    """Brows are darker than hair and turn grey later."""
    return _rgb(np.minimum(np.array(hair) * 0.7, [0.10, 0.075, 0.055]))


def iris_colour(ancestry: Ancestry, rng: np.random.Generator) -> Rgb:
    light = rng.uniform() < LIGHT_EYES * ancestry[2] ** 2
    stock = EYES_LIGHT if light else EYES_DARK
    return _rgb(np.array(stock[rng.integers(len(stock))]) * np.exp(rng.normal(0, 0.12)))


def _rgb(values: np.ndarray) -> Rgb:
    r, g, b = (float(v) for v in values)
    return r, g, b
