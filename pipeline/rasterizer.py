"""A small triangle rasteriser in numpy, for hands, teeth and what is prepared once per avatar.

Every front-facing triangle is expanded into the pixels of its bounding box, many at once; an
integer key of depth and triangle index resolves visibility with one unbuffered minimum. Triangles
run along the last axis, over which numpy is fast.
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
        pixel = np.flatnonzero(self.covered)
        corners = triangles.take(self.triangle.take(pixel), 0).T
        weights = self.weight.reshape(-1, 3).take(pixel, 0).T
        planes = np.ascontiguousarray(values.T)
        first, second, third = (
            planes.take(corner, 1) * weight for corner, weight in zip(corners, weights, strict=True)
        )
        out = np.zeros((*self.triangle.shape, values.shape[1]), np.float32)
        out.reshape(-1, values.shape[1])[pixel] = (first + second + third).T
        return out


@dataclass(frozen=True, slots=True)
class _Batch:
    """Triangles drawn together: index (N,) of each; first pixels (2, N) x y of their boxes, planes
    (2, 3, N) a b c of a x + b y + c, the first two barycentric weights; depths (3, N) of the
    corners."""

    index: np.ndarray
    low: np.ndarray
    plane: np.ndarray
    depth: np.ndarray

    def chosen(self, group: np.ndarray) -> "_Batch":
        """Only the triangles (M,) of the group."""
        return _Batch(*(
            field.take(group, -1) for field in (self.index, self.low, self.plane, self.depth)
        ))  # fmt: skip


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
    corner = np.ascontiguousarray(points_px.T, np.float32).take(triangles.T, 1)
    doubled, index = _in_view(corner, width_px, height_px)
    corner = corner.take(index, 2)
    buffer = z_buffer.empty_buffer(height_px, width_px)
    low, size = _boxes(corner, width_px, height_px)
    corner_depth = depth.take(triangles.take(index, 0).T)
    batch = _Batch(np.arange(len(index)), low, _planes(corner, doubled), corner_depth)
    _draw(buffer, batch, size)
    return _resolve(buffer, batch, index)


def _in_view(corner: np.ndarray, width_px: int, height_px: int):
    """Doubled areas (N,) and indices (N,) of the triangles (2, 3, T) that face the viewer and are
    not beside the picture."""
    (x0, x1, x2), (y0, y1, y2) = corner
    doubled = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    # y points down on screen: front faces have a negative signed area.
    select = doubled < -1e-6
    for (first, second, third), limit in zip(corner, (width_px, height_px), strict=True):
        select &= np.maximum(np.maximum(first, second), third) > 0
        select &= np.minimum(np.minimum(first, second), third) < limit
    index = np.flatnonzero(select)
    return doubled.take(index), index


def _planes(corner: np.ndarray, doubled: np.ndarray) -> np.ndarray:
    """(2, 3, N) planes a x + b y + c of the first two barycentric weights."""
    (x0, x1, x2), (y0, y1, y2) = corner
    planes = np.stack([
        y1 - y2, x2 - x1, x1 * y2 - x2 * y1,
        y2 - y0, x0 - x2, x2 * y0 - x0 * y2,
    ])  # fmt: skip
    planes *= 1 / doubled
    return planes.reshape(2, 3, -1)


def _boxes(corner: np.ndarray, width_px: int, height_px: int) -> tuple[np.ndarray, np.ndarray]:
    """First pixel (2, N) of each triangle's bounding box in the picture, and its larger side (N,),
    0 where no pixel's centre is in it."""
    first, second, third = corner[:, 0], corner[:, 1], corner[:, 2]
    low = np.ceil(np.minimum(np.minimum(first, second), third) - 0.5)
    high = np.floor(np.maximum(np.maximum(first, second), third) - 0.5) + 1
    limit = np.array([[width_px], [height_px]], np.float32)
    low, high = (np.minimum(np.maximum(edge, 0), limit).astype(np.int32) for edge in (low, high))
    width, height = high - low
    return low, np.where((width > 0) & (height > 0), np.maximum(width, height), 0)


def _draw(buffer: np.ndarray, batch: _Batch, size: np.ndarray) -> None:
    """Lower the keys in `buffer` (H, W) wherever one of the triangles is nearer.

    Triangles of like size are expanded together into square blocks of pixels, so that the work is
    plain broadcasting; only what lies inside is gathered.
    """
    smallest, block, largest = 0, FIRST_BLOCK_PX, size.max(initial=0)
    while smallest < largest:
        group = np.flatnonzero((size > smallest) & (size <= block))
        if len(group):
            _draw_blocks(buffer, block, batch.chosen(group))
        smallest, block = block, block * 2


def _draw_blocks(buffer: np.ndarray, block: int, batch: _Batch) -> None:
    """Draw triangles whose bounding boxes fit into block x block pixels."""
    height, width = buffer.shape
    step = np.arange(block, dtype=np.int32)[:, None]
    column, row = batch.low[0] + step, batch.low[1] + step
    x, y = column + np.float32(0.5), row + np.float32(0.5)
    a, b = (p * x + (q * y + r)[:, None] for p, q, r in batch.plane)
    inside = (a >= -1e-4) & (b >= -1e-4) & (a + b <= 1 + 1e-4)
    inside &= (column < width) & (row < height)[:, None]
    found = np.flatnonzero(inside)
    a, b = a.take(found), b.take(found)
    cell, which = np.divmod(found, len(batch.index))
    down, right = np.divmod(cell, block)
    first, second, third = batch.depth.take(which, 1)
    z = a * first + b * second + (1 - a - b) * third
    left, top = batch.low.take(which, 1)
    z_buffer.put_nearest(buffer, (top + down) * width + left + right, z, batch.index.take(which))


def _resolve(buffer: np.ndarray, batch: _Batch, index: np.ndarray) -> Raster:
    """Keys (H, W) to triangles, weights and depth; index: (N,) triangles of the batch."""
    drawn = z_buffer.indices(buffer)
    pixel = np.flatnonzero(drawn >= 0)
    which = drawn.take(pixel)
    row, column = np.divmod(pixel, buffer.shape[1])
    x, y = column + np.float32(0.5), row + np.float32(0.5)
    a, b = (p * x + q * y + r for p, q, r in batch.plane.take(which, 2))
    rest = 1 - a - b
    triangle = np.full(buffer.shape, -1, np.int32)
    triangle.reshape(-1)[pixel] = index.take(which)
    weight = np.zeros((*buffer.shape, 3), np.float32)
    weight.reshape(-1, 3)[pixel] = np.stack([a, b, rest], 1)
    first, second, third = batch.depth.take(which, 1)
    z = np.full(buffer.shape, np.inf, np.float32)
    z.reshape(-1)[pixel] = a * first + b * second + rest * third
    return Raster(triangle, weight, z)
