"""The pinhole camera of a portrait."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class CameraModel:
    """Template metres to portrait pixels, OpenCV axes (x right, y down, z forward).

    focal_px: focal length; centre_px: (2,) principal point; rotation (3, 3), translation (3,):
    camera = rotation @ point + translation. The centre of the top left pixel is (0.5, 0.5).
    """

    focal_px: float
    centre_px: np.ndarray
    rotation: np.ndarray
    translation: np.ndarray

    def project(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Points (N, 3) metres -> pixels (N, 2) and depth (N,) metres."""
        # Coordinate planes: numpy is slow at broadcasting along a last axis of two or three.
        seen = self.rotation @ points.T + self.translation[:, None]
        depth = seen[2]
        return (seen[:2] * (self.focal_px / depth) + self.centre_px[:, None]).T, depth
