"""A finished portrait and what it was put together from."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Picture:
    """portrait, background: (768, 512, 3) uint8 sRGB; matte: (768, 512) uint8."""

    portrait: np.ndarray
    matte: np.ndarray
    background: np.ndarray


def to_bytes(values: np.ndarray) -> np.ndarray:
    """uint8 of values in [0, 1]."""
    return (np.clip(values, 0, 1) * 255 + 0.5).astype(np.uint8)
