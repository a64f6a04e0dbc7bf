"""Smooth interpolation of scattered vectors in space: the thin-plate spline of three dimensions.

Its kernel is the distance itself (Duchon 1977; Wahba 1990, ch. 2.4); added to the diagonal, a
smoothing per centre lets the spline miss values that are not to be trusted.
"""

from dataclasses import dataclass

import numpy as np

CHUNK = 2048


@dataclass(frozen=True, slots=True)
class ThinPlate:
    """centres (N, 3); weights (N, C) of the kernels; constant (C,)."""

    centres: np.ndarray
    weights: np.ndarray
    constant: np.ndarray

    @classmethod
    def fit(cls, centres: np.ndarray, values: np.ndarray, smoothing: np.ndarray) -> "ThinPlate":
        """Spline through values (N, C) at distinct centres (N, 3).

        smoothing: (N,) in the unit of the centres, 0 = through the value. Only constants cost
        nothing, so that the spline does not run away beyond its centres.
        """
        count = len(centres)
        system = np.zeros((count + 1, count + 1))
        # Minus the distance is positive definite on vectors of weights that sum to zero.
        system[:count, :count] = -_distances(centres, centres) + np.diag(smoothing)
        system[:count, count] = system[count, :count] = 1.0
        right = np.zeros((count + 1, values.shape[1]))
        right[:count] = values
        solved = np.linalg.solve(system, right)
        return cls(np.asarray(centres, np.float64), solved[:count], solved[count])

    def at(self, points: np.ndarray) -> np.ndarray:
        """The spline's values (M, C) at points (M, 3)."""
        parts = [
            -_distances(points[first : first + CHUNK], self.centres) @ self.weights
            for first in range(0, len(points), CHUNK)
        ]
        return np.concatenate(parts) + self.constant


def _distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    square = (a * a).sum(1)[:, None] + (b * b).sum(1) - 2.0 * (a @ b.T)
    return np.sqrt(np.maximum(square, 0.0))
