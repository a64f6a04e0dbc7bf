"""Smooth extension of scattered values over a grid (Gortler et al. 1996, The Lumigraph)."""

import cv2
import numpy as np

NOTHING = 1e-9


def pull_push(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Fill (H, W, C) float32 `values` where `weight` (H, W) is zero, from nearby known ones.

    Known cells keep their value.
    """
    levels = [(values * weight[..., None], weight)]
    while max(levels[-1][1].shape) > 1 and levels[-1][1].min() <= NOTHING:
        sums, total = levels[-1]
        size = ((total.shape[1] + 1) // 2, (total.shape[0] + 1) // 2)
        levels.append((_resized(sums, size, cv2.INTER_AREA), _resized(total, size, cv2.INTER_AREA)))
    sums, total = levels.pop()
    filled = sums / np.maximum(total, NOTHING)[..., None]
    for sums, total in reversed(levels):
        size = (total.shape[1], total.shape[0])
        filled = _resized(filled, size, cv2.INTER_LINEAR)
        known = total > NOTHING
        filled[known] = sums[known] / total[known, None]
    return filled


def _resized(grid: np.ndarray, size: tuple[int, int], interpolation: int) -> np.ndarray:
    """cv2.resize drops a last axis of one; this keeps it."""
    return cv2.resize(grid, size, interpolation=interpolation).reshape(*size[::-1], *grid.shape[2:])
