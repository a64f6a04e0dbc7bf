"""Random numbers as pure functions of (seed, stream, index), so that no stage carries a generator.

The mixing function is splitmix64 (Steele, Lea, Flood 2014); Box and Muller (1958) make the numbers
of a frame normal.
"""

import math

import numpy as np

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_MIX_1 = 0xBF58476D1CE4E5B9
_MIX_2 = 0x94D049BB133111EB
_STREAM = 0xD1342543DE82EF95
_FRAME = 0xDA942042E4DD58B5
_TO_UNIT = 2.0**-53
_SUM_OF_FOUR_SD = math.sqrt(4.0 / 12.0)
_NODES = 1024
_FOUR = np.arange(4)
_POWERS = np.arange(4.0)
_CATMULL_ROM = 0.5 * np.array([[0, 2, 0, 0], [-1, 0, 1, 0], [2, -5, 4, -1], [-1, 3, -3, 1]])


def _bits(seed: int, stream: int, index: int) -> int:
    x = (seed * _GOLDEN + stream * _STREAM + index * _MIX_2 + _GOLDEN) & _MASK
    for _ in range(2):
        x = ((x ^ (x >> 30)) * _MIX_1) & _MASK
        x = ((x ^ (x >> 27)) * _MIX_2) & _MASK
        x ^= x >> 31
    return x


def uniform(seed: int, stream: int, index: int, low: float = 0.0, high: float = 1.0) -> float:
    """The index-th number of a stream, even in [low, high)."""
    return low + (high - low) * (_bits(seed, stream, index) >> 11) * 2.0**-53


def normal(seed: int, stream: int, index: int) -> float:
    """The index-th number of a stream, nearly Gaussian (sum of four), |value| < 3.47."""
    x = _bits(seed, stream, index)
    total = (x & 0xFFFF) + (x >> 16 & 0xFFFF) + (x >> 32 & 0xFFFF) + (x >> 48)
    return (total / 65535.0 - 2.0) / _SUM_OF_FOUR_SD


def lognormal(seed: int, stream: int, index: int, mean: float, sigma: float) -> float:
    """The index-th number of a stream, lognormal with the given mean and log deviation."""
    return mean * math.exp(sigma * normal(seed, stream, index) - 0.5 * sigma * sigma)


class SmoothNoise:
    """Slow wandering in several channels, unit standard deviation, C1 smooth; a function of time.

    Three octaves of Catmull-Rom interpolated noise. An octave comes round after 1024 of its
    periods, the octaves at different times.
    """

    def __init__(self, seed: int, stream: int, rates_hz: tuple[float, ...]) -> None:
        octaves = np.array([1.0, 2.3, 5.1])
        weights = np.array([1.0, 0.45, 0.15])
        self._rates_hz = np.array(rates_hz)[:, None] * octaves
        # Catmull-Rom of unit noise has a mean variance of 0.835.
        self._weights = weights / math.sqrt(0.835 * float(np.sum(weights**2)))
        generator = np.random.default_rng([seed & _MASK, stream])
        self._values = generator.standard_normal((*self._rates_hz.shape, _NODES))
        places = np.indices(self._rates_hz.shape)[..., None]
        self._channels, self._lanes = places[0], places[1]

    def at(self, time_s: float) -> np.ndarray:
        """(channels,) float64 at a time >= 0."""
        place = self._rates_hz * time_s
        node = place.astype(np.int64)
        t = place - node
        nodes = (node[..., None] + _FOUR) & (_NODES - 1)
        around = self._values[self._channels, self._lanes, nodes]
        powers = t[..., None] ** _POWERS
        return ((powers @ _CATMULL_ROM * around).sum(axis=-1) * self._weights).sum(axis=-1)


def normals(seed: int, stream: int, frame: int, count: int) -> np.ndarray:
    """(count,) float32 standard normal numbers of one frame, independent of all other frames'."""
    pairs = (count + 1) // 2
    start = _mixed(np.array([seed & _MASK, stream & _MASK, frame & _MASK], np.uint64))
    start = (int(start[0]) * _GOLDEN + int(start[1]) * _STREAM + int(start[2]) * _FRAME) & _MASK
    places = np.arange(1, 2 * pairs + 1, dtype=np.uint64) * np.uint64(_GOLDEN) + np.uint64(start)
    even = (_mixed(_mixed(places)) >> np.uint64(11)).astype(np.float64) * _TO_UNIT
    radius = np.sqrt(-2.0 * np.log1p(-even[:pairs]))
    angle = 2.0 * np.pi * even[pairs:]
    both = np.concatenate((radius * np.cos(angle), radius * np.sin(angle)))
    return both[:count].astype(np.float32)


def _mixed(bits: np.ndarray) -> np.ndarray:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(_MIX_1)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(_MIX_2)
    return bits ^ (bits >> np.uint64(31))
