"""A rigid piece of the picture, carried by the vertices of the template."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.crop import Crop

CARRIERS = 60


@dataclass(frozen=True, slots=True)
class Sprite:
    """pixels (H, W, 4) float32 premultiplied linear; solve (3, N): least-squares affine motion
    of the vertices (N,) that carry it"""

    pixels: np.ndarray
    solve: np.ndarray
    vertices: np.ndarray

    @classmethod
    def carried(cls, pixels: np.ndarray, local: np.ndarray, vertices: np.ndarray) -> "Sprite":
        """local: (V, 2) where the template's vertices are in the sprite, in its pixels."""
        chosen = vertices[:: max(len(vertices) // CARRIERS, 1)]
        system = np.concatenate([local[chosen], np.ones((len(chosen), 1))], 1)
        return cls(pixels, np.linalg.pinv(system).astype(np.float32), chosen)

    def affine(self, points: np.ndarray) -> np.ndarray:
        """(2, 3) from the sprite's pixels to the picture's, given projected vertices (V, 2)."""
        return (self.solve @ points[self.vertices]).T

    def draw(self, points: np.ndarray, crop: Crop, lift_px: float = 0.0) -> np.ndarray:
        """The sprite (h, w, 4) under a crop in one frame, moved up by `lift_px`."""
        affine = self.affine(points)
        affine[:, 2] -= (crop.left, crop.top + lift_px)
        # Pixel centres: sprite and crop both count from their corners.
        affine[:, 2] += affine[:, :2] @ np.array([0.5, 0.5]) - 0.5
        size = (crop.width, crop.height)
        return cv2.warpAffine(self.pixels, affine, size, flags=cv2.INTER_LINEAR)


def over(below: np.ndarray, above: np.ndarray) -> np.ndarray:
    """Premultiplied (H, W, 4) over (H, W, 3)."""
    return below * (1 - above[..., 3:]) + above[..., :3]
