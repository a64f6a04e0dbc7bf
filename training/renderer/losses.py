"""What a repainted picture is compared with, all weighed by the gates."""

from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

# How much a pixel counts for each open gate: MOUTH, LIDS, HANDS, RIMS, FACE, BODY.
WEIGHTS = (6.0, 6.0, 2.0, 1.0, 0.8, 0.6)
SCALES = (2, 4)
EPSILON = 1e-3
# Where the composite is off by less than this nothing is to be mended.
GOOD = 5 / 255
KEEP_WEIGHT, EDGE_WEIGHT, SCALE_WEIGHT = 1.0, 1.0, 0.5


class View(NamedTuple):
    """What is compared: pictures (B, 3, H, W) in [0, 1] as made, as composited and in truth, frames
    2 k and 2 k + 1 being neighbours in time, and how much each pixel counts (B, 1, H, W)."""

    made: Tensor
    composite: Tensor
    truth: Tensor
    weight: Tensor


def open_weight(gates: Tensor) -> Tensor:
    """(B, 1, H, W) of gates (B, 6, H/2, W/2) in [0, 1]: what each pixel counts."""
    weights = gates.new_tensor(WEIGHTS)[:, None, None]
    largest = (gates * weights).amax(1, keepdim=True)
    return functional.interpolate(largest, scale_factor=2.0, mode="bilinear", align_corners=False)


def reconstruction_loss(view: View) -> Tensor:
    """Colours, edges and what is left of both at coarser scales."""
    off, weight = view.made - view.truth, view.weight
    share = weight.mean().clamp_min(1e-3)
    total = (smooth(off) * weight).mean() / share
    total = total + EDGE_WEIGHT * (edges(off) * weight).mean() / share
    for scale in SCALES:
        difference, pooled = (functional.avg_pool2d(x, scale) for x in (off, weight))
        total = total + SCALE_WEIGHT * (smooth(difference) * pooled).mean() / share
    return total


def keep_loss(view: View) -> Tensor:
    """What was good enough is to be left alone."""
    made, composite, truth, weight = view
    good = ((composite - truth).abs().amax(1, keepdim=True) < GOOD).to(weight.dtype)
    return ((made - composite).abs() * good * weight).mean() / weight.mean().clamp_min(1e-3)


def temporal_loss(view: View) -> Tensor:
    """Between neighbours the picture changes as the truth does."""
    off = view.made - view.truth
    weight = torch.minimum(view.weight[0::2], view.weight[1::2])
    return (smooth(off[1::2] - off[0::2]) * weight).mean() / view.weight.mean().clamp_min(1e-3)


def roughness(moves: Tensor) -> Tensor:
    """How unlike its neighbours a move (B, 2, h, w) px is."""
    across, down = moves[..., 1:] - moves[..., :-1], moves[..., 1:, :] - moves[..., :-1, :]
    return across.abs().mean() + down.abs().mean()


def smooth(difference: Tensor) -> Tensor:
    """Charbonnier's absolute value."""
    return (difference.square() + EPSILON**2).sqrt()


def edges(difference: Tensor) -> Tensor:
    """Absolute differences of neighbours, in both directions."""
    across = functional.pad((difference[..., 1:] - difference[..., :-1]).abs(), (0, 1))
    return across + functional.pad((difference[..., 1:, :] - difference[..., :-1, :]).abs(),
                                   (0, 0, 0, 1))  # fmt: skip


def square_error(made: Tensor, truth: Tensor) -> Tensor:
    """(B,) of pictures (B, 3, H, W)."""
    return (made - truth).square().mean((1, 2, 3))


def psnr(made: Tensor, truth: Tensor, weight: Tensor | None = None) -> Tensor:
    """(B,) decibels over pictures (B, 3, H, W) in [0, 1], or over a mask (B, 1, H, W) of them; NaN
    where the mask is empty."""
    square = (made - truth).square().mean(1, keepdim=True)
    if weight is None:
        error = square.mean((1, 2, 3))
    else:
        error = (square * weight).sum((1, 2, 3)) / weight.sum((1, 2, 3))
    return -10 * torch.log10(error.clamp_min(1e-10))
