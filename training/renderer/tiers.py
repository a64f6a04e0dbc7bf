"""All networks that learn together: both tiers' painters, the implicit offset, and its observer."""

from itertools import pairwise
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from pipeline.names import IMPLICIT_SIZE
from pipeline.networks.implicit import ImplicitOffset
from pipeline.networks.lite_painter import LitePainter
from pipeline.networks.painters import Painters
from pipeline.networks.sizes import ImplicitSizes, LitePainterSizes

OBSERVER_WIDTH = 24
# The observer looks at pictures this much smaller.
SHRINK = 4


class Observer(nn.Module):
    """Reads the implicit code out of the true frame, beside what the composite has of it."""

    def __init__(self, width: int = OBSERVER_WIDTH):
        super().__init__()
        channels = (6, width, 2 * width, 3 * width, 4 * width)
        self.layers = nn.ModuleList(
            nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in pairwise(channels)
        )
        self.last = nn.Linear(channels[-1], IMPLICIT_SIZE)

    def forward(self, truth: Tensor, composite: Tensor) -> Tensor:
        """Pictures (B, 3, H, W) in [0, 1]; (B, 16) in (-1, 1)."""
        x = functional.avg_pool2d(torch.cat([truth - composite, composite - 0.5], 1), SHRINK)
        for layer in self.layers:
            x = functional.silu(layer(x))
        return torch.tanh(self.last(x.mean((2, 3))))


class Tiers(nn.Module):
    """painters: the full tier's; implicit: what tells them the code; lite: the other tier's."""

    def __init__(self) -> None:
        super().__init__()
        self.painters = Painters()
        self.implicit = ImplicitOffset(ImplicitSizes())
        self.lite = LitePainter(LitePainterSizes())
        self.observer = Observer()

    def begin(self, weights: Path) -> None:
        """Takes over what another run learned: its average.safetensors, or the folder of the models
        that ship, which lack the observer.

        Raises RuntimeError where they do not fit.
        """
        if weights.is_file():
            self.load_state_dict(load_file(weights))
            return
        for name, network in (
            ("painters", self.painters),
            ("implicit", self.implicit),
            ("lite_painter", self.lite),
        ):
            network.load_state_dict(load_file(weights / name / "weights.safetensors"))
