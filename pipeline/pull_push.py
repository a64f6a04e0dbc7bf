"""Smooth extension of scattered values over a grid (Gortler et al. 1996, The Lumigraph)."""

import cv2
import numpy as np

NOTHING = 1e-9


def pull_push(values: np.ndarray, weight: np.ndarray, levels: int = 32) -> np.ndarray:
    """Fill (H, W, C) float32 `values` where `weight` (H, W) is zero, from nearby known ones.

    Cells whose weight is one or more keep their value; below one, it is their share of it.
    levels: how often the grid is halved; further than 2^levels cells from what is known is zero
    """
    pyramid = [(values * weight[..., None], weight)]
    while (
        len(pyramid) <= levels and max(pyramid[-1][1].shape) > 1 and pyramid[-1][1].min() <= NOTHING
    ):
        sums, total = pyramid[-1]
        size = ((total.shape[1] + 1) // 2, (total.shape[0] + 1) // 2)
        pyramid.append(
            (_resized(sums, size, cv2.INTER_AREA), _resized(total, size, cv2.INTER_AREA))
        )
    sums, total = pyramid.pop()
    filled = sums / np.maximum(total, NOTHING)[..., None]
    for sums, total in reversed(pyramid):
        size = (total.shape[1], total.shape[0])
        filled = _resized(filled, size, cv2.INTER_LINEAR)
        mean = sums / np.maximum(total, NOTHING)[..., None]
        filled += (mean - filled) * np.minimum(total, 1)[..., None]
    return filled


def _resized(grid: np.ndarray, size: tuple[int, int], interpolation: int) -> np.ndarray:
    """cv2.resize drops a last axis of one; this keeps it."""
    return cv2.resize(grid, size, interpolation=interpolation).reshape(*size[::-1], *grid.shape[2:])
