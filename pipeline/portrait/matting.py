"""Alpha of the unknown band: closed-form matting with sampled colours as its data term.

Levin, Lischinski, Weiss: A Closed-Form Solution to Natural Image Matting, 2008. The matting
Laplacian is never built: it is the residual of a local linear regression on the picture (He et al.,
Guided Image Filtering, 2010, section 3.3), so that a product with it costs a few box filters.
"""

from collections.abc import Sequence

import cv2
import numpy as np

RADIUS_PX = 1
# Regularisation of the local colour covariance, for colours in [0, 1].
EPSILON = 8e-6
ITERATIONS = 24
KNOWN_WEIGHT = 100.0


class ColourRegression:
    """Local linear models of a scalar on the picture's colours, in every window of a picture.

    guide: (H, W, 3) float32 in [0, 1]
    """

    def __init__(self, guide: np.ndarray, radius_px: int, epsilon: float) -> None:
        self._guide = np.ascontiguousarray(guide.transpose(2, 0, 1))
        self._size = (2 * radius_px + 1,) * 2
        self._mean = [self._box(self._guide[i]) for i in range(3)]
        self._inverse = self._inverse_covariance(epsilon)

    def _box(self, values: np.ndarray) -> np.ndarray:
        return cv2.blur(values, self._size, borderType=cv2.BORDER_REFLECT)

    def _inverse_covariance(self, epsilon: float) -> np.ndarray:
        """(3, 3, H, W) float32."""
        # Flat places have covariances near the rounding of float32.
        guide = self._guide.astype(np.float64)
        mean = np.stack([self._box(guide[i]) for i in range(3)])
        c = np.empty((3, *guide.shape))
        for i in range(3):
            for j in range(3):
                c[i, j] = self._box(guide[i] * guide[j]) - mean[i] * mean[j]
            c[i, i] += epsilon
        inverse = np.empty_like(c)
        for i in range(3):
            j, k = (i + 1) % 3, (i + 2) % 3
            for m in range(3):
                n, o = (m + 1) % 3, (m + 2) % 3
                inverse[m, i] = c[j, n] * c[k, o] - c[j, o] * c[k, n]
        return (inverse / (c[0] * inverse[:, 0]).sum(0)).astype(np.float32)

    def fit(self, values: np.ndarray) -> tuple[list[np.ndarray], np.ndarray]:
        """Slopes 3 x (H, W) and offset (H, W), each averaged over the windows of a pixel."""
        mean = self._box(values)
        covariance = [
            self._box(channel * values) - own * mean
            for channel, own in zip(self._guide, self._mean, strict=True)
        ]
        slopes = [inner(row, covariance) for row in self._inverse]
        offset = mean - inner(slopes, self._mean)
        return [self._box(slope) for slope in slopes], self._box(offset)

    def value(self, slopes: Sequence[np.ndarray], offset: np.ndarray) -> np.ndarray:
        """The models (slopes, offset) applied to the picture itself: (H, W)."""
        return inner(slopes, self._guide) + offset

    def residual(self, values: np.ndarray) -> np.ndarray:
        """(H, W): the matting Laplacian times the values."""
        return values - self.value(*self.fit(values))


def inner(first: Sequence[np.ndarray] | np.ndarray, second: Sequence[np.ndarray] | np.ndarray):
    """Sum of the products of three channels each, (H, W)."""
    return first[0] * second[0] + first[1] * second[1] + first[2] * second[2]


def solve_alpha(
    guide: np.ndarray, unknown: np.ndarray, first: np.ndarray, confidence: np.ndarray
) -> np.ndarray:
    """Alpha (H, W) float32 that is locally linear in colour and near `first` where it is trusted.

    guide (H, W, 3) float32 in [0, 1]; unknown (H, W) bool, elsewhere `first` is kept;
    first (H, W) float32 in [0, 1]; confidence (H, W) float32, in [0, 1]
    """
    regression = ColourRegression(guide, RADIUS_PX, EPSILON)
    weight = np.where(unknown, confidence, KNOWN_WEIGHT).astype(np.float32)
    alpha = first.astype(np.float32).copy()
    scale = 1 / (1 + weight)
    rest = weight * (first - alpha) - regression.residual(alpha)
    rest[~unknown] = 0
    step = scale * rest
    power = float((rest * step).sum())
    for _ in range(ITERATIONS):
        image = weight * step + regression.residual(step)
        image[~unknown] = 0
        length = power / max(float((step * image).sum()), 1e-20)
        alpha += length * step
        rest -= length * image
        fresh = scale * rest
        next_power = float((rest * fresh).sum())
        step = fresh + next_power / max(power, 1e-20) * step
        power = next_power
    return np.clip(alpha, 0, 1)


def refine(alpha: np.ndarray, guide: np.ndarray, small_guide: np.ndarray) -> np.ndarray:
    """Alpha of a smaller picture brought to the size of `guide` by its own local colour models."""
    slopes, offset = ColourRegression(small_guide, 2, 4e-5).fit(alpha)
    size = (guide.shape[1], guide.shape[0])
    large = [cv2.resize(value, size, interpolation=cv2.INTER_LINEAR) for value in (*slopes, offset)]
    fine = inner(large[:3], cv2.split(guide)) + large[3]
    return np.clip(fine, 0, 1).astype(np.float32)
