"""Changes of an observed motion that leave the knobs of its style as they are."""

import torch
from torch import Generator, Tensor

from pipeline.motion_space import FACE_ACTIONS, GAZE, HEAD_ROTATION, HEAD_TRANSLATION
from pipeline.style_observation import (
    HANDS_SEEN,
    OBSERVATION_SIZE,
    TORSO,
    TORSO_SEEN,
    WRISTS,
)

# in observation: yaw, pitch, roll; x, y, z; yaw, pitch; pitch, yaw, roll, two lifts; two wrists
_FLIPPED = (
    HEAD_ROTATION.start, HEAD_ROTATION.start + 2, HEAD_TRANSLATION.start, GAZE.start,
    TORSO.start + 1, TORSO.start + 2, TORSO.start + 3, TORSO.start + 4,
    WRISTS.start, WRISTS.start + 3,
)  # fmt: skip


def _other_side(name: str) -> str:
    for side, other in (("Left", "Right"), ("Right", "Left")):
        if name.endswith(side):
            return name.removesuffix(side) + other
    return name


def _mirror() -> tuple[list[int], list[float]]:
    """The channel that each becomes, and its sign."""
    order = list(range(OBSERVATION_SIZE))
    for place, name in enumerate(FACE_ACTIONS):
        order[place] = FACE_ACTIONS.index(_other_side(name))
    left, right = TORSO.start + 3, TORSO.start + 4
    order[left], order[right] = right, left
    for axis in range(3):
        left, right = WRISTS.start + axis, WRISTS.start + 3 + axis
        order[left], order[right] = right, left
    signs = [1.0] * OBSERVATION_SIZE
    for place in _FLIPPED:
        signs[place] = -1.0
    return order, signs


_ORDER, _SIGNS = _mirror()


def mirrored(motion_BTC: Tensor, share: float, generator: Generator) -> Tensor:
    """Motions of which some swap left and right."""
    draw = torch.rand(len(motion_BTC), generator=generator, device=motion_BTC.device)
    signs = torch.tensor(_SIGNS, device=motion_BTC.device)
    other = motion_BTC[..., _ORDER] * signs
    return torch.where((draw < share)[:, None, None], other, motion_BTC)


def shifted(motion_BTC: Tensor, deviation_C: Tensor, share: float, generator: Generator) -> Tensor:
    """Motions of which each channel is elsewhere by that share of its deviation, throughout: no
    mean of a window tells a motion that was learnt by heart."""
    shape = len(motion_BTC), 1, motion_BTC.shape[2]
    draw = torch.randn(shape, generator=generator, device=motion_BTC.device)
    return motion_BTC + share * deviation_C * draw


def partly_hidden(motion_BTC: Tensor, share: float, generator: Generator) -> Tensor:
    """Motions of which some lose the torso and some the hands."""
    draw = torch.rand((2, len(motion_BTC)), generator=generator, device=motion_BTC.device)
    result = motion_BTC.clone()
    for hidden, channels, flag in (
        (draw[0] < share, TORSO, TORSO_SEEN),
        (draw[1] < share, WRISTS, HANDS_SEEN),
    ):
        keep = ~hidden[:, None, None]
        result[..., channels] *= keep
        result[..., flag : flag + 1] *= keep
    return result
