"""Colours of real photographs: what was rendered, seen by another camera."""

from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional

from training.renderer.take_stream import TakeBatch

WHITE_BALANCE, GAMMA, SATURATION, CONTRAST, LIGHT = 0.12, 0.25, 0.35, 0.18, 0.15
UNCHANGED_SHARE = 0.25
# How far a picture goes towards its blurred self (beyond it, if negative: a camera that sharpens),
# and the deviation of grain.
BLUR, GRAIN = (-0.35, 0.8), 0.02
# Of a batch, in bytes before and floats after.
PICTURES = ("composite", "truth", "behind", "source")
LUMA = (0.299, 0.587, 0.114)


def recoloured(batch: TakeBatch, generator: torch.Generator) -> TakeBatch:
    """The batch with all its pictures, now floats in [0, 1], under the same change of colours.

    All changes are of single pixels and smooth, or local and alike, so that the composite of a
    changed portrait is nearly the changed composite.
    """
    device, size = batch.truth.device, len(batch.truth)

    def drawn(channels: int = 1) -> Tensor:
        """In [0, 1), the same for neighbours in time."""
        each = torch.rand((size // 2, channels), generator=generator, device=device)
        return each.repeat_interleave(2, 0)[..., None, None]

    def spread(extent: float, channels: int = 1) -> Tensor:
        return (drawn(channels) * 2 - 1) * extent

    amount = (drawn() > UNCHANGED_SHARE).float()
    balance = torch.exp(spread(WHITE_BALANCE, 3) * amount)
    light, contrast = torch.exp(spread(LIGHT) * amount), torch.exp(spread(CONTRAST) * amount)
    gamma, saturation = torch.exp(spread(GAMMA) * amount), 1 + spread(SATURATION) * amount
    luma = torch.tensor(LUMA, device=device)[:, None, None]
    low, high = BLUR
    blur = (low + high) / 2 * amount + spread((high - low) / 2) * amount
    grain = spread(GRAIN).abs() * amount

    def seen(picture: Tensor) -> Tensor:
        x = (picture * balance * light).clamp(0, 1) ** gamma
        grey = (x * luma).sum(1, keepdim=True)
        x = grey + (x - grey) * saturation
        return ((x - 0.5) * contrast + 0.5).clamp(0, 1)

    def noise() -> Tensor:
        shape = (size, 1, *batch.truth.shape[-2:])
        return torch.randn(shape, generator=generator, device=device) * grain

    def taken(picture: Tensor, noise: Tensor) -> Tensor:
        x = seen(picture.float() / 255)
        soft = functional.avg_pool2d(functional.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1)
        return (x + (soft - x) * blur + noise).clamp(0, 1)

    driven, still = noise(), noise()
    pictures = {
        name: taken(getattr(batch, name), still if name == "source" else driven)
        for name in PICTURES
    }
    return replace(batch, **pictures, skin=seen(batch.skin[..., None, None])[..., 0, 0])
