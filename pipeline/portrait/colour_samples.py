"""First estimate of alpha from pairs of colours sampled on both sides of the unknown band.

Gastal, Oliveira: Shared Sampling for Real-Time Alpha Matting, 2010, in spirit: each unknown pixel
tries the colours of the nearest sure pixels of itself and of places around it.
"""

import cv2
import numpy as np

from pipeline.portrait.trimap import Trimap

# Where around a pixel others are asked for their nearest sure colours, px.
ASKED_PX = ((0, 0), (5, 2), (-3, 5), (2, -6), (-6, -2), (11, -4), (-5, -11), (3, 12))
# Spread of colour that noise explains, for colours in [0, 1].
NOISE = 0.022
# Two colours closer than this say little about alpha.
MIN_CONTRAST = 0.12
# Of two pairs that explain a colour alike, the one that agrees with the segmentation is taken.
PLACE_COST = 3e-3


def sample_alpha(
    guide: np.ndarray, trimap: Trimap, scene: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Alpha (H, W) and how far to trust it (H, W), both float32 in [0, 1].

    guide (H, W, 3) float32 in [0, 1]; scene (H, W, 3): the same, continued behind the person
    """
    unknown = trimap.unknown
    row, column = np.nonzero(unknown)
    colour = guide[row, column]
    people = candidates(guide, trimap.person, row, column)
    walls = [scene[row, column], *candidates(guide, trimap.background, row, column)]
    likely = trimap.likely[row, column]
    best = np.full(len(row), np.inf, np.float32)
    alpha_of, contrast_of = np.zeros((2, len(row)), np.float32)
    for person in people:
        for wall in walls:
            axis = person - wall
            contrast = (axis * axis).sum(1)
            alpha = ((colour - wall) * axis).sum(1) / np.maximum(contrast, 1e-4)
            alpha = np.clip(alpha, 0, 1)
            gap = colour - wall - alpha[:, None] * axis
            cost = (gap * gap).sum(1) + PLACE_COST * (alpha - likely) ** 2
            better = cost < best
            best[better], alpha_of[better] = cost[better], alpha[better]
            contrast_of[better] = contrast[better]
    alpha, trust = trimap.person.astype(np.float32), np.zeros(unknown.shape, np.float32)
    alpha[row, column] = alpha_of
    certain = np.exp(-best / (2 * NOISE**2))
    trust[row, column] = certain * np.clip(contrast_of / MIN_CONTRAST**2, 0, 1)
    return alpha, trust


def candidates(
    guide: np.ndarray, sure: np.ndarray, row: np.ndarray, column: np.ndarray
) -> list[np.ndarray]:
    """Colours (N, 3) of the nearest sure pixels, one array for each asked place."""
    _, labels = cv2.distanceTransformWithLabels(
        1 - sure.astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    labels = labels.astype(np.int32)
    # Averages of sure pixels alone, so that no mixed colour becomes a sample.
    weight = cv2.blur(sure.astype(np.float32), (3, 3))
    mean = cv2.blur(guide * sure[..., None], (3, 3)) / np.maximum(weight, 1e-3)[..., None]
    of_label = np.zeros((int(labels.max()) + 1, 3), np.float32)
    of_label[labels[sure]] = mean[sure]
    height, width = sure.shape
    found = []
    for across, down in ASKED_PX:
        r, c = np.clip(row + down, 0, height - 1), np.clip(column + across, 0, width - 1)
        found.append(of_label[labels[r, c]])
    return found
