"""A small triangle rasteriser in numpy, for hands, teeth and what is prepared once per avatar.

Every front-facing triangle is expanded into the pixels of its bounding box, many at once; an
integer key of depth and triangle index resolves visibility with one unbuffered minimum.
"""

from dataclasses import dataclass

import numpy as np

from pipeline import z_buffer

FIRST_BLOCK_PX = 4


@dataclass(frozen=True, slots=True)
class Raster:
    """triangle (H, W) int32, -1 where nothing is; weight (H, W, 3) float32 barycentric;
    depth (H, W) float32, inf where nothing is."""

    triangle: np.ndarray
    weight: np.ndarray
    depth: np.ndarray

    @property
    def covered(self) -> np.ndarray:
        return self.triangle >= 0

    def interpolate(self, triangles: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Per-vertex values (V, C) at every pixel (H, W, C); zero where nothing is."""
        row, column = np.nonzero(self.covered)
        corner = triangles[self.triangle[row, column]]
        weight = self.weight[row, column]
        out = np.zeros((*self.triangle.shape, values.shape[1]), np.float32)
        out[row, column] = sum(values.take(corner[:, k], 0) * weight[:, k, None] for k in range(3))
        return out


@dataclass(frozen=True, slots=True)
class _Batch:
    """Triangles drawn together: first pixels (N, 2) of their boxes, planes (N, 2, 3) of two
    weights, depths (N, 3) of the corners, indices (N,)."""

    low: np.ndarray
    plane: np.ndarray
    depth: np.ndarray
    index: np.ndarray


def rasterize(
    points_px: np.ndarray,
    depth: np.ndarray,
    triangles: np.ndarray,
    width_px: int,
    height_px: int,
) -> Raster:
    """Visible triangle of every pixel.

    points_px: (V, 2), pixel (i, j) has its centre at (i + 0.5, j + 0.5); depth: (V,) > 0, smaller
    is nearer; triangles: (T, 3), counter-clockwise seen from outside with y up.
    """
    corner = points_px[triangles].astype(np.float32)
    plane, select = _edge_planes(corner, width_px, height_px)
    index = np.flatnonzero(select)
    buffer = z_buffer.empty_buffer(height_px, width_px)
    if len(index):
        _draw(buffer, corner[index], plane[index], depth[triangles[index]], index)
    return _resolve(buffer, plane, depth[triangles])


def _edge_planes(corner: np.ndarray, width_px: int, height_px: int):
    """(T, 2, 3) planes a x + b y + c of the first two barycentric weights; usable triangles."""
    (x0, y0), (x1, y1), (x2, y2) = (corner[:, k].T for k in range(3))
    doubled = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    # y points down on screen: front faces have a negative signed area.
    select = doubled < -1e-6
    select &= (np.maximum(np.maximum(x0, x1), x2) > 0) & (np.maximum(np.maximum(y0, y1), y2) > 0)
    select &= np.minimum(np.minimum(x0, x1), x2) < width_px
    select &= np.minimum(np.minimum(y0, y1), y2) < height_px
    scale = 1 / np.where(select, doubled, 1)
    first = np.stack([(y1 - y2), (x2 - x1), (x1 * y2 - x2 * y1)], 1) * scale[:, None]
    second = np.stack([(y2 - y0), (x0 - x2), (x2 * y0 - x0 * y2)], 1) * scale[:, None]
    return np.stack([first, second], 1), select


def _draw(buffer, corner, plane, depth, index) -> None:
    """Lower the keys in `buffer` (H, W) wherever one of the triangles is nearer.

    Triangles of like size are expanded together into square blocks of pixels, so that the work is
    plain broadcasting; only what lies inside is gathered.
    """
    limit = np.array(buffer.shape[::-1])
    first, second, third = corner[:, 0], corner[:, 1], corner[:, 2]
    low = np.ceil(np.minimum(np.minimum(first, second), third) - 0.5)
    high = np.floor(np.maximum(np.maximum(first, second), third) - 0.5) + 1
    low, high = (np.clip(edge, 0, limit).astype(np.int32) for edge in (low, high))
    extent = high - low
    size = np.where((extent > 0).all(1), extent.max(1), 0)
    smallest, block = 0, FIRST_BLOCK_PX
    while smallest < size.max(initial=0):
        group = np.flatnonzero((size > smallest) & (size <= block))
        if len(group):
            batch = _Batch(low[group], plane[group], depth[group], index[group])
            _draw_blocks(buffer, block, batch)
        smallest, block = block, block * 2


def _draw_blocks(buffer, block: int, batch: _Batch) -> None:
    """Draw triangles whose bounding boxes fit into block x block pixels."""
    low, depth = batch.low, batch.depth
    step = np.arange(block, dtype=np.int32)
    column = low[:, 0, None, None] + step[None, None, :]
    row = low[:, 1, None, None] + step[None, :, None]
    x, y = column + np.float32(0.5), row + np.float32(0.5)
    p = batch.plane[..., None, None]
    a, b = (p[:, k, 0] * x + (p[:, k, 1] * y + p[:, k, 2]) for k in (0, 1))
    inside = (a >= -1e-4) & (b >= -1e-4) & (a + b <= 1 + 1e-4)
    inside &= (column < buffer.shape[1]) & (row < buffer.shape[0])
    found = np.flatnonzero(inside)
    a, b = a.ravel().take(found), b.ravel().take(found)
    which, cell = np.divmod(found, block * block)
    down, right = np.divmod(cell, block)
    z = a * depth[which, 0] + b * depth[which, 1] + (1 - a - b) * depth[which, 2]
    pixel = (low[which, 1] + down) * buffer.shape[1] + low[which, 0] + right
    z_buffer.put_nearest(buffer, pixel, z, batch.index[which])


def _resolve(buffer, plane, depth) -> Raster:
    """Keys (H, W) to triangles, weights and depth; depth: (T, 3) at the corners."""
    triangle = z_buffer.indices(buffer)
    row, column = np.nonzero(triangle >= 0)
    which = triangle[row, column]
    x, y = column + np.float32(0.5), row + np.float32(0.5)
    a, b = (plane[which, k, 0] * x + plane[which, k, 1] * y + plane[which, k, 2] for k in (0, 1))
    weight = np.zeros((*buffer.shape, 3), np.float32)
    weight[row, column] = np.stack([a, b, 1 - a - b], 1)
    z = np.full(buffer.shape, np.inf, np.float32)
    z[row, column] = (weight[row, column] * depth[which]).sum(1)
    return Raster(triangle, weight, z)
