"""The painters of the full tier: the whole picture, then a square about the face."""

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

from pipeline.face_crop import BORDER_PX, FACE_PX
from pipeline.networks.painter import Painter, moved_features
from pipeline.networks.sizes import PaintersSizes

Known = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Frame:
    """What painters see, floats: composite, behind (the scene without the
    person), source (B, 3, H, W), source_matte (B, 1, H, W), gates,
    hands, flow and implicit as Painter takes them, skin (B, 3); face (B, 2) int64 corner, px"""

    composite: Tensor
    behind: Tensor
    source: Tensor
    source_matte: Tensor
    gates: Tensor
    hands: Tensor
    flow: Tensor
    skin: Tensor
    face: Tensor
    implicit: Tensor

    def on_face(self, maps: Tensor) -> Tensor:
        """The squares (B, C, n, n) of maps (B, C, ...) of any whole part of the picture's size."""
        step = self.composite.shape[-1] // maps.shape[-1]
        picked = places(self.face // step, FACE_PX // step)
        return maps.movedim(1, -1)[picked].movedim(-1, 1)


class Painted(NamedTuple):
    """The generator's picture (B, 3, H, W), the refined face (B, 3, 256, 256), and by how much each
    of them was moved, px."""

    whole: Tensor
    face: Tensor
    whole_moves: Tensor
    face_moves: Tensor


class Painters(nn.Module):
    """generator: the whole picture; face: a square of what it made."""

    def __init__(self, sizes: PaintersSizes | None = None) -> None:
        super().__init__()
        sizes = sizes or PaintersSizes()
        self.generator = Painter(sizes.generator)
        self.face = Painter(sizes.face)

    def forward(self, frame: Frame) -> Painted:
        """Both, as they learn: the face does not tell the generator what to make."""
        whole, whole_moves = self._whole(frame, None)
        face, face_moves = self._refined(frame, whole.detach(), None)
        return Painted(whole, face, whole_moves, face_moves)

    def whole(self, frame: Frame, known: Known) -> Tensor:
        """The generator's picture (B, 3, H, W); known: what its source encoder made of it."""
        return self._whole(frame, known)[0]

    def refined(self, frame: Frame, whole: Tensor, known: Known) -> Tensor:
        """The face (B, 3, 256, 256) of the generator's picture, refined; known: as of whole."""
        return self._refined(frame, whole, known)[0]

    def _whole(self, frame: Frame, known: Known | None) -> tuple[Tensor, Tensor]:
        fine, coarse = known or self.generator.source(frame.source, frame.source_matte, frame.skin)
        fine, coarse = moved_features(fine, coarse, frame.flow)
        return self.generator(
            torch.cat([frame.composite, frame.behind], 1),
            gates=frame.gates, hands=frame.hands, flow=frame.flow,
            fine=fine, coarse=coarse, skin=frame.skin, implicit=frame.implicit,
        )  # fmt: skip

    def _refined(self, frame: Frame, whole: Tensor, known: Known | None) -> tuple[Tensor, Tensor]:
        fine, coarse = known or self.face.source(frame.source, frame.source_matte, frame.skin)
        fine, coarse = moved_features(fine, coarse, frame.flow)
        on, seen = frame.on_face, (whole, frame.composite, frame.behind)
        pictures = torch.cat([picture.to(whole.dtype) for picture in seen], 1)
        return self.face(
            on(pictures), gates=on(frame.gates), hands=on(frame.hands), flow=on(frame.flow),
            fine=on(fine), coarse=on(coarse), skin=frame.skin, implicit=frame.implicit,
        )  # fmt: skip


def pasted(whole: Tensor, face: Tensor, corner: Tensor) -> Tensor:
    """The picture (B, 3, H, W) with its refined faces (B, 3, n, n) at their corners (B, 2), px."""
    size = face.shape[-1]
    batch, rows, columns = places(corner, size)
    shown = whole.movedim(1, -1).clone()
    here = shown[batch, rows, columns]
    refined = face.movedim(1, -1).to(here.dtype)
    share = feather(size, whole.device)[..., None].to(here.dtype)
    shown[batch, rows, columns] = here + (refined - here) * share
    return shown.movedim(-1, 1)


def places(corner: Tensor, size: int) -> tuple[Tensor, Tensor, Tensor]:
    """What picks squares of a size at their corners (B, 2), x and y, out of maps (B, H, W, C)."""
    along = torch.arange(size, device=corner.device)
    x, y = corner.unbind(1)
    batch = torch.arange(len(corner), device=corner.device)[:, None, None]
    return batch, (y[:, None] + along)[:, :, None], (x[:, None] + along)[:, None]


def feather(size: int, device: torch.device | str = "cpu") -> Tensor:
    """(size, size): one inside, falling to zero over BORDER_PX."""
    ramp = torch.arange(size, device=device, dtype=torch.float32) + 0.5
    ramp = (torch.minimum(ramp, size - ramp) / BORDER_PX).clamp(0, 1)
    return torch.minimum(ramp[:, None], ramp)
