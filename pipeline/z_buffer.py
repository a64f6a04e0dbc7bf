"""Visibility by one unbuffered minimum: keys that order by depth and carry an index."""

import numpy as np

_EMPTY = np.iinfo(np.int64).max
_INDEX_BITS = 32


def empty_buffer(height: int, width: int) -> np.ndarray:
    """(height, width) int64 of keys that everything is nearer than."""
    return np.full((height, width), _EMPTY, np.int64)


def put_nearest(
    buffer: np.ndarray, pixel: np.ndarray, depth: np.ndarray, index: np.ndarray
) -> None:
    """Keep what is nearest in each cell of `buffer` (H, W), in place.

    pixel: (N,) flat cells; depth: (N,) float32 > 0; index: (N,) what is at that depth, < 2^32
    """
    # Positive floats sort like their bit patterns.
    bits = depth.astype(np.float32, copy=False).view(np.uint32).astype(np.int64)
    np.minimum.at(buffer.reshape(-1), pixel, (bits << _INDEX_BITS) | index)


def indices(buffer: np.ndarray) -> np.ndarray:
    """(H, W) int32 index of what is nearest, -1 where nothing is."""
    # The lower half of a key; of an empty one it is -1.
    return buffer.astype(np.int32)
