"""The shape of a random face as Anny's local changes, both sides alike."""

import numpy as np

# Spread of each change: (name, standard deviation), mean zero.
SPREAD = (
    ("cheek-volume-incr", 0.24), ("cheek-bones-incr", 0.24), ("cheek-inner-incr", 0.17),
    ("cheek-trans-up", 0.20), ("chin-height-incr", 0.22), ("chin-prominent-incr", 0.22),
    ("chin-bones-incr", 0.24), ("chin-width-incr", 0.26), ("chin-cleft-incr", 0.18),
    ("chin-jaw-drop-incr", 0.18), ("chin-prognathism-incr", 0.12), ("ear-scale-incr", 0.20),
    ("ear-wing-incr", 0.16), ("ear-lobe-incr", 0.25), ("ear-trans-up", 0.15),
    ("eyebrows-angle-up", 0.22), ("eyebrows-trans-up", 0.20), ("eyebrows-trans-forward", 0.20),
    ("eye-corner1-up", 0.18), ("eye-corner2-up", 0.20), ("eye-scale-incr", 0.16),
    ("eye-trans-out", 0.17), ("eye-trans-up", 0.12), ("eye-eyefold-up", 0.20),
    ("eye-eyefold-angle-up", 0.20), ("eye-epicanthus-out", 0.18), ("eye-bag-incr", 0.15),
    ("eye-height1-incr", 0.12), ("eye-height3-incr", 0.12), ("forehead-temple-incr", 0.22),
    ("forehead-scale-vert-incr", 0.18), ("forehead-nubian-incr", 0.18),
    ("forehead-trans-forward", 0.18), ("head-angle-out", 0.15), ("head-fat-incr", 0.26),
    ("head-scale-horiz-incr", 0.19), ("head-scale-vert-incr", 0.15),
    ("head-scale-depth-incr", 0.15), ("mouth-scale-horiz-incr", 0.22),
    ("mouth-scale-vert-incr", 0.15), ("mouth-upperlip-volume-incr", 0.22),
    ("mouth-lowerlip-volume-incr", 0.22), ("mouth-upperlip-height-incr", 0.20),
    ("mouth-lowerlip-height-incr", 0.20), ("mouth-cupidsbow-incr", 0.22),
    ("mouth-cupidsbow-width-incr", 0.18), ("mouth-philtrum-volume-incr", 0.20),
    ("mouth-laugh-lines-out", 0.20), ("mouth-trans-up", 0.14), ("nose-hump-incr", 0.24),
    ("nose-point-up", 0.23), ("nose-point-width-incr", 0.22), ("nose-base-up", 0.18),
    ("nose-curve-convex", 0.22), ("nose-flaring-incr", 0.20), ("nose-nostrils-width-incr", 0.20),
    ("nose-scale-horiz-incr", 0.23), ("nose-scale-vert-incr", 0.23),
    ("nose-scale-depth-incr", 0.20), ("nose-septumangle-incr", 0.18), ("nose-trans-up", 0.15),
    ("nose-volume-incr", 0.20), ("nose-width1-incr", 0.22), ("nose-width2-incr", 0.18),
    ("nose-width3-incr", 0.22), ("nose-greek-incr", 0.18), ("neck-scale-horiz-incr", 0.14),
    ("neck-double-incr", 0.15),
)  # fmt: skip
# What makes Anny's resting face friendlier and its shoulders narrower, as in the gallery.
BENIGN = {
    "mouth-angles-up": 0.15, "eye-scale-incr": 0.15, "eyebrows-angle-up": 0.22,
    "measure-shoulder-dist-incr": -0.4,
}  # fmt: skip
# Brows that fall to the nose more than this scowl.
LEAST_BROW_ANGLE = -0.08
# What people remember of a face: this many features of each go further than chance has them.
STRIKING, STRIKING_GAIN = 5, 2.2
LARGEST_CHANGE = 0.7


def random_face_shape(rng: np.random.Generator) -> dict[str, float]:
    """Local changes in [-LARGEST_CHANGE, LARGEST_CHANGE] by Anny's names."""
    amount = np.array([sigma for _, sigma in SPREAD]) * rng.standard_normal(len(SPREAD))
    amount[rng.choice(len(SPREAD), STRIKING, replace=False)] *= STRIKING_GAIN
    changes = {name: float(a) for (name, _), a in zip(SPREAD, amount, strict=True)}
    for name, more in BENIGN.items():
        changes[name] = changes.get(name, 0.0) + more
    changes["eyebrows-angle-up"] = max(changes["eyebrows-angle-up"], LEAST_BROW_ANGLE)
    return {k: float(np.clip(v, -LARGEST_CHANGE, LARGEST_CHANGE)) for k, v in changes.items()}
