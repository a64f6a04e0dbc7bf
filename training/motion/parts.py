"""What is learnt of the face and of the body: sizes, what is heard, and groups of channels."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from pipeline.hand_pose import POSE_SIZE, Slot
from pipeline.motion_space import (
    BREATH,
    CLAVICLE_LIFT,
    FACE_ACTIONS,
    GAZE,
    HANDS,
    HEAD_ROTATION,
    HEAD_TRANSLATION,
    MOUTH_INDICES,
    TORSO_TURN,
)
from pipeline.networks.sizes import (
    MotionTransformerSizes,
    body_motion_sizes,
    face_motion_sizes,
)


@dataclass(frozen=True, slots=True)
class Part:
    """The face or the body, as the trainer sees it.

    heard: indices of the motion that follow the sound; groups: of the others, whose channels move
    together, by name; wandering: what changes so slowly that nothing in its pace tells how far it
    has gone
    """

    name: str
    sizes: MotionTransformerSizes
    heard: tuple[int, ...]
    groups: dict[str, tuple[int, ...]]
    wandering: tuple[int, ...] = ()

    def goal_groups(self, device: str) -> dict[str, Tensor]:
        """Those of the groups that moves of the hands lead somewhere."""
        hands = set(_indices(HANDS)) if self.sizes.onsets else set()
        return {
            name: torch.tensor(group, device=device)
            for name, group in self.groups.items()
            if hands.issuperset(group)
        }

    def tiny(self) -> "Part":
        """The same with a network for tests."""
        small = replace(
            self.sizes, feature_size=8, layers=2, width=16, heads=2, hidden=24, window_frames=12
        )
        return replace(self, sizes=small)


def _face() -> Part:
    lids = tuple(FACE_ACTIONS.index(f"eyeBlink{side}") for side in ("Left", "Right"))
    rest = set(range(len(FACE_ACTIONS))) - set(lids) - set(MOUTH_INDICES)
    groups = {
        "lids": lids,
        "gaze": _indices(GAZE),
        "head rotation": _indices(HEAD_ROTATION),
        "head translation": _indices(HEAD_TRANSLATION),
        "expression": tuple(sorted(rest)),
    }
    return Part("face", face_motion_sizes(), MOUTH_INDICES, groups)


def _body() -> Part:
    groups = {
        "torso": _indices(TORSO_TURN),
        "breath": (*_indices(BREATH), *_indices(CLAVICLE_LIFT)),
    }
    for side, first in (("left", HANDS.start), ("right", HANDS.start + POSE_SIZE)):
        groups[f"{side} arm"] = tuple(range(first, first + Slot.SPREAD))
        groups[f"{side} fingers"] = tuple(range(first + Slot.SPREAD, first + POSE_SIZE))
    return Part("body", body_motion_sizes(), (), groups, wandering=_indices(TORSO_TURN))


def _indices(place: slice) -> tuple[int, ...]:
    return tuple(range(place.start, place.stop))


def _check(parts: Iterable[Part]) -> None:
    for part in parts:
        told = sorted([*part.heard, *(i for group in part.groups.values() for i in group)])
        assert told == list(range(part.sizes.motion_size)), part.name


PARTS: dict[str, Part] = {"face": _face(), "body": _body()}
_check(PARTS.values())
