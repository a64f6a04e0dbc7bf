"""How deep the furrows of a face are: what age has left and what the expression adds."""

import numpy as np

from pipeline.names import ACTION_INDEX

SIDES = ("Left", "Right")
# Channels of face_map's furrows and what draws them: action, share. "" ends without a side.
DRAWN_BY = (
    (("browInnerUp", 0.75), ("browOuterUp", 0.55), ("eyeWide", 0.25)),
    (("browDown", 0.9), ("noseSneer", 0.35), ("eyeSquint", 0.15)),
    (("mouthSmile", 0.55), ("cheekSquint", 0.6), ("eyeSquint", 0.5), ("eyeBlink", 0.15)),
    (("mouthSmile", 0.85), ("noseSneer", 0.6), ("cheekSquint", 0.25), ("mouthUpperUp", 0.35)),
)
# An unlined face shows this much of an expression, an old one all of it; rest: what stays.
DYNAMIC_YOUNG, RESTING_OLD = 0.35, np.array([0.35, 0.25, 0.35, 0.55])
FIRST_YEARS, LAST_YEARS = 22.0, 74.0


def furrows(actions: np.ndarray, wrinkles: float) -> np.ndarray:
    """(2, 4) in [0, 1]: depths on the left and the right side by channel of face_map.

    actions: (52,) FACIAL_ACTIONS; wrinkles: in [0, 1], 0 a smooth young face
    """
    drawn = np.zeros((2, 4))
    for channel, sources in enumerate(DRAWN_BY):
        for side, suffix in enumerate(SIDES):
            for name, share in sources:
                index = ACTION_INDEX.get(name, ACTION_INDEX.get(name + suffix))
                assert index is not None
                drawn[side, channel] += share * max(float(actions[index]), 0.0)
    dynamic = (DYNAMIC_YOUNG + (1 - DYNAMIC_YOUNG) * wrinkles) * np.minimum(drawn, 1.0)
    return np.clip(RESTING_OLD * wrinkles**1.5 * (1 - dynamic) + dynamic, 0, 1).astype(np.float32)


def wrinkles_at(age_years: float, rng: np.random.Generator) -> float:
    """In [0, 1] by age, earlier in some."""
    years = age_years + rng.normal(0, 5)
    return float(np.clip((years - FIRST_YEARS) / (LAST_YEARS - FIRST_YEARS), 0, 1))
