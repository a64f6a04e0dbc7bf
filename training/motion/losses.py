"""What the motion transformers are trained for.

Shapes: B batch, F frames, M motion size, N samples per token.
"""

import torch
from torch import Generator, Tensor
from torch.nn import functional

from pipeline.networks.motion_transformer import MotionTransformer
from training.motion.diffusion import normal
from training.motion.motion_data import Crop

HEARD_WEIGHT, HEARD_SPEED_WEIGHT, CLOSED_WEIGHT = 1.0, 2.0, 0.3
ONSET_WEIGHT, GOAL_WEIGHT, SAMPLES = 0.1, 0.3, 2
BILABIAL_FRAMES = 6
ONSET_FRAMES = 100
_LEAST_NORM = 1e-6


def certain_loss(
    network: MotionTransformer, certain: dict[str, Tensor], truth: Tensor, crop: Crop,
    *, goal_groups: dict[str, Tensor], generator: Generator,
) -> tuple[Tensor, dict[str, Tensor]]:  # fmt: skip
    """What history tokens are trained for: total, and its parts before they are weighed.

    certain: of `MotionTransformer.history`; truth: (B, F + 2, M) what the data did
    """
    parts, total = {}, torch.zeros((), device=truth.device)
    if not network.sizes.face_size:
        heard = (truth[:, 2:] - network.mean) / network.deviation
        parts |= heard_loss(certain["heard"], heard, network.heard)
        total = total + HEARD_WEIGHT * parts["mouth"]
        total = total + HEARD_SPEED_WEIGHT * parts["mouth speed"]
    if crop.closed is not None:
        parts["closed"] = closed_loss(certain["closed"][..., 0], crop.closed)
        total = total + CLOSED_WEIGHT * parts["closed"]
    if crop.onset is not None:
        parts["onset"] = onset_loss(certain["onset"], crop.onset)
        total = total + ONSET_WEIGHT * parts["onset"]
        shape = (SAMPLES, *truth[:, 2:].shape)
        noises = normal(shape, generator, str(truth.device))
        parts["goal"] = goal_loss(network, certain["thought"], crop, goal_groups, noises)
        total = total + GOAL_WEIGHT * parts["goal"]
    return total, parts


def heard_loss(made_BFM: Tensor, goal_BFM: Tensor, heard_M: Tensor) -> dict[str, Tensor]:
    """Absolute errors of the mouth and of its change per frame, in units of its deviation."""
    count = heard_M.sum().clamp_min(1)
    off = (made_BFM.float() - goal_BFM) * heard_M
    change = off[:, 1:] - off[:, :-1]
    return {
        "mouth": off.abs().sum(2).mean() / count,
        "mouth speed": change.abs().sum(2).mean() / count,
    }


def closed_loss(logit_BF: Tensor, closed_BF: Tensor) -> Tensor:
    """Cross entropy of touching lips; closures between open frames (p b m) count four times."""
    opened = (closed_BF < 0.5).float()[:, None]
    wide = functional.pad(opened, (BILABIAL_FRAMES, BILABIAL_FRAMES))
    near = functional.max_pool1d(wide, BILABIAL_FRAMES + 1, 1)[:, 0]
    before, after = near[:, : -BILABIAL_FRAMES or None], near[:, BILABIAL_FRAMES:]
    weight = 1 + 3 * (closed_BF >= 0.5) * before * after
    return functional.binary_cross_entropy_with_logits(logit_BF.float(), closed_BF, weight)


def onset_loss(support_BFK: Tensor, onset_BFK: Tensor) -> Tensor:
    """Cross entropy of moves that begin where what speaks for them exceeds a normal number: nats
    in `ONSET_FRAMES` frames, of all kinds together."""
    support = support_BFK.float()
    begins, does_not = torch.special.log_ndtr(support), torch.special.log_ndtr(-support)
    return -ONSET_FRAMES * torch.where(onset_BFK > 0.5, begins, does_not).sum(2).mean()


def denoising_loss(made_BFM: Tensor, goal_BFM: Tensor, heard_M: Tensor) -> Tensor:
    """Mean square of what is wrong in the innovation, where it is left to chance."""
    off = (made_BFM.float() - goal_BFM).square() * (1 - heard_M)
    return off.sum(2).mean() / (1 - heard_M).sum()


def goal_loss(
    network: MotionTransformer, thought: Tensor, crop: Crop, groups: dict[str, Tensor],
    noises: Tensor,
) -> Tensor:  # fmt: skip
    """Energy score of the goals of moves, in deviations, where one begins.

    thought: of `MotionTransformer.history`; noises: (N, B, F, M)
    """
    assert crop.onset is not None
    assert crop.goal is not None
    onset = crop.onset.to(thought.dtype)
    made = torch.stack([network.goals(thought, onset, noise) for noise in noises])
    begins = crop.onset.amax(2)
    deviation = network.deviation
    scores = energy_score(made / deviation, crop.goal / deviation, groups, begins)
    return torch.stack(list(scores.values())).mean()


def energy_score(
    samples_NBFM: Tensor, target_BFM: Tensor, groups: dict[str, Tensor],
    weight_BF: Tensor | None = None,
) -> dict[str, Tensor]:  # fmt: skip
    """Energy score of each group: least when samples are distributed as the targets are.

    weight_BF: what each frame counts; alike without

    Source: Gneiting and Raftery 2007, section 4.3; as a loss of distilled diffusion: De Bortoli et
    al. 2025, Distributional Diffusion Models with Scoring Rules.
    """
    count = len(samples_NBFM)
    assert count >= 2

    def mean(x: Tensor) -> Tensor:
        if weight_BF is None:
            return x.mean()
        shares = weight_BF / weight_BF.sum().clamp_min(1.0)
        return (x * shares).flatten(-2).sum(-1).mean()

    scores = {}
    for name, index in groups.items():
        samples, target = samples_NBFM[..., index].float(), target_BFM[..., index]
        scale = len(index) ** -0.5
        error = mean(_norm(samples - target))
        spread = torch.zeros((), device=target.device)
        for one in range(count):
            for two in range(one):
                spread = spread + mean(_norm(samples[one] - samples[two]))
        pairs = count * (count - 1) / 2
        scores[name] = scale * (error - 0.5 * spread / pairs)
    return scores


def _norm(x: Tensor) -> Tensor:
    return (x.square().sum(-1) + _LEAST_NORM).sqrt()
