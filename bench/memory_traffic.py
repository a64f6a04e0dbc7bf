"""Bytes that a network's operations read and write if none is merged with another."""

from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode


class MemoryTraffic(TorchDispatchMode):
    """`with MemoryTraffic() as traffic:` then `traffic.bytes`: of everything done within."""

    def __init__(self) -> None:
        super().__init__()
        self.bytes = 0

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        made = func(*args, **(kwargs or {}))
        if not func.is_view:
            self.bytes += _size(args) + _size(made)
        return made


def _size(values: Any) -> int:
    if isinstance(values, Tensor):
        # An expanded value is read from where it lies.
        distinct = values.untyped_storage().nbytes() if values.numel() else 0
        return min(values.numel() * values.element_size(), distinct)
    if isinstance(values, list | tuple):
        return sum(_size(value) for value in values)
    return 0


def traffic_of(work, *given: Any, **named: Any) -> int:
    """Bytes read and written by one call."""
    with torch.no_grad(), MemoryTraffic() as traffic:
        work(*given, **named)
    return traffic.bytes
