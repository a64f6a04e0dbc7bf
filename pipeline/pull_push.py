"""Smooth extension of scattered values over a grid (Gortler et al. 1996, The Lumigraph)."""

import cv2
import numpy as np

NOTHING = 1e-9


def pull_push(values: np.ndarray, weight: np.ndarray, levels: int = 32) -> np.ndarray:
    """Fill (H, W, C) float32 `values` where `weight` (H, W) is zero, from nearby known ones.

    Cells whose weight is one or more keep their value; below one, it is their share of it.
    levels: how often the grid is halved; further than 2^levels cells from what is known is zero
    """
    # Equal shapes: numpy is slow at broadcasting along a last axis of two or three.
    share = np.minimum(weight, 1).astype(np.float32)
    share = cv2.merge([share] * values.shape[-1]).reshape(values.shape)
    pyramid = [(values * share, share)]
    while len(pyramid) <= levels and share.min() < 1 and share.size > share.shape[-1]:
        sums, total = (_halved(grid) for grid in pyramid[-1])
        # Four cells add up to the one above them, which cannot be more than known.
        full = 4 / np.maximum(4 * total, 1)
        share = total * full
        pyramid.append((sums * full, share))
    sums, share = pyramid.pop()
    filled = sums / np.maximum(share, NOTHING)
    for sums, share in reversed(pyramid):
        filled = cv2.resize(filled, share.shape[1::-1], interpolation=cv2.INTER_LINEAR)
        filled = filled.reshape(share.shape)
        filled *= 1 - share
        filled += sums
    return filled


def _halved(grid: np.ndarray) -> np.ndarray:
    """(H, W, C) -> (H / 2, W / 2, C), rounded up, means of four."""
    height, width = (grid.shape[0] + 1) // 2, (grid.shape[1] + 1) // 2
    small = cv2.resize(grid, (width, height), interpolation=cv2.INTER_AREA)
    return small.reshape(height, width, -1)
