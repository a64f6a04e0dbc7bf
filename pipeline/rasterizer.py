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
    """What is seen. triangle (H, W) int32, -1 where nothing is; pixel (P,): flat pixels where
    something is, weights (3, P) float32 barycentric, depths (P,) float32"""

    triangle: np.ndarray
    pixel: np.ndarray
    weights: np.ndarray
    depths: np.ndarray

    @property
    def covered(self) -> np.ndarray:
        return self.triangle >= 0

    @property
    def weight(self) -> np.ndarray:
        """(H, W, 3) float32 barycentric, zero where nothing is."""
        return self._spread(self.weights.T)

    @property
    def depth(self) -> np.ndarray:
        """(H, W) float32, inf where nothing is."""
        depth = np.full(self.triangle.shape, np.inf, np.float32)
        depth.reshape(-1)[self.pixel] = self.depths
        return depth

    def interpolate(self, triangles: np.ndarray, values: np.ndarray) -> np.ndarray:
        """Per-vertex values (V, C) at every pixel (H, W, C); zero where nothing is."""
        corners = triangles.take(self.triangle.take(self.pixel), 0).T
        planes = np.ascontiguousarray(values.T)
        first, second, third = (
            planes.take(corner, 1, mode="clip") * weight
            for corner, weight in zip(corners, self.weights, strict=True)
        )
        first += second
        first += third
        return self._spread(first.T)

    def _spread(self, values: np.ndarray) -> np.ndarray:
        """(P, C) to (H, W, C)."""
        out = np.zeros((*self.triangle.shape, values.shape[1]), np.float32)
        out.reshape(-1, values.shape[1])[self.pixel] = values
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
        fields = (self.index, self.low, self.plane, self.depth)
        return _Batch(*(field.take(group, -1, mode="clip") for field in fields))


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
    """Draw triangles whose bounding boxes fit into block x block pixels, a power of two."""
    height, width = buffer.shape
    (left, top), step = batch.low, np.arange(block, dtype=np.int32)[:, None]
    column, row = left + step, top + step
    x, y = column + np.float32(0.5), row + np.float32(0.5)
    a, b = (p * x + (q * y + r)[:, None] for p, q, r in batch.plane)
    inside = (a >= -1e-4) & (b >= -1e-4) & (a + b <= 1 + 1e-4)
    if column[-1].max() >= width or row[-1].max() >= height:
        inside &= (column < width) & (row < height)[:, None]
    found = np.flatnonzero(inside)
    a, b = a.take(found), b.take(found)
    cell, which = np.divmod(found, len(batch.index))
    # numpy gathers much faster where it need not look for indices that are out of range.
    first, second, third = batch.depth.take(which, 1, mode="clip")
    z = a * first + b * second + (1 - a - b) * third
    offset = (step * width + step.T).ravel()
    pixel = (top * width + left).take(which) + offset.take(cell)
    z_buffer.put_nearest(buffer, pixel, z, batch.index.take(which))


def _resolve(buffer: np.ndarray, batch: _Batch, index: np.ndarray) -> Raster:
    """Keys (H, W) to triangles, weights and depth; index: (N,) triangles of the batch."""
    drawn = z_buffer.indices(buffer)
    pixel = np.flatnonzero(drawn >= 0)
    which = drawn.take(pixel).astype(np.intp)
    row, column = np.divmod(pixel, buffer.shape[1])
    x, y = column + np.float32(0.5), row + np.float32(0.5)
    a, b = (p * x + q * y + r for p, q, r in batch.plane.take(which, 2, mode="clip"))
    weights = np.stack([a, b, 1 - a - b], dtype=np.float32, casting="same_kind")
    triangle = np.full(buffer.shape, -1, np.int32)
    triangle.reshape(-1)[pixel] = index.take(which)
    depths = (weights * batch.depth.take(which, 1, mode="clip")).sum(0)
    return Raster(triangle, pixel, weights, depths)
