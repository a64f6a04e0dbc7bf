"""Contours of the face mesh snapped to what the picture shows."""

from functools import cache

import numpy as np

STEP_PX = 0.5


def snapped(score: np.ndarray, rows: np.ndarray, reach_px: float, stiffness: float) -> np.ndarray:
    """The smooth path of highest score near a contour, by dynamic programming.

    score: (H, W); rows: (W,) row (pixel centres count from 0) of the contour in every column
    reach_px: how far the path may leave the contour, less and less towards both its ends
    stiffness: price of a change of the distance to the contour by one pixel from column to column
    """
    width = len(rows)
    steps = max(round(reach_px / STEP_PX), 1)
    offset = np.arange(-steps, steps + 1) * STEP_PX
    ends = np.minimum(np.arange(width), np.arange(width)[::-1]) + 0.5
    at = rows[None] + offset[:, None] * np.clip(ends * 4 / max(width, 1), 0, 1)[None]
    at = np.clip(at, 0, score.shape[0] - 1.001)
    low = at.astype(int)
    columns = np.arange(width)[None]
    gain = score[low, columns] * (1 - at + low) + score[low + 1, columns] * (at - low)
    change = stiffness * (offset[:, None] - offset[None]) ** 2
    best, came = gain[:, 0], np.zeros((width, len(offset)), int)
    for column in range(1, width):
        total = best[None] - change
        came[column] = total.argmax(1)
        best = total.max(1) + gain[:, column]
    path = np.zeros(width, int)
    path[-1] = best.argmax()
    for column in range(width - 1, 0, -1):
        path[column - 1] = came[column, path[column]]
    return at[path, np.arange(width)]


def smoothed(values: np.ndarray, sigma: float) -> np.ndarray:
    """A curve (N,) blurred by a Gaussian, its ends repeated."""
    kernel = _gaussian(sigma)
    reach, count = len(kernel) // 2, len(values)
    padded = np.empty(count + 2 * reach)
    padded[:reach], padded[reach : reach + count], padded[reach + count :] = (
        values[0], values, values[-1],
    )  # fmt: skip
    return np.convolve(padded, kernel, "valid").astype(np.float32)


@cache
def _gaussian(sigma: float) -> np.ndarray:
    reach = int(np.ceil(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    return kernel / kernel.sum()
