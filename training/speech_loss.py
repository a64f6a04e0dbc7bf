"""What the speech encoder is trained for.

Shapes: B batch, F video frames, V visemes, G visible classes.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from pipeline.names import VISEME_INDEX
from training.phone_classes import PHONE_CLASSES, UNKNOWN_PHONE
from training.speech_dataset import Crops
from training.viseme_score import VISIBLE, VISIBLE_OF

_SIL, _PP, _FF = (VISEME_INDEX[name] for name in ("sil", "PP", "FF"))
NO_VOICE_ENERGY = -3.0
NOISE_HEARD_DB = -35.0
# share of the corpus that each viseme takes, in the order of names.VISEMES
_USUAL_SHARE = (0.27, 0.047, 0.023, 0.018, 0.057, 0.06, 0.02, 0.065, 0.072, 0.038, 0.092, 0.077,
                0.101, 0.025, 0.035)  # fmt: skip
# 0 counts frames alike, 1 classes alike
_BALANCE_VISEMES, _BALANCE_VISIBLE = 0.5, 0.75
_BOUNDARY_WEIGHT, _PP_WEIGHT, _FF_WEIGHT = 0.3, 1.0, 1.0
PART_WEIGHTS = {
    "viseme": 1.0, "late_viseme": 1.0, "later_viseme": 0.3, "phone": 0.25, "activity": 0.3,
    "stress": 0.3, "voicing": 0.2, "f0": 0.2, "energy": 0.3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Targets:
    """viseme (B, F, V) shares, phone (B, F) class, activity (B, F, 3) shares of speech, silence,
    noise; stress, voiced, pitch, energy (B, F) as in speech_dataset.Shard."""

    viseme: Tensor
    phone: Tensor
    activity: Tensor
    stress: Tensor
    voiced: Tensor
    pitch: Tensor
    energy: Tensor


def targets(crops: Crops, muted_B: Tensor, noise_db_B: Tensor) -> Targets:
    """What is heard in crops of which some were muted before noise of this level was added."""
    spoken_B1 = (~muted_B)[:, None].float()
    viseme = crops.viseme * spoken_B1[..., None]
    viseme = torch.cat([viseme[..., :1] + 1 - spoken_B1[..., None], viseme[..., 1:]], dim=2)
    silent_BF = viseme[..., _SIL]
    heard_BF = (noise_db_B > NOISE_HEARD_DB).float()[:, None]
    noise_BF = silent_BF * torch.maximum(crops.noise * spoken_B1, heard_BF)
    return Targets(
        viseme=viseme,
        phone=torch.where(muted_B[:, None], torch.zeros_like(crops.phone), crops.phone),
        activity=torch.stack([1 - silent_BF, silent_BF - noise_BF, noise_BF], dim=2),
        stress=crops.stress * spoken_B1,
        voiced=crops.voiced * spoken_B1,
        pitch=crops.pitch,
        energy=crops.energy * spoken_B1 + NO_VOICE_ENERGY * (1 - spoken_B1),
    )


class SpeechLoss:
    """Total loss and its parts; visemes that are rare, and those whose lips are seen to touch,
    count more than their share of time."""

    def __init__(self, device: torch.device | str):
        share_V = torch.tensor(_USUAL_SHARE, device=device)
        share_V = share_V / share_V.sum()
        self._group_VG = functional.one_hot(torch.from_numpy(VISIBLE_OF), len(VISIBLE)).float()
        self._group_VG = self._group_VG.to(device)
        self._weight_V = _balanced(share_V, _BALANCE_VISEMES)
        self._weight_G = _balanced(share_V @ self._group_VG, _BALANCE_VISIBLE)

    def __call__(self, made: dict[str, Tensor], goal: Targets) -> tuple[Tensor, dict[str, Tensor]]:
        """made: the encoder's heads, later_viseme (B, F, V) and phone (B, F, classes)."""
        made = {name: value.float() for name, value in made.items()}
        weight_BF = _frame_weight(goal.viseme)
        binary = functional.binary_cross_entropy_with_logits
        parts = {
            name: self._visemes(made[name][:, late:], goal.viseme[:, : frames - late], weight_BF)
            for late, name in enumerate(("viseme", "late_viseme", "later_viseme"))
            if (frames := goal.viseme.shape[1])
        }
        phone = functional.cross_entropy(
            made["phone"][:, 1:].flatten(0, 1), goal.phone[:, :-1].flatten(),
            ignore_index=UNKNOWN_PHONE, reduction="sum",
        )  # fmt: skip
        known = (goal.phone[:, :-1] != UNKNOWN_PHONE).sum().clamp_min(1)
        pitch_error = functional.huber_loss(
            made["f0"][..., 0], goal.pitch, reduction="none", delta=0.2
        )
        parts |= {
            "phone": phone / known,
            "activity": -(goal.activity * functional.log_softmax(made["activity"], -1))
            .sum(-1)
            .mean(),
            "stress": binary(made["stress"][..., 0], goal.stress),
            "voicing": binary(made["voicing"][..., 0], goal.voiced),
            "f0": 5 * (pitch_error * goal.voiced).sum() / goal.voiced.sum().clamp_min(1.0),
            "energy": functional.huber_loss(made["energy"][..., 0], goal.energy, delta=0.3),
        }
        total = torch.stack([PART_WEIGHTS[name] * value for name, value in parts.items()]).sum()
        return total, parts

    def _visemes(self, logits_BFV: Tensor, shares_BFV: Tensor, weight_BF: Tensor) -> Tensor:
        """Half over all visemes, half over what is seen of them."""
        log_BFV = functional.log_softmax(logits_BFV, dim=-1)
        log_BFG = torch.log(log_BFV.exp() @ self._group_VG + 1e-8)
        fine = -(shares_BFV * log_BFV * self._weight_V).sum(-1)
        seen = -((shares_BFV @ self._group_VG) * log_BFG * self._weight_G).sum(-1)
        return (0.5 * (fine + seen) * weight_BF[:, : fine.shape[1]]).mean()


def _balanced(share: Tensor, power: float) -> Tensor:
    """Weights of classes whose mean over time is 1."""
    weight = share**-power
    return weight / (share * weight).sum()


def _frame_weight(viseme_BFV: Tensor) -> Tensor:
    """(B, F): more for lips that touch, and where one sound passes into the next."""
    likeliest = viseme_BFV.argmax(-1)
    changed = functional.pad((likeliest[:, 1:] != likeliest[:, :-1]).float(), (1, 0))
    lips = _PP_WEIGHT * viseme_BFV[..., _PP] + _FF_WEIGHT * viseme_BFV[..., _FF]
    return 1 + _BOUNDARY_WEIGHT * changed + lips


assert PHONE_CLASSES[0] == "sil"
