"""What the template cannot say about a frame, as a small code: how hair and cloth swing and folds.

In training an observer reads it from the true frame; live this network guesses it from how face and
body move. A painter that is told no code (zeros) paints as well as it can without.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.names import IMPLICIT_SIZE
from pipeline.networks.sizes import ImplicitSizes


class ImplicitOffset(nn.Module):
    """Motion in, code out; one frame at a time."""

    def __init__(self, sizes: ImplicitSizes):
        super().__init__()
        self.first = nn.Linear(sizes.motion_size, sizes.width)
        self.second = nn.Linear(sizes.width, sizes.width)
        self.last = nn.Linear(sizes.width, IMPLICIT_SIZE)

    def forward(self, motion: Tensor) -> dict[str, Tensor]:
        """motion (B, motion_size) as pipeline.implicit_motion makes it; implicit (B, 16) in
        (-1, 1)."""
        x = functional.silu(self.first(motion))
        x = x + functional.silu(self.second(x))
        return {"implicit": torch.tanh(self.last(x))}
