"""Puts refined faces back where they were cut out."""

import torch
from torch import Tensor

# Gates are shut at the border of a square as a rule; where a face leaves it, it fades in.
BORDER_PX = 12


def pasted(whole: Tensor, face: Tensor, corner: Tensor) -> Tensor:
    """The picture (B, 3, H, W) with its refined faces (B, 3, n, n) at their corners (B, 2).

    corner: columns and rows, px
    """
    share = feather(face.shape[-1], whole.device)
    shown = whole.clone()
    for k, (x, y) in enumerate(corner.tolist()):
        part = shown[k, :, y : y + face.shape[-2], x : x + face.shape[-1]]
        part += (face[k].to(part.dtype) - part) * share
    return shown


def feather(size: int, device: torch.device | str = "cpu") -> Tensor:
    """(size, size): one inside, falling to zero over BORDER_PX."""
    ramp = torch.arange(size, device=device, dtype=torch.float32) + 0.5
    ramp = (torch.minimum(ramp, size - ramp) / BORDER_PX).clamp(0, 1)
    return torch.minimum(ramp[:, None], ramp)
