"""Several arrays in one, so that they travel between memories together."""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

Values = TypeVar("Values", Tensor, np.ndarray)


class Packing:
    """Packing(shapes): places of named arrays in one flat array of `size` numbers, the largest
    first."""

    def __init__(self, shapes: Mapping[str, tuple[int, ...]]):
        names = sorted(shapes, key=lambda name: -int(np.prod(shapes[name])))
        self._places: dict[str, tuple[slice, tuple[int, ...]]] = {}
        self.size = 0
        for name in names:
            count = int(np.prod(shapes[name]))
            self._places[name] = slice(self.size, self.size + count), tuple(shapes[name])
            self.size += count

    def packed(self, parts: Mapping[str, Tensor]) -> Tensor:
        """(size,) of the named tensors."""
        return torch.cat([parts[name].flatten() for name in self._places])

    def parts(self, flat: Values) -> dict[str, Values]:
        """Views into a flat array, by name."""
        return {name: flat[place].reshape(shape) for name, (place, shape) in self._places.items()}
