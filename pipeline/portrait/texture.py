"""Texture for the hole: tiles of the scene that continue what is next to them.

Efros, Freeman: Image Quilting for Texture Synthesis and Transfer, 2001; seams are left to the
Poisson equation. Smooth scenes have none and cost nothing.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.pull_push import pull_push

TILE_PX, STEP_PX = 48, 38
# Tiles are compared at half size, in a window this far around their place.
SHRINK = 2
WINDOW_PX = 66
# How far inside the hole anything but smooth colour can ever be seen.
DEPTH_PX = 66
FINE_SIGMA_PX = 2.5
# Levels of detail beyond the grain at which a place starts and fully counts as textured.
FAINT, STRONG = 3.0, 6.0
MIN_OVERLAP_PX = 40
# A scene with less of it than this share has details, but no texture.
MIN_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Texture:
    """colours (H, W, 3) float32 copied into the hole; tile (H, W) int32, the number of the tile a
    pixel came with, 0 where none did; strength (H, W) float32 in [0, 1]: how textured it is."""

    colours: np.ndarray
    tile: np.ndarray
    strength: np.ndarray

    def gradients(self) -> tuple[np.ndarray, np.ndarray]:
        """Differences to the right and below (H, W, 3), and where both ends are of one tile."""
        steps, valid = [], []
        for axis in (1, 0):
            edge = np.take(self.colours, [-1], axis=axis)
            steps.append(np.diff(self.colours, axis=axis, append=edge))
            number = np.diff(self.tile, axis=axis, append=np.take(self.tile, [-1], axis=axis))
            valid.append((number == 0) & (self.tile > 0))
        return np.stack(steps), np.stack(valid)


def copy_texture(
    pixels: np.ndarray, smooth: np.ndarray, hole: np.ndarray, strength: np.ndarray
) -> Texture | None:
    """A Texture for the hole, or None where the scene has none.

    pixels (H, W, 3) uint8; smooth (H, W, 3) float32, the picture with the hole filled smoothly;
    strength (H, W) float32 in [0, 1] of the texture
    """
    depth = cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 5)
    wanted = hole & (strength > 0.25) & (depth < DEPTH_PX)
    if wanted.sum() < MIN_SHARE * (hole & (depth < DEPTH_PX)).sum():
        return None
    size = (pixels.shape[1] // SHRINK, pixels.shape[0] // SHRINK)
    canvas = np.where(hole[..., None], smooth, pixels).astype(np.float32)
    # Shades come from the structure: brightness alone tells what continues what.
    small = cv2.resize(canvas, size, interpolation=cv2.INTER_AREA).mean(-1)
    filled = cv2.resize((~hole).astype(np.float32), size, interpolation=cv2.INTER_AREA) > 0.99
    tile_cells = TILE_PX // SHRINK
    # Top left corners of tiles that show nothing but the scene.
    source = cv2.erode(
        filled.astype(np.uint8), np.ones((tile_cells, tile_cells)), anchor=(0, 0), borderValue=0
    )
    if not source.any():
        return None
    number = np.zeros(hole.shape, np.int32)
    for index, (row, column) in enumerate(places(wanted, depth), 1):
        found = _best_source(small, filled, source, row // SHRINK, column // SHRINK)
        if found is None:
            continue
        here = (slice(row, row + TILE_PX), slice(column, column + TILE_PX))
        fresh = wanted[here] & (number[here] == 0)
        canvas[here][fresh] = _tile(canvas, *found)[fresh]
        number[here][fresh] = index
        top, left = row // SHRINK, column // SHRINK
        cells = (slice(top, top + tile_cells), slice(left, left + tile_cells))
        shrunk = cv2.resize(canvas[here], (tile_cells, tile_cells), interpolation=cv2.INTER_AREA)
        small[cells] = np.where(filled[cells], small[cells], shrunk.mean(-1))
        filled[cells] = True
    return Texture(canvas, number, strength)


def texture_strength(pixels: np.ndarray, hole: np.ndarray, grain: float) -> np.ndarray:
    """(H, W) float32 in [0, 1]: how textured the scene is; carried on into the hole.

    hole: where not to look; grain: standard deviation of the picture's noise
    """
    size = (pixels.shape[1] // 2, pixels.shape[0] // 2)
    grey = cv2.resize(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), size, interpolation=cv2.INTER_AREA)
    known = cv2.resize((~hole).astype(np.float32), size, interpolation=cv2.INTER_AREA)
    known = cv2.erode((known > 0.99).astype(np.float32), np.ones((3, 3)))
    weight = np.maximum(cv2.GaussianBlur(known, (0, 0), FINE_SIGMA_PX), 1e-3)
    mean = cv2.GaussianBlur(grey * known, (0, 0), FINE_SIGMA_PX) / weight
    detail = np.clip(np.abs(grey - mean) * 6, 0, 255).astype(np.uint8)
    if not known.any():
        return np.zeros(hole.shape, np.float32)
    spread = pull_push(detail[..., None].astype(np.float32), known)[..., 0]
    middle = cv2.medianBlur(np.clip(spread, 0, 255).astype(np.uint8), 15).astype(np.float32) / 6
    level = pull_push(middle[..., None], known)[..., 0]
    level = cv2.GaussianBlur(level, (0, 0), 4)
    strength = np.clip((level - 0.4 * grain - FAINT) / (STRONG - FAINT), 0, 1)
    return cv2.resize(strength, hole.shape[::-1], interpolation=cv2.INTER_LINEAR)


def places(wanted: np.ndarray, depth: np.ndarray) -> list[tuple[int, int]]:
    """Top left corners of the tiles that are needed, from the border of the hole inwards."""
    height, width = wanted.shape
    found = []
    for row in [*range(0, height - TILE_PX, STEP_PX), height - TILE_PX]:
        for column in [*range(0, width - TILE_PX, STEP_PX), width - TILE_PX]:
            here = (slice(row, row + TILE_PX), slice(column, column + TILE_PX))
            if wanted[here].mean() > 0.02:
                found.append((float(depth[here].mean()), row, column))
    return [(row & ~1, column & ~1) for _, row, column in sorted(found)]


def _best_source(small, filled, source, top: int, left: int):
    """Row and column (full size) of the tile that continues the surroundings best."""
    cells, reach = TILE_PX // SHRINK, WINDOW_PX // SHRINK
    template = small[top : top + cells, left : left + cells]
    mask = filled[top : top + cells, left : left + cells].astype(np.float32)
    rows = (max(top - reach, 0), min(top + reach, source.shape[0] - cells))
    columns = (max(left - reach, 0), min(left + reach, source.shape[1] - cells))
    allowed = source[rows[0] : rows[1] + 1, columns[0] : columns[1] + 1] > 0
    if not allowed.any():
        rows, columns = (0, source.shape[0] - cells), (0, source.shape[1] - cells)
        allowed = source[: rows[1] + 1, : columns[1] + 1] > 0
        if not allowed.any():
            return None
    if mask.sum() < MIN_OVERLAP_PX:
        mask = np.ones_like(mask)
    window = small[rows[0] : rows[1] + cells, columns[0] : columns[1] + cells]
    cost = cv2.matchTemplate(window, np.ascontiguousarray(template), cv2.TM_SQDIFF, mask=mask)
    cost = np.where(allowed, cost, np.inf)
    row, column = np.unravel_index(int(np.argmin(cost)), cost.shape)
    return (rows[0] + int(row)) * SHRINK, (columns[0] + int(column)) * SHRINK


def _tile(canvas: np.ndarray, row: int, column: int) -> np.ndarray:
    return canvas[row : row + TILE_PX, column : column + TILE_PX].copy()
