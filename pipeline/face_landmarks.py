"""The 478-point face mesh (MediaPipe, Apache-2.0) on the template, as far as the stages use it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pipeline.template import TemplateModel

# Inner contour of the lips, from the person's right corner to the left one.
UPPER_LIP_INNER = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)
LOWER_LIP_INNER = (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)
LIP_CORNERS = (78, 308)
# Below the nose to the chin's front, without the jaw's outline.
MOUTH_REGION = (2, 61, 291, 200)

# Per eye (person's left, then right): margin of the upper lid, of the lower lid, orbital crease.
UPPER_LID = (
    (263, 466, 388, 387, 386, 385, 384, 398, 362),
    (33, 246, 161, 160, 159, 158, 157, 173, 133),
)
LOWER_LID = (
    (263, 249, 390, 373, 374, 380, 381, 382, 362),
    (33, 7, 163, 144, 145, 153, 154, 155, 133),
)
ORBITAL_CREASE = (
    (446, 342, 445, 444, 443, 442, 441, 413, 464),
    (226, 113, 225, 224, 223, 222, 221, 189, 244),
)


def landmark_points(
    model: "TemplateModel", points: np.ndarray, landmarks: Sequence[int]
) -> np.ndarray:
    """Projected landmarks (N, 2) from projected vertices (V, 2)."""
    index = list(landmarks)
    corner = points[model.landmark_vertices.take(index, 0)]
    return np.einsum("nkc,nk->nc", corner, model.landmark_weights.take(index, 0))


def contour(points: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Rows of a contour (N, 2) at pixel columns (W,); constant beyond its ends."""
    order = np.argsort(points[:, 0])
    return np.interp(columns, points[order, 0], points[order, 1]).astype(np.float32)
