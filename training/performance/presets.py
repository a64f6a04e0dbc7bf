"""The shipped styles as points in the space of knobs, in an order that draws rely on."""

from functools import cache

import numpy as np

from pipeline.style import BUILT_IN_STYLES, load_style

PRESETS: tuple[str, ...] = (
    "natural", "calm", "friendly", "energetic", "presenter", "serious", "storyteller", "shy",
)  # fmt: skip


def preset(name: str) -> np.ndarray:
    """(14,) float32 knobs in the order of KNOBS. Raises StyleError for an unknown preset."""
    return np.array(_knobs(name), np.float32)


@cache
def _knobs(name: str) -> tuple[float, ...]:
    return load_style(name, [BUILT_IN_STYLES]).knobs
