"""Light that differs over the picture: a lamp at one side, a lens that darkens its corners."""

import torch
from torch import Tensor
from torch.nn import functional

from training.renderer.pair_chance import PairChance

# Logarithms at the edges: of a lamp's light, of how its colours differ, and of light without
# direction; the share of light that corners may lack.
LAMP, LAMP_COLOUR, CLOUDS, VIGNETTE = 0.3, 0.06, 0.1, 0.3
COARSE = (5, 4)
# How far from the avatar's colour of skin, as a deviation, a pixel of the picture's skin is.
LIKE_SKIN = 0.1
EVERYWHERE = 1e-4


def light_field(chance: PairChance, size_px: tuple[int, int]) -> Tensor:
    """(B, 3, H, W) of a height and width: what a picture is multiplied by, around 1."""
    lamp = chance.spread(LAMP, 1, 1, 2) + chance.spread(LAMP_COLOUR, 3, 1, 2)
    clouds = chance.spread(CLOUDS, 1, *COARSE)
    down, across = (torch.linspace(-1, 1, n, device=chance.device) for n in COARSE)
    coarse = clouds + lamp[..., :1] * down[:, None] + lamp[..., 1:] * across
    smooth = functional.interpolate(coarse, size_px, mode="bicubic", align_corners=True)
    return torch.exp(smooth) * (1 - chance.within(0, VIGNETTE) * corners(size_px, chance.device))


def corners(size_px: tuple[int, int], device: torch.device) -> Tensor:
    """(H, W): 0 in the middle, 1 in the corners, by the square of the distance."""
    y, x = (torch.linspace(-1, 1, n, device=device) for n in size_px)
    height, width = size_px
    share = height**2 / (height**2 + width**2)
    return share * y.square()[:, None] + (1 - share) * x.square()


def light_on_skin(field: Tensor, picture: Tensor, matte: Tensor, skin: Tensor) -> Tensor:
    """(B, 3, 1, 1): a field's mean where picture (B, 3, H, W) shows skin, by its colour (B, 3);
    matte (B, 1, H, W), all in [0, 1]."""
    unlike = (picture - skin[..., None, None]).square().sum(1, keepdim=True)
    weight = matte * torch.exp(unlike / (-2 * LIKE_SKIN**2)) + EVERYWHERE
    return (field * weight).mean((2, 3), keepdim=True) / weight.mean((2, 3), keepdim=True)
