"""Glasses, hats, headphones and jewellery of a random person."""

import numpy as np

from training.people.adornment import Adornment
from training.people.glasses import COATED, SHAPES, Glasses, tinted
from training.people.headphones import Headphones
from training.people.headwear import Headwear
from training.people.jewellery import EARRINGS, NECKLACES, Earrings, Necklace
from training.people.material import Material
from training.people.random_cloth import cloth_colour

Rgb = tuple[float, float, float]
GLASSES_AT_20, GLASSES_AT_80 = 0.22, 0.55
SUNGLASSES, HATS, HEADPHONES = 0.03, 0.06, 0.08
EARRINGS_OF, NECKLACE_OF = {True: 0.5, False: 0.06}, {True: 0.28, False: 0.05}
METALS = ((0.80, 0.58, 0.30), (0.74, 0.74, 0.76), (0.30, 0.30, 0.32), (0.70, 0.42, 0.32))
ACETATES: tuple[Rgb, ...] = (
    (0.012, 0.012, 0.014), (0.080, 0.032, 0.012), (0.035, 0.014, 0.008), (0.020, 0.030, 0.075),
    (0.150, 0.018, 0.020), (0.240, 0.230, 0.220), (0.150, 0.090, 0.045), (0.025, 0.060, 0.040),
)  # fmt: skip
TINTS: tuple[Rgb, ...] = (
    (0.010, 0.010, 0.011), (0.030, 0.016, 0.008), (0.010, 0.020, 0.016), (0.020, 0.018, 0.040),
)  # fmt: skip
# How much they hide: what is half hidden shows the samples it is mixed from.
TINTED = (0.88, 0.97)
PLASTICS: tuple[Rgb, ...] = ((0.012, 0.012, 0.013), (0.55, 0.54, 0.52), (0.09, 0.10, 0.12))
# shape, odds for men and women, how coarse its cloth is
HATS_OF = (
    ("cap", 0.44, 0.22, 0.25), ("beanie", 0.44, 0.40, 1.0), ("bucket", 0.05, 0.06, 0.45),
    ("fedora", 0.07, 0.06, 0.5), ("headscarf", 0.0, 0.26, 0.15),
)  # fmt: skip
THIN_FRAMES = ("round", "oval", "aviator", "rectangle", "panto")


def adornment(
    woman: bool, age_years: float, bare_neck: bool, rng: np.random.Generator, high_hair=False
) -> Adornment:
    """Mostly none or glasses; the older, the more often. bare_neck: a necklace would show, and a
    headscarf has room. Nobody wears sunglasses under a hat, which shades the eyes already.
    high_hair: would hide headphones, which are not worn with it."""
    share = (age_years - 20) / 60
    with_glasses = rng.uniform() < GLASSES_AT_20 + (GLASSES_AT_80 - GLASSES_AT_20) * share
    kind = rng.uniform()
    hat = headwear(woman, bare_neck, rng) if kind < HATS else None
    phones = headphones(rng) if HATS <= kind < HATS + HEADPHONES else None
    phones = None if high_hair else phones
    covered = phones is not None or (hat is not None and hat.shape == "headscarf")
    return Adornment(
        glasses(rng, hat is None) if with_glasses else None,
        hat,
        phones,
        earrings(woman, rng) if rng.uniform() < EARRINGS_OF[woman] and not covered else None,
        necklace(rng) if rng.uniform() < NECKLACE_OF[woman] * bare_neck and not covered else None,
    )


def glasses(rng: np.random.Generator, may_be_dark: bool = True) -> Glasses:
    """Thin metal or thick acetate; few pairs are tinted."""
    if rng.uniform() < 0.45:
        shape, rim_m = str(rng.choice(THIN_FRAMES)), float(rng.uniform(0.0010, 0.0018))
        frame = Material(_one(METALS, rng), float(rng.uniform(0.25, 0.4)), 1.0, metal=1.0)
    else:
        shape, rim_m = str(rng.choice(list(SHAPES))), float(rng.uniform(0.0022, 0.0044))
        frame = Material(_one(ACETATES, rng), float(rng.uniform(0.22, 0.45)), 1.0)
    lens = COATED
    if rng.uniform() < SUNGLASSES and may_be_dark:
        lens = tinted(_one(TINTS, rng), float(rng.uniform(*TINTED)))
    return Glasses(shape, rim_m, frame, lens)


def headwear(woman: bool, bare_neck: bool, rng: np.random.Generator) -> Headwear:
    """bare_neck: a headscarf has room."""
    stock = [row for row in HATS_OF if bare_neck or row[0] != "headscarf"]
    odds = np.array([row[2 if woman else 1] for row in stock])
    shape, _, _, weave = stock[int(rng.choice(len(stock), p=odds / odds.sum()))]
    cloth = Material(cloth_colour(rng), 0.85, 0.3, weave=weave)
    same = rng.uniform() < 0.5
    trim = cloth if same and shape == "cap" else Material(cloth_colour(rng), 0.8, 0.3, weave=weave)
    return Headwear(
        str(shape), cloth, trim, float(rng.uniform(-0.004, 0.012)), float(rng.uniform())
    )


def headphones(rng: np.random.Generator) -> Headphones:
    shell = Material(_one(PLASTICS, rng), float(rng.uniform(0.25, 0.6)), 1.0)
    cushion = Material(_one(PLASTICS, rng), 0.6, 0.6, weave=0.15)
    return Headphones(shell, cushion, float(rng.uniform(0.009, 0.016)))


def earrings(woman: bool, rng: np.random.Generator) -> Earrings:
    """Men wear studs and small hoops."""
    shape = str(rng.choice(EARRINGS)) if woman else str(rng.choice(["stud", "hoop"]))
    size = {"stud": (0.003, 0.007), "hoop": (0.014, 0.045), "drop": (0.015, 0.04)}[shape]
    largest = size[1] if woman else size[0] + 0.15 * (size[1] - size[0])
    return Earrings(shape, float(rng.uniform(size[0], largest)), _jewel(rng, shape == "stud"))


def necklace(rng: np.random.Generator) -> Necklace:
    shape = str(rng.choice(NECKLACES, p=(0.45, 0.15, 0.40)))
    return Necklace(shape, float(rng.uniform(0.0, 0.035)), _jewel(rng, shape == "pearls"))


def _jewel(rng: np.random.Generator, may_be_pearl: bool) -> Material:
    if may_be_pearl and rng.uniform() < 0.6:
        return Material((0.62, 0.57, 0.51), 0.3, 1.0)
    return Material(_one(METALS[:2], rng), 0.3, 1.0, metal=1.0)


def _one(stock: tuple[Rgb, ...], rng: np.random.Generator) -> Rgb:
    return stock[int(rng.integers(len(stock)))]
