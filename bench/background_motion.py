"""Do structures behind a person stay where they are? Sub-pixel displacement of patches.

Each patch with an edge is moved along the edge's normal until it meets the driven frame best
(inverse compositional alignment, Baker and Matthews 2004). The person is masked by segmentations
of both frames, not by what the renderer takes for the person.
"""

from dataclasses import dataclass

import cv2
import numpy as np

PATCH_PX = 24
PITCH_PX = 8
# How far from the person patches are looked at, and how much they must differ from it.
NEAR_PX = 110
PERSON = 0.1
MARGIN_PX = 6
MIN_SLOPE = 1.0
BLURS_PX = (4.0, 2.0, 1.0)
ROUNDS = 10
LARGEST_PX = 8.0
SAME = 0.85


@dataclass(frozen=True, slots=True)
class BackgroundMotion:
    """displacement_px (N,) of each patch found again; place (N, 2) px of their centres
    lost: patches that nothing near resembles any more; patches: all that were looked for"""

    displacement_px: np.ndarray
    place: np.ndarray
    lost: int
    patches: int


def background_motion(
    before: np.ndarray, after: np.ndarray, person_before: np.ndarray, person_after: np.ndarray
) -> BackgroundMotion:
    """before, after: (H, W, 3) uint8; person_*: (H, W) probability that a pixel is a person."""
    first, second = (
        cv2.cvtColor(p, cv2.COLOR_RGB2GRAY).astype(np.float32) for p in (before, after)
    )
    corners = _places(person_before, person_after)
    normal, slope = _edges(_blurred(first, BLURS_PX[-1]), corners)
    chosen = slope > MIN_SLOPE
    corners, normal = corners[chosen], normal[chosen]
    shift = np.zeros(len(corners), np.float32)
    if not len(corners):
        return BackgroundMotion(shift, corners.astype(np.float32), 0, 0)
    shift, likeness = _found(first, second, corners, normal)
    found = (likeness > SAME) & (np.abs(shift) < LARGEST_PX)
    place = corners[found] + np.float32(PATCH_PX / 2)
    return BackgroundMotion(np.abs(shift[found]), place, int((~found).sum()), len(found))


def _found(
    first: np.ndarray, second: np.ndarray, corners: np.ndarray, normal: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Shift (N,) px and likeness (N,): from coarse to fine, or from where the patch was if that
    fits better (what moves beside a still patch misleads the coarse look)."""
    shift = np.zeros(len(corners), np.float32)
    still, still_likeness = _aligned(
        _blurred(first, BLURS_PX[-1]), _blurred(second, BLURS_PX[-1]), corners, normal, shift
    )
    likeness = shift
    for blur_px in BLURS_PX:
        shift, likeness = _aligned(
            _blurred(first, blur_px), _blurred(second, blur_px), corners, normal, shift
        )
    better = still_likeness >= likeness
    return np.where(better, still, shift), np.where(better, still_likeness, likeness)


def _blurred(image: np.ndarray, sigma_px: float) -> np.ndarray:
    return cv2.GaussianBlur(image, (0, 0), sigma_px)


def _places(person_before: np.ndarray, person_after: np.ndarray) -> np.ndarray:
    """Corners (N, 2) x, y of patches beside the person and clear of it in both frames."""
    person = np.maximum(person_before, person_after) > PERSON
    away = cv2.distanceTransform(1 - person.astype(np.uint8), cv2.DIST_L2, 5)
    height, width = person.shape
    edge = PATCH_PX // 4
    reach = PATCH_PX + edge - 1
    rows, columns = np.mgrid[edge : height - reach : PITCH_PX, edge : width - reach : PITCH_PX]
    # The minimum over a patch: erosion anchored at its first pixel.
    kernel = np.ones((PATCH_PX, PATCH_PX), np.uint8)
    nearest = cv2.erode(away, kernel, anchor=(0, 0))[rows, columns]
    chosen = (nearest > MARGIN_PX) & (nearest < NEAR_PX)
    return np.stack([columns[chosen], rows[chosen]], 1)


def _edges(image: np.ndarray, corners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Direction (N, 2) in which each patch changes most, and its slope there in levels a px."""
    dx, dy = _gradient(image)
    products = np.stack([dx * dx, dx * dy, dy * dy], -1)
    mean = cv2.boxFilter(products, -1, (PATCH_PX, PATCH_PX), anchor=(0, 0))
    xx, xy, yy = mean[corners[:, 1], corners[:, 0]].T
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    largest = 0.5 * (xx + yy) + np.sqrt(0.25 * (xx - yy) ** 2 + xy**2)
    return np.stack([np.cos(angle), np.sin(angle)], 1), np.sqrt(np.maximum(largest, 0))


def _gradient(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return cv2.Sobel(image, -1, 1, 0, scale=1 / 8), cv2.Sobel(image, -1, 0, 1, scale=1 / 8)


def _aligned(
    first: np.ndarray,
    second: np.ndarray,
    corners: np.ndarray,
    normal: np.ndarray,
    shift: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Shift (N,) px along the normals, and the correlation (N,) of the patches there."""
    offset = np.mgrid[0:PATCH_PX, 0:PATCH_PX][::-1].reshape(2, -1).T
    at = (corners[:, None] + offset).astype(np.float32)
    column, row = at.astype(int).transpose(2, 0, 1)
    window = np.outer(*[np.hanning(PATCH_PX + 2)[1:-1]] * 2).ravel().astype(np.float32)
    dx, dy = _gradient(first)
    slope = dx[row, column] * normal[:, :1] + dy[row, column] * normal[:, 1:]
    patch = first[row, column]
    scale = np.maximum((window * slope * slope).sum(1), 1e-6)
    shift = shift.copy()
    for _ in range(ROUNDS):
        moved = _sampled(second, at + shift[:, None, None] * normal[:, None])
        shift += np.clip((window * slope * (patch - moved)).sum(1) / scale, -2, 2)
        np.clip(shift, -LARGEST_PX, LARGEST_PX, out=shift)
    moved = _sampled(second, at + shift[:, None, None] * normal[:, None])
    return shift, _correlation(patch, moved, window)


def _sampled(image: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Values (N, P) at places (N, P, 2); cv2.remap takes no more than 32,767 rows."""
    parts = [
        cv2.remap(
            image, np.ascontiguousarray(part[..., 0], np.float32),
            np.ascontiguousarray(part[..., 1], np.float32), cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REPLICATE,
        )
        for part in np.array_split(at, len(at) // 30_000 + 1)
    ]  # fmt: skip
    return np.concatenate(parts)


def _correlation(first: np.ndarray, second: np.ndarray, window: np.ndarray) -> np.ndarray:
    weight = window / window.sum()
    first, second = (v - (v * weight).sum(1, keepdims=True) for v in (first, second))
    spread = np.sqrt((weight * first**2).sum(1) * (weight * second**2).sum(1))
    return (weight * first * second).sum(1) / np.maximum(spread, 1e-6)
