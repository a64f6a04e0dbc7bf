"""What the speech encoder and the face regressor are trained for.

Shapes: B batch, F video frames, K poses.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from pipeline.names import VISEME_INDEX
from training.face_dataset import POSES

WARM_UP_FRAMES = 10
_STYLE = {"energy": 0, "warmth": 1, "head": 2, "brows": 3, "mouth": 4}
_RESTING_SMILE = 0.05
_SMILE = POSES.index("mouthSmile")
_HEAD = POSES.index("head_pitch")
_BROWS = [POSES.index("browInnerUp"), POSES.index("browOuterUp")]
# the usual size of each pose, so that all count alike
_POSE_SCALE = {"jawOpen": 0.10, "mouthFunnel": 0.09, "mouthPucker": 0.13, "mouthLowerDown": 0.08,
               "mouthUpperUp": 0.05, "mouthStretch": 0.07, "mouthSmile": 0.07,
               "mouthRollLower": 0.07, "tongueOut": 0.04, "browInnerUp": 0.08,
               "browOuterUp": 0.14, "head_pitch": 0.25}  # fmt: skip
_POSE_WEIGHT = {"jawOpen": 3.0, "mouthRollLower": 0.6, "tongueOut": 0.5, "browInnerUp": 0.3,
                "browOuterUp": 0.3, "head_pitch": 0.5}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Targets:
    """pose (B, F, K), closed (B, F), stress (B, F), viseme (B, F, 15), activity (B, F, 3)."""

    pose: Tensor
    closed: Tensor
    stress: Tensor
    viseme: Tensor
    activity: Tensor


def styled(pose_BFK: Tensor, style_BS: Tensor) -> Tensor:
    """The pose as the style has it: amplitude, smile, nods and brows."""

    def part(name: str) -> Tensor:
        return style_BS[:, None, _STYLE[name], None]

    size = 1 + 0.2 * part("mouth") + 0.12 * part("energy")
    result = (pose_BFK * size).clone()
    result[..., [_SMILE]] += (_RESTING_SMILE * (1 + part("warmth"))).clamp_min(0.0)
    result[..., [_HEAD]] = pose_BFK[..., [_HEAD]] * (1 + 0.6 * part("head") + 0.2 * part("energy"))
    result[..., _BROWS] = pose_BFK[..., _BROWS] * (1 + 0.7 * part("brows") + 0.2 * part("energy"))
    return result


def delayed(track: Tensor, lookahead_B: Tensor) -> Tensor:
    """(B, F, ...) moved later by each sound's look-ahead; the first frame fills the gap."""
    frames = torch.arange(track.shape[1], device=track.device)
    index = (frames[None] - lookahead_B[:, None]).clamp_min(0)
    shape = index.shape + (1,) * (track.ndim - 2)
    return track.gather(1, index.reshape(shape).expand_as(track))


def loss(encoded: dict[str, Tensor], face: dict[str, Tensor], goal: Targets, lookahead_B: Tensor):
    """Total loss and its named parts (floats on the device)."""
    warm = slice(WARM_UP_FRAMES, None)
    device = goal.pose.device
    scale = torch.tensor([_POSE_SCALE[n] for n in POSES], device=device)
    weight = torch.tensor([_POSE_WEIGHT.get(n, 1.0) for n in POSES], device=device)
    pose_goal = delayed(goal.pose, lookahead_B) / scale
    error = face["pose"] / scale - pose_goal
    velocity = error[:, 1:] - error[:, :-1]
    closed_goal = delayed(goal.closed, lookahead_B)
    lips = delayed(goal.viseme[..., VISEME_INDEX["PP"]], lookahead_B)
    closed = functional.binary_cross_entropy_with_logits(
        face["closed"][..., 0], closed_goal, reduction="none"
    ) * (1 + 3.0 * lips)
    parts = {
        "pose": (_huber(error) * weight)[:, warm].mean(),
        "velocity": (_huber(velocity) * weight)[:, warm].mean(),
        "closed": closed[:, warm].mean(),
        "viseme": _cross_entropy(encoded["viseme"], goal.viseme)[:, warm].mean(),
        "activity": _cross_entropy(encoded["activity"], goal.activity)[:, warm].mean(),
        "stress": functional.binary_cross_entropy_with_logits(
            encoded["stress"][:, warm, 0], goal.stress[:, warm]
        ),
    }
    total = (
        parts["pose"] + parts["velocity"] + 0.7 * parts["closed"] + 0.5 * parts["viseme"]
        + 0.3 * parts["activity"] + 0.3 * parts["stress"]
    )  # fmt: skip
    return total, parts


def _huber(error: Tensor) -> Tensor:
    return functional.huber_loss(error, torch.zeros_like(error), reduction="none", delta=0.6)


def _cross_entropy(logits: Tensor, shares: Tensor) -> Tensor:
    return -(shares * functional.log_softmax(logits, dim=-1)).sum(-1)
