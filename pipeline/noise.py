"""Random numbers as pure functions of (seed, stream, frame), so that no stage carries a generator.

The mixing function is splitmix64 (Steele, Lea, Flood 2014); Box and Muller (1958) make it normal.
"""

from functools import lru_cache

import numpy as np

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_MIX_1, _MIX_2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_STREAM = 0xD1342543DE82EF95
_FRAME = 0xDA942042E4DD58B5
_STEP = np.uint64(_GOLDEN)
_TO_UNIT = 2.0**-53
_BLOCK_FRAMES = 16


def normals(seed: int, stream: int, frame: int, count: int) -> np.ndarray:
    """(count,) float32 standard normal numbers of one frame, independent of all other frames'."""
    block, place = divmod(frame, _BLOCK_FRAMES)
    return _block(seed, stream, block, count)[place].copy()


@lru_cache(maxsize=8)
def _block(seed: int, stream: int, block: int, count: int) -> np.ndarray:
    """(_BLOCK_FRAMES, count): a frame alone would cost as much as all of them."""
    pairs = (count + 1) // 2
    first = block * _BLOCK_FRAMES
    frames = [frame & _MASK for frame in range(first, first + _BLOCK_FRAMES)]
    start = _mixed(np.array([seed & _MASK, stream & _MASK, *frames], np.uint64))
    of_stream = (int(start[0]) * _GOLDEN + int(start[1]) * _STREAM) & _MASK
    start = np.uint64(of_stream) + start[2:] * np.uint64(_FRAME)
    places = np.arange(1, 2 * pairs + 1, dtype=np.uint64) * _STEP + start[:, None]
    even = (_mixed(_mixed(places)) >> np.uint64(11)).astype(np.float64) * _TO_UNIT
    radius = np.sqrt(-2.0 * np.log1p(-even[:, :pairs]))
    angle = 2.0 * np.pi * even[:, pairs:]
    both = np.concatenate((radius * np.cos(angle), radius * np.sin(angle)), axis=1)
    return both[:, :count].astype(np.float32)


def _mixed(bits: np.ndarray) -> np.ndarray:
    bits = (bits ^ (bits >> np.uint64(30))) * _MIX_1
    bits = (bits ^ (bits >> np.uint64(27))) * _MIX_2
    return bits ^ (bits >> np.uint64(31))
