"""A layer of the motion transformer, and how positions turn its queries and keys.

Shapes: B batch, F frames, D width, H heads, C width of a head.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.networks.sizes import MotionTransformerSizes

NORM_FLOOR = 1e-5


class Block(nn.Module):
    """Attention and a feed-forward layer, each scaled, shifted and gated by the condition."""

    def __init__(self, sizes: MotionTransformerSizes):
        super().__init__()
        width = sizes.width
        self.heads = sizes.heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.grow = nn.Linear(width, sizes.hidden)
        self.shrink = nn.Linear(sizes.hidden, width)
        # this layer's own part of the modulation; the rest is common to all layers (Chen et al.
        # 2023, PixArt-alpha, section 2.3)
        self.table = nn.Parameter(torch.zeros(6, width))

    def parts(self, modulation_BF6D: Tensor, usual_61: Tensor) -> tuple[Tensor, ...]:
        """Shift, factor and gate of the attention, then of the feed-forward layer.

        usual_61: what is added to all layers' parts, 1 to the factors
        """
        return (modulation_BF6D.unflatten(-1, (6, -1)) + (self.table + usual_61)).unbind(-2)

    def project(self, x_BFD: Tensor, shift: Tensor, factor: Tensor) -> tuple[Tensor, ...]:
        """Queries, keys and values, each (B, H, F, C)."""
        qkv = self.qkv(torch.addcmul(shift, normalised(x_BFD), factor))
        return tuple(
            part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in qkv.chunk(3, -1)
        )

    def rest(self, x_BFD: Tensor, seen_BHFC: Tensor, parts: tuple[Tensor, ...]) -> Tensor:
        """What follows the attention."""
        _, _, gate, shift, factor, last_gate = parts
        x_BFD = torch.addcmul(x_BFD, gate, self.out(seen_BHFC.transpose(1, 2).flatten(2)))
        inner = self.grow(torch.addcmul(shift, normalised(x_BFD), factor))
        return torch.addcmul(x_BFD, last_gate, self.shrink(functional.silu(inner)))


def rotated(x_BHFC: Tensor, rotation_2FC: Tensor) -> Tensor:
    """Turns the two halves of each head's channels by the angles of their positions."""
    cosine, sine = rotation_2FC.to(x_BHFC.dtype)
    one, two = x_BHFC.chunk(2, -1)
    return torch.cat([one * cosine - two * sine, one * sine + two * cosine], dim=-1)


def turns_of(rotation_2FC: Tensor) -> Tensor:
    """(2, F, 2 C): what `turned` needs of the cosines and sines of `rotations`."""
    cosine, sine = rotation_2FC
    return torch.stack([torch.cat([cosine, cosine], 1), torch.cat([-sine, sine], 1)])


def turned(x_BHFC: Tensor, turns_2FC: Tensor) -> Tensor:
    """`rotated` in three kernels instead of seven."""
    swapped = x_BHFC.roll(x_BHFC.shape[-1] // 2, -1)
    return torch.addcmul(x_BHFC * turns_2FC[0], swapped, turns_2FC[1])


def normalised(x_BFD: Tensor) -> Tensor:
    """Zero mean and unit deviation over the channels."""
    return functional.layer_norm(x_BFD, x_BFD.shape[-1:], eps=NORM_FLOOR)
