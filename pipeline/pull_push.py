"""Smooth extension of scattered values over a grid (Gortler et al. 1996, The Lumigraph)."""

import cv2
import numpy as np


def pull_push(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Fill (H, W, C) float32 `values` where `weight` (H, W) is zero, from nearby known ones.

    Known cells keep their value. Sides must be divisible by two at least once.
    """
    levels = [(values * weight[..., None], weight)]
    while min(levels[-1][1].shape) > 2:
        sums, total = levels[-1]
        size = ((total.shape[1] + 1) // 2, (total.shape[0] + 1) // 2)
        levels.append(
            (
                cv2.resize(sums, size, interpolation=cv2.INTER_AREA),
                cv2.resize(total, size, interpolation=cv2.INTER_AREA),
            )
        )
    sums, total = levels.pop()
    filled = sums / np.maximum(total, 1e-9)[..., None]
    for sums, total in reversed(levels):
        size = (total.shape[1], total.shape[0])
        filled = cv2.resize(filled, size, interpolation=cv2.INTER_LINEAR)
        known = total > 1e-9
        filled[known] = sums[known] / total[known, None]
    return filled
