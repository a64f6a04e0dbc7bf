"""The scene without the person."""

import cv2
import numpy as np

from pipeline.portrait.poisson import solve_poisson
from pipeline.portrait.straight_edges import find_edges
from pipeline.portrait.wanted_gradients import divergence
from pipeline.pull_push import pull_push

# Pixels with more of the person than this are replaced, and their neighbours up to this far.
MIN_ALPHA = 0.01
MARGIN_PX = 3
GRAIN_SIGMA_PX = 1.5
# Differences of so many standard deviations of the grain, and a little more, are no edges.
GRAIN_LEVELS, MIN_LEVELS = 3.0, 6.0


def paint_background(pixels: np.ndarray, matte: np.ndarray) -> np.ndarray:
    """(H, W, 3) uint8 sRGB: the picture with what is behind the person made up.

    pixels (H, W, 3) uint8; matte (H, W) float32 in [0, 1]
    """
    hole = hidden(matte)
    if hole.all():
        return np.broadcast_to(np.median(pixels.reshape(-1, 3), 0), pixels.shape).astype(np.uint8)
    smooth = paint_structure(pixels, hole)
    grained = smooth + grain(grain_level(pixels, hole), hole.shape)
    painted = np.where(hole[..., None], grained, pixels)
    return np.clip(np.round(painted), 0, 255).astype(np.uint8)


def paint_structure(pixels: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """(H, W, 3) float32: the picture without grain, smooth in the hole but for straight edges."""
    clean = clean_border(pixels, hole)
    membrane = solve_poisson(clean, hole)
    edges = find_edges(membrane, hole)
    return solve_poisson(clean, hole, divergence(membrane, hole, edges))


def hidden(matte: np.ndarray) -> np.ndarray:
    """(H, W) bool: pixels that show the person, or might."""
    size = 2 * MARGIN_PX + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return cv2.dilate((matte > MIN_ALPHA).astype(np.uint8), kernel) > 0


def clean_border(pixels: np.ndarray, hole: np.ndarray) -> np.ndarray:
    """The picture (float32) without grain, so that single pixels do not run into the hole."""
    known = (~hole).astype(np.float32)
    filled = np.clip(pull_push(pixels.astype(np.float32), known) + 0.5, 0, 255).astype(np.uint8)
    level = GRAIN_LEVELS * grain_level(pixels, hole) + MIN_LEVELS
    return cv2.bilateralFilter(filled, 5, level, GRAIN_SIGMA_PX).astype(np.float32)


def grain_level(pixels: np.ndarray, hole: np.ndarray) -> float:
    """Standard deviation of the grain in the picture's smooth places."""
    high = pixels.astype(np.float32) - cv2.GaussianBlur(pixels, (0, 0), GRAIN_SIGMA_PX)
    inner = cv2.erode((~hole).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    return float(np.median(np.abs(high[inner]))) / 0.6745 if inner.any() else 0.0


def grain(level: float, size: tuple[int, int]) -> np.ndarray:
    """(H, W, 1) float32: noise of the given standard deviation."""
    noise = np.random.default_rng(7).normal(0, 1, size).astype(np.float32)
    noise -= cv2.GaussianBlur(noise, (0, 0), GRAIN_SIGMA_PX)
    return (noise * (level / noise.std()))[..., None]
