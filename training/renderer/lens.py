"""What a lens does to edges: colours of different size, and soft corners."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from training.renderer.light_field import corners
from training.renderer.pair_chance import PairChance

# How much larger or smaller red and blue are than green.
ABERRATION = 0.001
# How far a picture goes towards its blurred self (beyond it, if negative: a camera that sharpens),
# and how much further in its corners.
BLUR, SOFT_CORNERS = (-0.35, 0.8), 0.7


@dataclass(frozen=True, slots=True)
class Lens:
    """Of B frames, (B, 1, 1, 1): aberration of red, and of blue as a share of it; blur of the
    middle and what corners have more."""

    aberration: Tensor
    of_blue: Tensor
    blur: Tensor
    soft_corners: Tensor

    @classmethod
    def drawn(cls, chance: PairChance) -> "Lens":
        return cls(
            chance.spread(ABERRATION),
            chance.spread(1.0),
            chance.within(*BLUR),
            chance.within(0, SOFT_CORNERS),
        )

    def fringed(self, picture: Tensor) -> Tensor:
        """Of (B, 3, H, W): red and blue scaled about the centre, by up to half a pixel in the
        corners, where the slope says well enough what is there."""
        height, width = picture.shape[-2:]
        shifted = picture[:, ::2]
        y, x = (
            (torch.arange(n, device=picture.device) - (n - 1) / 2).reshape(shape)
            for n, shape in ((height, (-1, 1)), (width, (1, -1)))
        )
        padded = functional.pad(shifted, (1, 1, 1, 1), mode="replicate")
        down = padded[..., 2:, 1:-1] - padded[..., :-2, 1:-1]
        across = padded[..., 1:-1, 2:] - padded[..., 1:-1, :-2]
        outwards = (down * y + across * x) / 2
        moved = picture.clone()
        moved[:, :1] += self.aberration * outwards[:, :1]
        moved[:, 2:] += self.aberration * self.of_blue * outwards[:, 1:]
        return moved.clamp(0, 1)

    def focused(self, picture: Tensor) -> Tensor:
        """(B, 3, H, W) softer or sharper."""
        padded = functional.pad(picture, (1, 1, 1, 1), mode="replicate")
        soft = functional.avg_pool2d(padded, 3, 1)
        edge = corners((picture.shape[-2], picture.shape[-1]), picture.device)
        amount = (self.blur + self.soft_corners * edge).clamp(max=1)
        return picture + (soft - picture) * amount
