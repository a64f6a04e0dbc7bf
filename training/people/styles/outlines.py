"""Ink where forms end: at borders of regions, steps of depth and valleys of the surface."""

import cv2
import numpy as np

from training.people.character import Kind
from training.people.styles.scene import Scene, ramp

# A step of depth that is an outline, metres, and how far apart it is looked for, frame pixels.
STEP_M, STEP_PX = 0.007, 1.5
# How fast the normal turns in a valley that is drawn, per frame pixel.
VALLEY, VALLEY_SOFT = 0.11, 0.03


def border(mask: np.ndarray, width_px: float) -> np.ndarray:
    """(H, W) in [0, 1]: a line of this width along the outline of a soft mask."""
    smooth = cv2.GaussianBlur(mask, (0, 0), 0.5 * width_px)
    across = cv2.magnitude(cv2.Sobel(smooth, -1, 1, 0, scale=1 / 8),
                           cv2.Sobel(smooth, -1, 0, 1, scale=1 / 8))  # fmt: skip
    return np.clip(across * width_px * 2.2 - 0.35, 0, 1)


def depth_steps(scene: Scene, solid: np.ndarray) -> np.ndarray:
    """(H, W) in [0, 1]: lines where one part of `solid` (H, W) lies before another."""
    reach = 2 * round(STEP_PX * scene.scale / 2) + 1
    kernel = np.ones((reach, reach), np.uint8)
    depth = np.where(solid > 0.9, scene.surfaces.depth_m, 0).astype(np.float32)
    there = cv2.erode((solid > 0.9).astype(np.uint8), kernel) > 0
    step = np.where(there, cv2.dilate(depth, kernel) - cv2.erode(depth, kernel), 0)
    # A steep slope rises by as much as a step, from one side of the pixel to the other.
    normal = scene.shape_normal()
    steepness = np.linalg.norm(normal[..., :2], axis=-1) / np.maximum(normal[..., 2], 0.05)
    slope = steepness * reach * depth / (scene.camera.focal_px * scene.scale)
    line = ramp(step - slope, STEP_M, 0.2 * STEP_M).astype(np.float32)
    return cv2.GaussianBlur(line, (0, 0), 0.4 * scene.scale)


def valleys(scene: Scene, solid: np.ndarray) -> np.ndarray:
    """(H, W) in [0, 1]: lines in the folds of the skin: lids, wings of the nose, lips."""
    normal = cv2.GaussianBlur(scene.shape_normal(), (0, 0), 0.8 * scene.scale)
    turn = cv2.Sobel(normal[..., 0], -1, 1, 0, scale=1 / 8) - cv2.Sobel(
        normal[..., 1], -1, 0, 1, scale=1 / 8
    )
    hollow = -turn * scene.scale
    inside = cv2.erode((solid > 0.9).astype(np.uint8), np.ones((5, 5), np.uint8))
    return ramp(hollow, VALLEY, VALLEY_SOFT).astype(np.float32) * inside


def lid_lines(scene: Scene, upper_px: float, lower_px: float) -> np.ndarray:
    """(H, W) in [0, 1]: the upper lid's line, thick, the lower's thin; frame pixels."""
    eye = ramp(cv2.GaussianBlur(scene.share(Kind.EYE), (0, 0), 0.5 * scene.scale), 0.5, 0.2)
    eye = eye.astype(np.float32)
    up, down = round(upper_px * scene.scale), round(lower_px * scene.scale)
    wide = 2 * round(0.6 * upper_px * scene.scale) + 1
    above = cv2.dilate(eye, np.ones((up + 1, wide), np.uint8), anchor=(wide // 2, 0))
    below = cv2.dilate(eye, np.ones((down + 1, 1), np.uint8), anchor=(0, down))
    lines = np.maximum(above, below) - eye
    return np.clip(1.5 * cv2.GaussianBlur(lines, (0, 0), 0.35 * scene.scale), 0, 1)
