"""What a random person wears: garment, colour and pattern."""

import colorsys
from dataclasses import dataclass, field, replace

import numpy as np

from training.people.cloth_pattern import Pattern
from training.people.layers import Layers
from training.people.material import Material
from training.people.neckwear import Neckwear
from training.people.wardrobe import GARMENTS, Garment, fits

Rgb = tuple[float, float, float]
PLAIN, OWN = 0.52, 0.2
# Fields of Look.
FABRICS: dict[str, dict[str, float]] = {
    "plain": {},
    "knit": {"cloth_knit": 1.0},
    "denim": {"cloth_twill": 1.0},
    "leather": {"cloth_gloss": 0.6},
    "satin": {"cloth_gloss": 0.45},
}
# What cloth is dyed in: odds; hue and its spread, saturation, value of its sRGB colour. Nothing is
# loud; black and white keep some light to lose.
DYES = (
    (0.10, (0.10, 0.04), (0.00, 0.05), (0.80, 0.90)),
    (0.07, (0.60, 0.06), (0.00, 0.06), (0.58, 0.74)),
    (0.09, (0.60, 0.06), (0.00, 0.08), (0.34, 0.54)),
    (0.11, (0.62, 0.03), (0.03, 0.14), (0.20, 0.30)),
    (0.14, (0.62, 0.02), (0.42, 0.66), (0.22, 0.36)),
    (0.09, (0.60, 0.02), (0.32, 0.55), (0.40, 0.58)),
    (0.06, (0.57, 0.02), (0.16, 0.32), (0.68, 0.82)),
    (0.07, (0.09, 0.02), (0.10, 0.26), (0.66, 0.82)),
    (0.04, (0.08, 0.01), (0.36, 0.52), (0.46, 0.64)),
    (0.04, (0.06, 0.01), (0.35, 0.55), (0.26, 0.40)),
    (0.05, (0.98, 0.01), (0.52, 0.72), (0.28, 0.42)),
    (0.03, (0.02, 0.01), (0.45, 0.60), (0.42, 0.56)),
    (0.03, (0.98, 0.02), (0.12, 0.26), (0.62, 0.78)),
    (0.02, (0.12, 0.01), (0.48, 0.62), (0.56, 0.68)),
    (0.03, (0.19, 0.03), (0.26, 0.42), (0.30, 0.44)),
    (0.04, (0.40, 0.03), (0.30, 0.50), (0.22, 0.36)),
    (0.03, (0.36, 0.04), (0.10, 0.22), (0.48, 0.66)),
    (0.03, (0.50, 0.02), (0.38, 0.56), (0.28, 0.42)),
    (0.03, (0.84, 0.03), (0.20, 0.38), (0.28, 0.42)),
    (0.02, (0.72, 0.03), (0.08, 0.18), (0.62, 0.76)),
)
# Fabrics that come in few colours: rows of DYES.
DYED = {"denim": (2, 3, 4, 5), "leather": (3, 8, 9, 10)}
# kind, odds, period in metres, share of the figure
PRINTS = (
    ("hoops", 0.30, (0.016, 0.036), (0.25, 0.5)),
    ("pinstripes", 0.26, (0.012, 0.026), (0.12, 0.3)),
    ("checks", 0.28, (0.014, 0.036), (0.35, 0.5)),
    ("dots", 0.12, (0.016, 0.026), (0.2, 0.35)),
    ("marl", 0.20, (0.02, 0.02), (0.3, 0.6)),
    ("argyle", 0.06, (0.040, 0.060), (0.30, 0.42)),
    ("zigzag", 0.06, (0.018, 0.030), (0.25, 0.4)),
    ("blossoms", 0.12, (0.018, 0.030), (0.4, 0.7)),
)


@dataclass(frozen=True, slots=True)
class Worn:
    """colour: of plain cloth; pattern: painted over it; own_colours: the texture's instead;
    fabric: a key of FABRICS; layers: its cut and what is worn with it."""

    garment: Garment
    colour: Rgb | None
    pattern: Pattern | None
    own_colours: bool
    fabric: str = "plain"
    layers: Layers = field(default_factory=Layers)


def clothes(
    sex: float, age_years: float, held_out: bool, rng: np.random.Generator, collars: bool = True
) -> Worn:
    """A garment that suits sex and age, its colours, its fabric and what is worn with it.

    collars: garments with collars and scarves are worn too
    """
    worn = _coloured(sex, age_years, held_out, rng, collars)
    plain = worn.pattern is None and not worn.own_colours
    fabric = str(rng.choice(worn.garment.fabrics)) if plain else "plain"
    if fabric in DYED:
        worn = replace(worn, colour=cloth_colour(rng, DYED[fabric]))
    return replace(worn, fabric=fabric, layers=_layers(worn, fabric, rng))


def _coloured(
    sex: float, age_years: float, held_out: bool, rng: np.random.Generator, collars: bool
) -> Worn:
    stock = [g for g in GARMENTS if g.held_out == held_out and fits(sex, g.sex)
             and age_years >= g.from_years and (collars or not g.collared)]  # fmt: skip
    weight = np.array([garment.weight for garment in stock])
    garment = stock[int(rng.choice(len(stock), p=weight / weight.sum()))]
    ground = cloth_colour(rng)
    if garment.own and (not garment.printed or rng.uniform() < OWN):
        return Worn(garment, None, None, True)
    if not garment.printed or rng.uniform() < PLAIN:
        return Worn(garment, ground, None, False)
    odds = np.array([odd for _, odd, _, _ in PRINTS])
    kind, _, period, width = PRINTS[int(rng.choice(len(PRINTS), p=odds / odds.sum()))]
    figure = _second(ground, kind, rng)
    pattern = Pattern(kind, ground, figure, float(rng.uniform(*period)), float(rng.uniform(*width)))
    return Worn(garment, ground, pattern, False)


def _layers(worn: Worn, fabric: str, rng: np.random.Generator) -> Layers:
    garment = worn.garment
    under = Material(cloth_colour(rng), 0.85, 0.25) if garment.under else None
    knit = 1.0 if fabric == "knit" else 0.0
    other = cloth_colour(rng)
    around = None
    if garment.neckwear:
        same = garment.neckwear == "turtleneck" and worn.colour is not None
        colour = worn.colour if same and worn.colour is not None else other
        weave = knit if same else float(rng.choice([0.0, 1.0]))
        material = Material(colour, 0.85, 0.25, weave=weave)
        around = Neckwear(garment.neckwear, material, float(rng.uniform()))
    return Layers(garment.cut, garment.under, under, around)


def cloth_colour(rng: np.random.Generator, dyes: tuple[int, ...] = ()) -> Rgb:
    """A colour that clothes have; dyes: rows of DYES to choose from, all if none."""
    stock = [DYES[row] for row in dyes] or DYES
    odds = np.array([row[0] for row in stock])
    _, (hue, spread), saturation, value = stock[int(rng.choice(len(stock), p=odds / odds.sum()))]
    tone = float(rng.normal(hue, spread)) % 1
    dyed = colorsys.hsv_to_rgb(tone, float(rng.uniform(*saturation)), float(rng.uniform(*value)))
    r, g, b = (c**2.2 for c in dyed)
    return r, g, b


def _second(ground: Rgb, kind: str, rng: np.random.Generator) -> Rgb:
    """A figure that stands out: off-white on dark cloth, dark or another hue on light cloth."""
    light = float(np.dot(ground, (0.2126, 0.7152, 0.0722))) > 0.18
    if kind == "marl":
        r, g, b = (min(c * (0.5 if light else 2.2) + 0.01, 0.7) for c in ground)
        return r, g, b
    if not light and rng.uniform() < 0.6:
        white = float(rng.uniform(0.45, 0.68))
        return white, white * 0.97, white * 0.91
    for _ in range(20):
        other = cloth_colour(rng)
        if abs(sum(other) - sum(ground)) > 0.25:
            return other
    dark = (0.03, 0.035, 0.06)
    return dark if light else (0.6, 0.58, 0.55)
