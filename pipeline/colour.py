"""Between sRGB as stored and linear light, with the usual power of 2.2."""

import numpy as np

GAMMA = 2.2
DARKEST = 1e-4


def to_linear(colour: np.ndarray) -> np.ndarray:
    """sRGB in [0, 1] to linear float32."""
    return np.clip(colour, DARKEST, 1).astype(np.float32) ** GAMMA


def to_srgb_bytes(linear: np.ndarray) -> np.ndarray:
    """Linear light to sRGB in [0, 255], still floating point."""
    return np.clip(linear, DARKEST, 1) ** (1 / GAMMA) * 255
