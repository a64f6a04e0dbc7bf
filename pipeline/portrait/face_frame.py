"""Places around a face in its own measure: one unit is the distance of the irises."""

from dataclasses import dataclass

import numpy as np

from pipeline.portrait.landmarks import FaceLandmarks

FOREHEAD, CHIN = 10, 152
# Distance of forehead and chin points on the mean face, in units of the iris distance.
MEAN_FACE_HEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class FaceFrame:
    """origin (2,) px, the middle of the irises; up (2,) unit, from chin to forehead;
    unit_px: iris distance as if the face looked at the viewer."""

    origin: np.ndarray
    up: np.ndarray
    unit_px: float

    @classmethod
    def of(cls, face: FaceLandmarks) -> "FaceFrame":
        points = face.points[:, :2]
        axis = points[FOREHEAD] - points[CHIN]
        height = float(np.linalg.norm(axis))
        # A turned face brings its eyes together, a nodding one its forehead and chin.
        unit = max(face.inter_ocular_px, height / MEAN_FACE_HEIGHT)
        return cls(points[[468, 473]].mean(0), axis / height, unit)

    def coordinates(self, size: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
        """(H, W) float32 each: to the right of the picture and up, in units."""
        row, column = np.mgrid[0 : size[0], 0 : size[1]].astype(np.float32) + 0.5
        x, y = (column - self.origin[0]) / self.unit_px, (row - self.origin[1]) / self.unit_px
        return (
            (-x * self.up[1] + y * self.up[0]).astype(np.float32),
            (x * self.up[0] + y * self.up[1]).astype(np.float32),
        )

    def height_of(self, point: np.ndarray) -> float:
        """How far up (units) a point (2,) px lies."""
        return float((point[:2] - self.origin) @ self.up / self.unit_px)
