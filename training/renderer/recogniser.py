"""Who a face is: a small network that learns to tell the people of the training apart, beside the
painters, and whose features what they paint must share with the truth.

Colours change at random from frame to frame, so that it cannot go by them. It is no judge of the
benchmark, which asks one of its own.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH = 32
# A face is looked at this much smaller.
SHRINK = 2
FEATURES = 64
# People are told apart by number modulo this; few of them share one.
PEOPLE = 512
# Cosines count so much; the right one must win by the margin ("CosFace", arXiv 1801.09414).
SCALE, MARGIN = 16.0, 0.15


class Recogniser(nn.Module):
    """Unit vectors (B, 64) of squares (B, 3, n, n) in [0, 1] about a face."""

    def __init__(self, width: int = WIDTH) -> None:
        super().__init__()
        channels = (3, width, 2 * width, 4 * width, 4 * width)
        self.layers = nn.ModuleList(
            nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in pairwise(channels)
        )
        self.last = nn.Linear(channels[-1] * 16, FEATURES)
        self.people = nn.Parameter(functional.normalize(torch.randn(PEOPLE, FEATURES)))
        for layer in self.layers:
            nn.init.kaiming_normal_(layer.weight)

    def forward(self, face: Tensor) -> Tensor:
        x = functional.avg_pool2d(face * 2 - 1, SHRINK)
        for layer in self.layers:
            x = functional.silu(layer(x))
        # where something is in a face counts, so that it is not the mean of all places
        x = functional.adaptive_avg_pool2d(x, 4).flatten(1)
        return functional.normalize(self.last(x).float(), dim=1)

    def loss(self, features: Tensor, person: Tensor) -> Tensor:
        """Cross-entropy of features (B, 64) of people (B,) int64, by their numbers."""
        who = person % PEOPLE
        cosine = features @ functional.normalize(self.people.float(), dim=1).T
        margin = functional.one_hot(who, PEOPLE).to(cosine.dtype) * MARGIN
        return functional.cross_entropy((cosine - margin) * SCALE, who)


def unlikeness(features: Tensor, others: Tensor) -> Tensor:
    """Mean over unit vectors (B, F): 0 where all are alike, 2 where they are opposite."""
    return (1 - (features * others).sum(1)).mean()
