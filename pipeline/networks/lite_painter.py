"""What the lite tier relights of a face, at a small part of the full tier's cost.

It sees the square about the face in the composite and answers with bounded changes of light and of
colour at half its size, which vary slowly, so that the composite keeps its own sharpness.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.gate import Gate
from pipeline.networks.painter import (
    LIGHT,
    SKIN_COLOUR,
    Residual,
    bound,
    enlarged,
    kept_teeth,
    relative,
)
from pipeline.networks.sizes import LitePainterSizes

# Those of a face, in the order in which it is told them.
GATES = (Gate.MOUTH, Gate.LIDS, Gate.FACE)
# light, three of colour
CHANGES = 4


class LitePainter(nn.Module):
    """Learns from the full tier's painters."""

    def __init__(self, sizes: LitePainterSizes):
        super().__init__()
        width = sizes.width
        self.stem = nn.Conv2d(3 * 16 + 4 * len(GATES), width, 1)
        self.fine = Residual(width)
        self.down = nn.Conv2d(width, 2 * width, 4, stride=2, padding=1)
        self.coarse = nn.Sequential(Residual(2 * width), Residual(2 * width))
        self.up = nn.Conv2d(2 * width, width, 1)
        self.refine = Residual(width)
        self.changes = nn.Conv2d(width, 4 * CHANGES, 3, padding=1)
        nn.init.zeros_(self.changes.weight)
        if self.changes.bias is not None:
            nn.init.zeros_(self.changes.bias)

    def forward(self, face: Tensor, gates: Tensor, skin: Tensor) -> dict[str, Tensor]:
        """face (B, 3, n, n) and gates (B, 3, n/2, n/2), those of GATES, in [0, 1]; skin (B, 3).

        changes (B, 4, n/2, n/2), bounded: the factor of light less 1, the offset of colours
        """
        seen = functional.pixel_unshuffle(relative(face, skin), 4)
        x = self.stem(torch.cat([seen, functional.pixel_unshuffle(gates, 2)], 1))
        x = self.fine(x)
        deep = self.coarse(self.down(functional.silu(x)))
        x = x + functional.interpolate(self.up(deep), scale_factor=2.0, mode="nearest")
        said = torch.tanh(functional.pixel_shuffle(self.changes(self.refine(x)), 2))
        kept = kept_teeth(functional.avg_pool2d(face, 2), gates[:, :1], skin)
        gates = gates * (1 - kept)
        light = torch.exp(said[:, :1] * bound(gates, of_face(LIGHT))) - 1
        colour = said[:, 1:] * bound(gates, of_face(SKIN_COLOUR)) * skin[..., None, None]
        return {"changes": torch.cat([light, colour], 1)}


def relit(face: Tensor, changes: Tensor) -> Tensor:
    """The face (B, 3, n, n) with the changes (B, 4, n/2, n/2) of the painter."""
    change = enlarged(changes)
    return (face * (1 + change[:, :1]) + change[:, 1:]).clamp(0, 1)


def of_face(limits: tuple[float, ...]) -> tuple[float, ...]:
    """Those of GATES."""
    return tuple(limits[gate] for gate in GATES)
