"""Least squares within bounds: one Gauss-Newton step of a maximum a posteriori fit."""

from dataclasses import dataclass

import numpy as np

# A bound that a first solution violates is kept; more rounds than this change nothing visible.
ROUNDS = 8


@dataclass(slots=True)
class NormalEquations:
    """Sum of squared, weighted residuals: matrix (N, N) and gradient (N,), grown row by row."""

    matrix: np.ndarray
    gradient: np.ndarray

    @classmethod
    def empty(cls, size: int) -> "NormalEquations":
        return cls(np.zeros((size, size)), np.zeros(size))

    def add(self, jacobian: np.ndarray, residual: np.ndarray) -> None:
        """Rows (R, N) of a prediction's derivative and (R,) of target minus prediction."""
        self.matrix += jacobian.T @ jacobian
        self.gradient += jacobian.T @ residual

    def add_prior(self, at: np.ndarray, mean: np.ndarray, sigma: np.ndarray) -> None:
        """Independent normal priors on the unknowns themselves, which now are `at`."""
        weight = 1.0 / np.square(sigma)
        self.matrix[np.diag_indices(len(at))] += weight
        self.gradient += weight * (mean - at)

    def add_coupling(self, at: np.ndarray, pairs: np.ndarray, sigma: float) -> None:
        """Normal prior on the difference of pairs (P, 2) of unknowns."""
        first, second = pairs.T
        weight = 1.0 / sigma**2
        pull = weight * (at[second] - at[first])
        np.add.at(self.gradient, first, pull)
        np.add.at(self.gradient, second, -pull)
        for row, column, sign in (
            (first, first, 1), (second, second, 1), (first, second, -1), (second, first, -1),
        ):  # fmt: skip
            np.add.at(self.matrix, (row, column), sign * weight)

    def step(self, low: np.ndarray, high: np.ndarray) -> np.ndarray:
        """The change (N,) of the unknowns, between low and high (N,); an active set of bounds."""
        change = np.zeros(len(self.gradient))
        held = high - low < 1e-9
        change[held] = low[held]
        for _ in range(ROUNDS):
            free = np.flatnonzero(~held)
            known = self.gradient[free] - self.matrix[free][:, held] @ change[held]
            change[free] = np.linalg.solve(self.matrix[np.ix_(free, free)], known)
            beyond = ~held & ((change < low) | (change > high))
            if not beyond.any():
                break
            change = np.where(beyond, np.clip(change, low, high), change)
            held |= beyond
        return np.clip(change, low, high)
