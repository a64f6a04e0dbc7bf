"""Strong looks that people give their pictures: of single pixels, or of small surroundings.

None turns small differences of colour into large ones, but for the edges of posterised steps, by
four at most: what painters find good enough stays so.
"""

from collections.abc import Callable
from math import pi

import torch
from torch import Tensor
from torch.nn import functional

from training.renderer.colour_grade import luma
from training.renderer.constant import constant

# Of pictures (B, 3, h, w) in [0, 1] and DICE chances (B, 4, 1, 1) in [0, 1).
StyleFilter = Callable[[Tensor, Tensor], Tensor]
DICE = 4
SEPIA = (0.10, -0.01, -0.12)
BRUSH_PX = 3
# Variance of luma below which all sides of a pixel are alike.
ALIKE = (5 / 255) ** 2
FEWEST_STEPS, MORE_STEPS = 4, 4
PAPER = 0.94


def monochrome(x: Tensor, dice: Tensor) -> Tensor:
    """Black and white film behind a filter of any colour."""
    weights = dice[:, :3] + 0.1
    grey = (x * weights / weights.sum(1, keepdim=True)).sum(1, keepdim=True)
    return grey.expand_as(x)


def duotone(x: Tensor, dice: Tensor) -> Tensor:
    """Sepia, or from a dark to a light colour of other hues."""
    grey = luma(x)
    tint = constant(SEPIA, x.device)[:, None, None] + 0.12 * (dice[:, :3] - 0.5)
    toned = 0.04 + 0.92 * grey + 4 * grey * (1 - grey) * tint
    return x + (toned - x) * (0.7 + 0.3 * dice[:, 3:])


def faded(x: Tensor, dice: Tensor) -> Tensor:
    """Old film: black is a colour, white another, and all are paler."""
    grey = luma(x)
    pale = grey + (x - grey) * (0.45 + 0.3 * dice[:, 3:])
    return 0.04 + 0.10 * dice[:, :3] + pale * (0.74 + 0.06 * dice.flip(1)[:, :3])


def high_key(x: Tensor, dice: Tensor) -> Tensor:
    """Bright and airy."""
    grey = luma(x)
    return 1 - (1 - (grey + (x - grey) * 0.85)) ** (1.4 + 0.6 * dice[:, :1])


def posterised(x: Tensor, dice: Tensor) -> Tensor:
    """Few steps of each colour, with slopes between, by a wave taken off twice."""
    waves = 2 * pi * (FEWEST_STEPS + MORE_STEPS * dice[:, :1]).floor()
    for _ in range(2):
        x = x - torch.sin(waves * x) / waves
    return x


def oil(x: Tensor, dice: Tensor) -> Tensor:
    """Strokes of a brush in stronger colours."""
    grey = luma(x)
    return brushed(brushed((grey + (x - grey) * (1.0 + 0.5 * dice[:, :1])).clamp(0, 1)))


def watercolour(x: Tensor, dice: Tensor) -> Tensor:
    """Thin washes on paper, darker where one ends."""
    wash = brushed(brushed(x))
    padded = functional.pad(luma(wash), (2, 2, 2, 2), mode="replicate")
    ends = functional.avg_pool2d(padded, 5, 1) - luma(wash)
    thin = 1 - (1 - wash) * (0.6 + 0.2 * dice[:, :1])
    return PAPER * thin - (0.5 + dice[:, 1:2]) * ends.abs()


STYLE_FILTERS: tuple[StyleFilter, ...] = (
    monochrome, duotone, faded, high_key, posterised, oil, watercolour,
)  # fmt: skip


def brushed(x: Tensor) -> Tensor:
    """The mean of the evenest of four sides of each pixel (Kuwahara), these weighed softly."""
    reach, side = BRUSH_PX, BRUSH_PX + 1
    padded = functional.pad(x, (reach,) * 4, mode="replicate")
    light = luma(padded)
    mean = functional.avg_pool2d(torch.cat((padded, light, light.square()), 1), side, 1)
    weight = ((mean[:, 4:] - mean[:, 3:4].square()).clamp_min(0) + ALIKE) ** -2
    height, width = x.shape[-2:]
    total, share = torch.zeros_like(x), torch.zeros_like(x[:, :1])
    for top in (0, reach):
        for left in (0, reach):
            rows, columns = slice(top, top + height), slice(left, left + width)
            each = weight[..., rows, columns]
            total = total + mean[:, :3, rows, columns] * each
            share = share + each
    return total / share
