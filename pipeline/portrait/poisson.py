"""Fills a hole of a picture so that its Laplacian is as given and its border continues the picture.

Perez, Gangnet, Blake: Poisson Image Editing, 2003; solved by multigrid V-cycles. With a divergence
of zero this is the smooth membrane over the hole.
"""

import cv2
import numpy as np

from pipeline.pull_push import pull_push

LAPLACIAN = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], np.float32)
# Damping under which Jacobi smooths best in two dimensions.
DAMPING = 0.8
SWEEPS = 2
CYCLES = 5
COARSEST_PX = 8


def solve_poisson(
    picture: np.ndarray, hole: np.ndarray, divergence: np.ndarray | None = None
) -> np.ndarray:
    """Values (H, W, 3) float32: the picture outside the hole, the solution inside.

    picture (H, W, 3); hole (H, W) bool; divergence (H, W, 3) of the gradients wanted in the hole.
    The slope across the border of the picture is zero.
    """
    solution = pull_push(picture.astype(np.float32), (~hole).astype(np.float32))
    free = hole.astype(np.float32)[..., None]
    wanted = np.zeros_like(solution) if divergence is None else divergence.astype(np.float32)
    for _ in range(CYCLES):
        rest = free * (wanted - _laplacian(solution))
        step = _cycle(rest, free)
        # The best length of the step: in tangled holes the coarse grids overshoot.
        curvature = float((step * _laplacian(step)).sum())
        if curvature == 0:
            break
        solution += float((step * rest).sum()) / curvature * step
    return solution


def _laplacian(values: np.ndarray) -> np.ndarray:
    return cv2.filter2D(values, -1, LAPLACIAN, borderType=cv2.BORDER_REPLICATE)


def _cycle(wanted: np.ndarray, free: np.ndarray) -> np.ndarray:
    """One V-cycle for the correction whose Laplacian is `wanted`, zero where not free."""
    pace = free * (-DAMPING / 4)
    solution = pace * wanted
    for _ in range(SWEEPS - 1):
        solution += pace * (wanted - _laplacian(solution))
    height, width = wanted.shape[:2]
    if min(height, width) > COARSEST_PX:
        rest = free * (wanted - _laplacian(solution))
        size = ((width + 1) // 2, (height + 1) // 2)
        # A step of the coarse grid is twice as long: its Laplacian is four times as large.
        coarse = cv2.resize(rest, size, interpolation=cv2.INTER_AREA) * 4
        share = cv2.resize(free, size, interpolation=cv2.INTER_AREA)
        correction = _cycle(coarse, (share > 0.6).astype(np.float32)[..., None])
        solution += free * cv2.resize(correction, (width, height), interpolation=cv2.INTER_LINEAR)
    for _ in range(SWEEPS):
        solution += pace * (wanted - _laplacian(solution))
    return solution
