"""Numbers kept on the device that reckons with them, since each copy waits for a GPU."""

from functools import cache as memory

import torch
from torch import Tensor

Numbers = tuple[float, ...] | tuple[tuple[float, ...], ...]


@memory
def constant(numbers: Numbers, device: torch.device) -> Tensor:
    """float32, never to be written."""
    return torch.tensor(numbers, dtype=torch.float32, device=device)
