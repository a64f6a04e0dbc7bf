"""What colours a kind of surface has in one picture: a smoothed histogram over Lab."""

import cv2
import numpy as np

# Bins of L, a, b in OpenCV's 8-bit Lab.
WIDTHS = np.array([8, 5, 5])
BINS = 256 // WIDTHS + 1
# Even a colour never seen has this probability, relative to an even spread.
FLOOR = 0.02


class ColourModel:
    """Learned from samples (N, 3) uint8 Lab."""

    def __init__(self, samples: np.ndarray) -> None:
        counts = np.zeros(tuple(BINS), np.float32)
        np.add.at(counts, tuple((samples // WIDTHS).T), 1)
        for axis in range(3):
            counts = _smoothed(counts, axis, 1.3 if axis == 0 else 1.0)
        share = counts / max(float(counts.sum()), 1e-9)
        even = 1 / 4000
        self._log = np.log(share + FLOOR * even).astype(np.float32)

    def log_likelihood(self, lab: np.ndarray) -> np.ndarray:
        """(H, W) float32 for Lab colours (H, W, 3) uint8."""
        index = lab // WIDTHS.astype(np.uint8)
        return self._log[index[..., 0], index[..., 1], index[..., 2]]


def _smoothed(counts: np.ndarray, axis: int, sigma: float) -> np.ndarray:
    flat = np.moveaxis(counts, axis, 0).reshape(counts.shape[axis], -1)
    size = 2 * int(3 * sigma) + 1
    blurred = cv2.GaussianBlur(flat, (1, size), sigmaX=0.01, sigmaY=sigma)
    moved = np.moveaxis(counts, axis, 0).shape
    return np.moveaxis(blurred.reshape(moved), 0, axis)
