"""A patch critic that looks only where something was repainted.

Most of a composite is untouched: averaged over all patches a critic stays at chance. Its answers
are weighed by how far the gates are open, and it sees the composite beside the picture.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH = 32
STRIDES = 3


class Critic(nn.Module):
    """Features of each layer, the last being one logit a patch; no normalisation, He's initial
    weights (spectral norms kept it from learning)."""

    def __init__(self, width: int = WIDTH):
        super().__init__()
        channels = [6] + [width * 2**k for k in range(STRIDES)]
        layers = [nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in pairwise(channels)]
        for layer in layers:
            nn.init.kaiming_normal_(layer.weight, 0.2)
        self.layers = nn.ModuleList(layers)
        self.last = nn.Conv2d(channels[-1], 1, 3, padding=1)

    def forward(self, picture: Tensor, composite: Tensor) -> list[Tensor]:
        """Pictures (B, 3, H, W) in [0, 1]."""
        x = torch.cat([picture, composite], 1) * 2 - 1
        features = []
        for layer in self.layers:
            x = functional.leaky_relu(layer(x), 0.2)
            features.append(x)
        return [*features, self.last(x)]


def weights_of(open_gates: Tensor, logits: Tensor) -> Tensor:
    """(B, 1, h, w) of gates (B, 1, H, W) in [0, 1]: what each patch's logit counts; sums to one."""
    height, width = logits.shape[-2:]
    pooled = functional.adaptive_avg_pool2d(open_gates, (height, width))
    return pooled / pooled.sum().clamp_min(1e-3)


def critic_loss(true: Tensor, made: Tensor, open_gates: Tensor) -> Tensor:
    """Hinge loss of logits of true and of repainted pictures."""
    weight = weights_of(open_gates, true)
    return ((functional.relu(1 - true) + functional.relu(1 + made)) * weight).sum()


def fooling_loss(made: Tensor, open_gates: Tensor) -> Tensor:
    """What the painter wants of the critic."""
    return -(made * weights_of(open_gates, made)).sum()


def feature_loss(true: list[Tensor], made: list[Tensor], open_gates: Tensor) -> Tensor:
    """How far features are apart, where something was repainted; they differ nowhere else."""
    share = open_gates.mean().clamp_min(1e-3)
    return sum(
        ((a.detach() - b).abs().mean() / share for a, b in zip(true[:-1], made[:-1], strict=True)),
        true[0].new_zeros(()),
    )
