"""Which code a frame is told in training: the observed one, one guessed from motion, or none."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

# Share of frames without a code, so that painters do without and its worth can be measured; and
# share of those with one that are told what was observed, which falls to nothing.
NONE_SHARE, OBSERVED_SHARE = 0.15, 0.7
# What is told is not quite what was observed, so that near codes mean nearly the same.
NOISE = 0.03
SMALL, GUESSED, GUESSABLE = 0.003, 0.2, 0.05


@dataclass(frozen=True, slots=True)
class Codes:
    """told (B, 16); loss: of both networks, small codes that can be guessed"""

    told: Tensor
    loss: Tensor


def codes(observed: Tensor, guessed: Tensor, progress: float, generator: torch.Generator) -> Codes:
    """observed, guessed: (B, 16) of pairs of neighbours, who are told alike."""
    pairs = (len(observed) // 2, 1)
    draw = torch.rand(pairs, generator=generator, device=observed.device).repeat_interleave(2, 0)
    noise = torch.randn(observed.shape, generator=generator, device=observed.device) * NOISE
    seen = NONE_SHARE + (1 - NONE_SHARE) * OBSERVED_SHARE * (1 - progress)
    told = torch.where(draw < seen, observed + noise, guessed)
    told = torch.where(draw < NONE_SHARE, torch.zeros_like(told), told)
    loss = SMALL * observed.square().mean()
    loss = loss + GUESSED * functional.smooth_l1_loss(guessed, observed.detach())
    loss = loss + GUESSABLE * functional.smooth_l1_loss(observed, guessed.detach())
    return Codes(told, loss)
