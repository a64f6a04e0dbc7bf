"""How close a picture is to the true one, where it counts."""

import cv2
import numpy as np

SSIM_WINDOW_PX = 7
MESH_POINTS = 468


def face_mask(points: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """(H, W) bool, the convex hull of a face's points (478, 2 or 3) px; size: (H, W)."""
    hull = cv2.convexHull(points[:MESH_POINTS, :2].astype(np.float32))
    mask = np.zeros(size, np.uint8)
    cv2.fillConvexPoly(mask, np.round(hull[:, 0] - 0.5).astype(np.int32), 1)
    return mask > 0


def psnr_db(picture: np.ndarray, truth: np.ndarray, mask: np.ndarray) -> float:
    """Peak signal-to-noise ratio of (H, W, 3) uint8 pictures over the pixels of a mask."""
    error = picture[mask].astype(np.float64) - truth[mask]
    return decibels(float(np.square(error).mean()))


def decibels(square_error: float) -> float:
    """The signal-to-noise ratio of a mean square error of levels of 255."""
    return float(10 * np.log10(255**2 / max(square_error, 1e-10)))


def ssim(picture: np.ndarray, truth: np.ndarray, mask: np.ndarray) -> float:
    """Mean structural similarity over a mask."""
    return float(ssim_map(picture, truth)[mask].mean())


def ssim_map(picture: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Structural similarity (H, W, 3) (Wang et al. 2004; uniform window, per channel)."""
    # Squares of bytes are exact in single precision, which takes half the time of double.
    x, y = picture.astype(np.float32), truth.astype(np.float32)
    count = SSIM_WINDOW_PX**2
    mean = lambda v: cv2.boxFilter(v, -1, (SSIM_WINDOW_PX,) * 2)  # noqa: E731
    mean_x, mean_y = mean(x), mean(y)
    sample = count / (count - 1)
    var_x, var_y = (sample * (mean(v * v) - m * m) for v, m in ((x, mean_x), (y, mean_y)))
    covariance = sample * (mean(x * y) - mean_x * mean_y)
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    top = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    bottom = (mean_x**2 + mean_y**2 + c1) * (var_x + var_y + c2)
    return top / bottom


def point_error_px(points: np.ndarray, truth: np.ndarray) -> float:
    """Mean distance of the face's points, (478, 2 or 3) px each."""
    apart = points[:MESH_POINTS, :2] - truth[:MESH_POINTS, :2]
    return float(np.linalg.norm(apart, axis=1).mean())
