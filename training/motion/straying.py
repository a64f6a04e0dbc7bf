"""Pasts that strayed from the data and are on their way back.

A network that continues its own past makes small errors, which add up; of how they are undone the
data tell nothing. So a past is displaced, and what is to follow leads back to the data by a fixed
share of the displacement per frame (as DART, Laskey et al. 2017, does for imitation).
"""

import torch
from torch import Generator, Tensor

from pipeline.networks.motion_transformer import MotionTransformer
from training.motion.diffusion import normal, uniform

# share of a displacement that is left after a frame: half of it after 0.2 s
KEPT = 0.9
STRAYING_SHARE = 0.6
# displacement per frame, in innovations, drawn evenly in its logarithm
LEAST_STEP, LARGEST_STEP = 0.02, 0.6
# displacement at the beginning and, once in a while, later, in deviations of the motion
LARGEST_OFFSET, KICK, KICKS_PER_FRAME = 0.8, 0.25, 1 / 60
# what wanders begins up to so many deviations away, and half of it is left after 1.1 s
FARTHEST, KEPT_OF_FAR = 3.0, 0.98


def strayed(
    network: MotionTransformer,
    motion_BFM: Tensor,
    generator: Generator,
    wandering: tuple[int, ...] = (),
) -> tuple[Tensor, Tensor]:
    """(past, goal), each (B, F, M): the displaced motion, and per frame where it should be, given
    the displacement of the frame before. What is heard does not stray, nor do some sequences.

    wandering: channels that stray far and come back slowly besides
    """
    device = motion_BFM.device
    innovation_M = network.innovation * (1 - network.heard)
    deviation_M = network.deviation * (1 - network.heard)
    batch, frames, _ = motion_BFM.shape

    def drawn(low: float, high: float) -> Tensor:
        return low + (high - low) * uniform((batch, 1, 1), generator, device)

    strays = (drawn(0.0, 1.0) < STRAYING_SHARE).float()
    span = torch.tensor([LEAST_STEP, LARGEST_STEP]).log().tolist()
    steps = drawn(*span).exp() * innovation_M * normal(motion_BFM.shape, generator, device)
    kicked = (uniform((batch, frames, 1), generator, device) < KICKS_PER_FRAME).float()
    steps = steps + kicked * KICK * deviation_M * normal(motion_BFM.shape, generator, device)
    start = drawn(0.0, LARGEST_OFFSET) * deviation_M
    steps[:, :1] += start * normal(steps[:, :1].shape, generator, device)
    offset = strays * (_decay(frames, device) @ steps)
    far = torch.zeros_like(motion_BFM)
    if wandering:
        index = list(wandering)
        start = drawn(0.0, FARTHEST) * normal((batch, 1, len(index)), generator, device)
        left = KEPT_OF_FAR ** torch.arange(frames, device=device)[:, None]
        far[..., index] = strays * deviation_M[index] * start * left
    returning = KEPT * _before(offset) + KEPT_OF_FAR * _before(far)
    return motion_BFM + offset + far, motion_BFM + returning


def _before(offset_BFM: Tensor) -> Tensor:
    """The displacement of the frame before each frame; none before the first."""
    return torch.cat([torch.zeros_like(offset_BFM[:, :1]), offset_BFM[:, :-1]], dim=1)


def _decay(frames: int, device: torch.device) -> Tensor:
    """(F, F): what is left at one frame of a displacement at another."""
    frame = torch.arange(frames, device=device)
    behind = (frame[:, None] - frame).float()
    return torch.where(behind >= 0, KEPT ** behind.clamp_min(0.0), torch.zeros_like(behind))
