"""What a camera's processor makes of colours: of every pixel by itself."""

from dataclasses import dataclass
from math import pi

import torch
from torch import Tensor

from training.renderer.constant import constant
from training.renderer.pair_chance import PairChance

WHITE_BALANCE, GAMMA, SATURATION, CONTRAST, LIGHT = 0.12, 0.25, 0.35, 0.18, 0.15
# An S-curve, or its contrary, and how far toe and shoulder differ; a little by channel. All of
# these together stay below 1, so that curves rise.
BEND, CHANNEL_BEND, TOE = 0.4, 0.08, 0.3
# How far black is lifted and white is lowered.
MATT = 0.06
LUMA = (0.299, 0.587, 0.114)


@dataclass(frozen=True, slots=True)
class ColourGrade:
    """Of B frames: balance (B, 3, 1, 1) with the exposure; gamma, saturation, contrast, black and
    white (B, 1, 1, 1); bend, toe: of the tone curve, (B, 3, 1, 1)."""

    balance: Tensor
    gamma: Tensor
    saturation: Tensor
    contrast: Tensor
    bend: Tensor
    toe: Tensor
    black: Tensor
    white: Tensor

    @classmethod
    def drawn(cls, chance: PairChance) -> "ColourGrade":
        return cls(
            torch.exp(chance.spread(WHITE_BALANCE, 3, 1, 1) + chance.spread(LIGHT)),
            torch.exp(chance.spread(GAMMA)),
            1 + chance.spread(SATURATION),
            torch.exp(chance.spread(CONTRAST)),
            chance.spread(BEND) + chance.spread(CHANNEL_BEND, 3, 1, 1),
            chance.spread(TOE).expand(-1, 3, 1, 1),
            chance.within(0, MATT),
            1 - chance.within(0, MATT),
        )

    def seen(self, picture: Tensor, light: Tensor) -> Tensor:
        """picture (B, 3, h, w) in [0, 1] under a light that multiplies it, in the same range."""
        x = (picture * (light * self.balance)).clamp(0, 1) ** self.gamma
        x = tone_curve(x, self.bend, self.toe)
        grey = luma(x)
        x = grey + (x - grey) * self.saturation
        x = ((x - 0.5) * self.contrast + 0.5).clamp(0, 1)
        return self.black + x * (self.white - self.black)


def tone_curve(x: Tensor, bend: Tensor, toe: Tensor) -> Tensor:
    """Rises from 0 to 1 as long as |bend| + |toe| < 1; bend > 0 is an S, toe > 0 opens it below
    the middle and closes it above."""
    s = bend * torch.sin(2 * pi * x) / (2 * pi)
    return x - s + toe * x * (1 - x) * (1 - 2 * x) * (1 - x)


def luma(x: Tensor) -> Tensor:
    """(B, 1, h, w) of (B, 3, h, w)."""
    return (x * constant(LUMA, x.device)[:, None, None]).sum(1, keepdim=True)
