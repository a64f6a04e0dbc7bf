"""From a stretch of motion to the knobs of the style in which somebody moves.

Shapes: B batch, T frames, C observed channels, D hidden size, K knobs.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.networks.sizes import StyleEncoderSizes

KERNEL, STRIDE, LAYERS = 5, 2, 3
DROPOUT = 0.1
LEAST_VARIANCE = 1e-6
# frame by frame differences come to a scale like that of the values
CHANGE_GAIN = 10.0


class StyleEncoder(nn.Module):
    """Convolutions over time, then the mean and the spread of what they find, then the knobs.

    Means and spreads do not depend on when something happens, so that clips of any length from
    four seconds on are read alike (statistics pooling, Snyder et al. 2018).
    """

    mean: Tensor
    scale: Tensor

    def __init__(self, sizes: StyleEncoderSizes):
        super().__init__()
        self.sizes = sizes
        channels, hidden = sizes.channels, sizes.hidden_size
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("scale", torch.ones(channels))
        widths = [2 * channels, *[hidden] * LAYERS]
        self.convolutions = nn.ModuleList(
            nn.Conv1d(given, made, KERNEL, STRIDE, padding=KERNEL // 2)
            for given, made in pairwise(widths)
        )
        self.read = nn.Linear(2 * hidden + 4 * channels, 2 * hidden)
        self.knobs = nn.Linear(2 * hidden, sizes.knobs)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, motion: Tensor) -> dict[str, Tensor]:
        """motion (B, T, C) as pipeline.style_observation gives it -> knobs (B, K) in [0, 1]."""
        assert motion.ndim == 3
        x_BTC = (motion - self.mean) / self.scale
        change_BTC = CHANGE_GAIN * functional.pad(x_BTC[:, 1:] - x_BTC[:, :-1], (0, 0, 1, 0))
        both_B2CT = torch.cat([x_BTC, change_BTC], dim=2).transpose(1, 2)
        y_BDT = both_B2CT
        for convolution in self.convolutions:
            y_BDT = functional.silu(convolution(y_BDT))
        found = torch.cat([_mean_and_spread(y_BDT), _mean_and_spread(both_B2CT)], dim=1)
        y_BD = self.dropout(functional.silu(self.read(found)))
        return {"knobs": torch.sigmoid(self.knobs(y_BD))}


def _mean_and_spread(x_BCT: Tensor) -> Tensor:
    """(B, 2 C) over time."""
    mean_BC = x_BCT.mean(dim=2)
    variance_BC = (x_BCT - mean_BC[..., None]).square().mean(dim=2)
    return torch.cat([mean_BC, (variance_BC + LEAST_VARIANCE).sqrt()], dim=1)
