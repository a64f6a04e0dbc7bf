"""Noise and its removal: x at level l is (1 - l) x0 + l noise (rectified flow, Liu et al. 2023)."""

import math
from itertools import pairwise

import torch
from torch import Generator, Tensor

from pipeline.networks.motion_transformer import Context, MotionTransformer

Memory = list[tuple[Tensor, Tensor]]
_FIRST_LOGIT, _LAST_LOGIT = 3.0, -4.0


def noised(x0: Tensor, noise: Tensor, level_BF: Tensor) -> Tensor:
    """x at the levels."""
    level = level_BF[..., None]
    return (1 - level) * x0 + level * noise


def normal(shape, generator: Generator, device: str) -> Tensor:
    return torch.randn(shape, generator=generator, device=device)


def uniform(shape, generator: Generator, device: str) -> Tensor:
    return torch.rand(shape, generator=generator, device=device)


def levels(steps: int) -> list[float]:
    """From 1 to 0, even in the log of signal to noise: rare events, many deviations large, are
    decided close to 1, and what is left to chance in calm stretches close to 0."""
    assert steps >= 1
    spread = _FIRST_LOGIT - _LAST_LOGIT
    logits = [_FIRST_LOGIT - spread * k / max(steps - 2, 1) for k in range(steps - 1)]
    return [1.0, *(1 / (1 + math.exp(-logit)) for logit in logits), 0.0]


def sampled(
    network: MotionTransformer, noise: Tensor, context: Context, memory: Memory, steps: int, *,
    withheld: tuple[Context, Memory] | None = None, guidance: float = 1.0,
) -> Tensor:  # fmt: skip
    """Innovations (B, F, M) drawn frame by frame, each given its own past, in `steps` steps.

    withheld: the same without sound and style, for guidance (Ho and Salimans 2022)

    Source: Song et al. 2021 (DDIM), without fresh noise.
    """
    x, schedule = noise, levels(steps)
    for now, then in pairwise(schedule):
        level = torch.full(noise.shape[:2], now, device=noise.device)
        x0 = network.denoise(x, level, context, memory).float()
        if withheld is not None and guidance != 1.0:
            without = network.denoise(x, level, *withheld).float()
            x0 = without + guidance * (x0 - without)
        x = x0 if then == 0 else (1 - then) * x0 + then * (x - (1 - now) * x0) / now
    return x
