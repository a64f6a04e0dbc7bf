"""Chance for pairs of neighbours in time: frames 2 k and 2 k + 1 get the same."""

from collections.abc import Iterable
from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, slots=True)
class PairChance:
    """generator: on `device`; what is drawn is for 2 * pairs frames."""

    generator: torch.Generator
    pairs: int
    device: torch.device

    def within(self, low: float, high: float, *shape: int) -> Tensor:
        """(2 * pairs, *shape), uniform in [low, high); shape is (1, 1, 1) where it is not given."""
        drawn = torch.rand(
            (self.pairs, *(shape or (1, 1, 1))), generator=self.generator, device=self.device
        )
        return (low + drawn * (high - low)).repeat_interleave(2, 0)

    def spread(self, extent: float, *shape: int) -> Tensor:
        """The same, around zero."""
        return self.within(-extent, extent, *shape)


def frames_of(pairs: Iterable[int], device: torch.device) -> Tensor:
    """Numbers of the frames of some pairs."""
    numbers = [2 * k + side for k in pairs for side in (0, 1)]
    return torch.tensor(numbers, dtype=torch.long, device=device)
