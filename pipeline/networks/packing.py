"""Several arrays in one, so that they travel between memories together."""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
from torch import Tensor

Values = TypeVar("Values", Tensor, np.ndarray)

# GPUs read four numbers at once
_MULTIPLE = 4


class Packing:
    """Packing(shapes): places of named arrays in one flat array, in their order, and `size` of it,
    a multiple of four numbers."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]):
        self.shapes = {name: tuple(shape) for name, shape in shapes.items()}
        self._places: dict[str, slice] = {}
        end = 0
        for name, shape in self.shapes.items():
            self._places[name] = slice(end, end + int(np.prod(shape)))
            end = self._places[name].stop
        self.size = -(-end // _MULTIPLE) * _MULTIPLE

    def parts(self, flat: Values) -> dict[str, Values]:
        """Views into an array (..., size), by name."""
        return {
            name: flat[..., place].reshape(*flat.shape[:-1], *self.shapes[name])
            for name, place in self._places.items()
        }
