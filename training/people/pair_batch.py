"""Pairs of frames with exact maps, as tensors."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor

from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.label import KIND_OF_LABEL, Label
from training.people.seen_points import SeenPointsBatch
from training.people.truth_map import SEEN


@dataclass(frozen=True, slots=True)
class PairBatch:
    """B pairs of pictures (H, W) = (768, 512); maps are of the driving frame, as in GroundTruth.

    source, driving, background: (B, 3, H, W) uint8 RGB
    source_px: (B, 2, H, W); visible: (B, H, W) bool; label, kind: (B, H, W) uint8
    normal: (B, 3, H, W); depth_m, matte, source_matte: (B, H, W) float32
    vertices: of the template; landmarks: 478; episode, person: (B,) int64 number and seed
    """

    source: Tensor
    driving: Tensor
    background: Tensor
    source_px: Tensor
    visible: Tensor
    label: Tensor
    kind: Tensor
    normal: Tensor
    depth_m: Tensor
    matte: Tensor
    source_matte: Tensor
    vertices: SeenPointsBatch
    landmarks: SeenPointsBatch
    episode: Tensor
    person: Tensor

    def __len__(self) -> int:
        return len(self.source)


@dataclass(frozen=True, slots=True)
class Maps:
    """What the driving frames' raw maps say; fields as in PairBatch."""

    source_px: Tensor
    visible: Tensor
    label: Tensor
    kind: Tensor
    normal: Tensor
    depth_m: Tensor


def maps_of(raw: Tensor, source_matte: Tensor) -> Maps:
    """raw: (B, H, W, 8) as GroundTruthRenderer.draw_driving writes them."""
    code = raw[..., 7].int()
    label = code % SEEN
    plate = label == int(Label.NONE)
    here = pixel_centres(raw.device)
    return Maps(
        torch.where(plate[:, None], here, raw[..., :2].movedim(-1, 1)).contiguous(),
        torch.where(plate, source_matte == 0, code >= SEEN),
        label.to(torch.uint8),
        _kinds(raw.device)[label],
        raw[..., 4:7].movedim(-1, 1).contiguous(),
        raw[..., 3].masked_fill(plate, torch.inf),
    )


@cache
def _kinds(device: torch.device) -> Tensor:
    """Kind of each label; kept, since a copy to a GPU waits for all it was asked before."""
    kinds = [int(KIND_OF_LABEL.get(one, 0)) for one in Label]
    return torch.tensor(kinds, dtype=torch.uint8, device=device)


def pixel_centres(device: torch.device) -> Tensor:
    """(2, 768, 512), x and y."""
    row = torch.arange(FRAME_HEIGHT_PX, device=device) + 0.5
    column = torch.arange(FRAME_WIDTH_PX, device=device) + 0.5
    y, x = torch.meshgrid(row, column, indexing="ij")
    return torch.stack([x, y])


def over(radiance: Tensor, plate: Tensor, exposure: Tensor) -> Tensor:
    """(B, 3, H, W) uint8: premultiplied radiance (B, H, W, 4) before plates (B, 3, H, W)."""
    colour, matte = radiance.movedim(-1, 1).split([3, 1], 1)
    return to_bytes(tone_mapped(torch.addcmul(colour, plate, 1 - matte), exposure))


def tone_mapped(radiance: Tensor, exposure: Tensor) -> Tensor:
    """As lighting.tone_mapped; exposure: (B,)."""
    x = (radiance * exposure[:, None, None, None]).clamp_min(0)
    mapped = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)
    return mapped.clamp(0, 1) ** (1 / 2.2)


def to_bytes(values: Tensor) -> Tensor:
    return (values.clamp(0, 1) * 255 + 0.5).to(torch.uint8)


def joined(points: Sequence[SeenPointsBatch]) -> SeenPointsBatch:
    return SeenPointsBatch(
        torch.cat([each.pixel for each in points]),
        torch.cat([each.depth_m for each in points]),
        torch.cat([each.visible for each in points]),
    )
