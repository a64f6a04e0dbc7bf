"""Networks that repaint what the explicit composite cannot know, and nothing else.

A painter sees the composite, where it may repaint (`gates`), the surface of rendered hands, the
portrait's own features where the explicit flow puts them, and the implicit offset. It answers with
bounded changes: a factor of light, an offset of colour relative to the portrait's skin, a shift,
and how much of the scene behind shows. Where gates are shut the composite comes out as it is.

Shapes: B batch, H x W the picture (a multiple of 16), h x w = H/2 x W/2, q = H/4 x W/4.
"""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.gate import Gate
from pipeline.names import IMPLICIT_SIZE
from pipeline.networks.sizes import PainterSizes

# Largest change by each Gate: of the logarithm of light, of colour as a share of skin, of how much
# of the scene behind is shown instead, of place in px.
# Mouths are nearly left alone: what is free to paint teeth paints those it was taught.
LIGHT = (0.15, 0.4, 0.7, 0.3, 0.2, 0.2)
SKIN_COLOUR = (0.06, 0.12, 0.3, 0.05, 0.05, 0.0)
BEHIND = (0.0, 0.0, 0.0, 1.0, 0.0, 0.0)
SHIFT_PX = (1.0, 1.0, 3.0, 6.0, 1.5, 6.0)
GATES = len(Gate)
# What moves and lights a body is smooth: only a mean over this many cells of half a picture counts,
# so that no pattern of cloth is repainted.
SMOOTH_CELLS = 8
# Teeth are less red than skin, whose colour a lip's is near, and not dark as a mouth is: green
# against red, and green, as shares of the skin's; they are left as they are from here to there.
TOOTH_GREEN_RED, TOOTH_GREEN = (1.02, 1.12), (0.3, 0.5)
# So many cells about a tooth are its edge; where the gate is open by a quarter there is a mouth.
TOOTH_CELLS, MOUTH_SHARE = 5, 4.0
# nothing is divided by less
LEAST_COLOUR = 0.02
HAND_CHANNELS = 4
# Flow in these units is of the order of one.
FLOW_UNIT_PX = 16.0
# light, three of colour, share of what is behind
CHANGES = 5


class Residual(nn.Module):
    """Two convolutions beside the identity; the second begins at zero."""

    def __init__(self, channels: int):
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=1)
        self.second = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        if self.second.bias is not None:
            nn.init.zeros_(self.second.bias)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(functional.silu(self.first(functional.silu(x))))


class SourceEncoder(nn.Module):
    """What the portrait looks like, once per avatar: features at a quarter and at an eighth."""

    def __init__(self, sizes: PainterSizes):
        super().__init__()
        fine, coarse = sizes.source_channels, 2 * sizes.source_channels
        self.stem = nn.Conv2d(4 * 16, fine, 3, padding=1)
        self.fine = Residual(fine)
        self.down = nn.Conv2d(fine, coarse, 4, stride=2, padding=1)
        self.coarse = Residual(coarse)

    def forward(self, portrait: Tensor, matte: Tensor, skin: Tensor) -> tuple[Tensor, Tensor]:
        """portrait (B, 3, H, W) and matte (B, 1, H, W) in [0, 1]; skin (B, 3)."""
        seen = torch.cat([relative(portrait, skin), matte], 1)
        fine = self.fine(self.stem(functional.pixel_unshuffle(seen, 4)))
        return fine, self.coarse(self.down(functional.silu(fine)))


class Painter(nn.Module):
    """One pass over the composite (or over a crop of it), from fine to coarse and back."""

    def __init__(self, sizes: PainterSizes):
        super().__init__()
        self.sizes = sizes
        width, source = sizes.width, sizes.source_channels
        channels = [width, 2 * width, 3 * width, 4 * width]
        self.source = SourceEncoder(sizes)
        self.stem = nn.Conv2d(12 * sizes.pictures + GATES + HAND_CHANNELS, width, 3, padding=1)
        extra = [0, source + 2, 2 * source, 0]
        self.down = nn.ModuleList(
            nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in pairwise(channels)
        )
        self.join = nn.ModuleList(
            nn.Conv2d(c + e, c, 1) if e else nn.Identity()
            for c, e in zip(channels, extra, strict=True)
        )
        # no code, no change: hence no bias
        self.offset = nn.Linear(IMPLICIT_SIZE, 2 * channels[-1], bias=False)
        self.fine_offset = nn.Linear(IMPLICIT_SIZE, 2 * channels[1], bias=False)
        self.deep = nn.Sequential(*(Residual(channels[-1]) for _ in range(sizes.blocks)))
        self.up = nn.ModuleList(nn.Conv2d(b, a, 1) for a, b in pairwise(channels))
        # hands are told again on the way back, at two scales
        told = [HAND_CHANNELS, HAND_CHANNELS, 0]
        self.merge = nn.ModuleList(
            nn.Conv2d(a + t, a, 3, padding=1) for a, t in zip(channels[:-1], told, strict=True)
        )
        self.refine = nn.ModuleList(Residual(a) for a in channels[:-1])
        self.changes = nn.Conv2d(width, 4 * CHANGES, 3, padding=1)
        self.shift = nn.Conv2d(width, 2, 3, padding=1)
        for head in (self.changes, self.shift):
            nn.init.zeros_(head.weight)
            if head.bias is not None:
                nn.init.zeros_(head.bias)

    def forward(
        self,
        pictures: Tensor,
        *,
        gates: Tensor,
        hands: Tensor,
        flow: Tensor,
        fine: Tensor,
        coarse: Tensor,
        skin: Tensor,
        implicit: Tensor,
    ) -> tuple[Tensor, Tensor]:
        """The repainted picture (B, 3, H, W), and by how much it was moved (B, 2, h, w), px.

        pictures (B, 3 P, H, W) in [0, 1]: the first is repainted, the last is the scene behind,
        what is between is known beside
        gates (B, 6, h, w) and hands (B, 4, h, w) in [0, 1] (normals: 0.5 is zero)
        flow (B, 2, q) px; fine, coarse: the portrait's features, moved by it; skin (B, 3); implicit
        (B, 16), zeros where nothing is known
        """
        seen = functional.pixel_unshuffle(relative(pictures, skin), 2)
        x = self.stem(torch.cat([seen, gates, hands], 1))
        kept, beside = (
            [x],
            [None, torch.cat([fine, (flow / FLOW_UNIT_PX).to(fine.dtype)], 1), coarse, None],
        )
        for level, down in enumerate(self.down, 1):
            x = down(functional.silu(x))
            if (more := beside[level]) is not None:
                x = self.join[level](torch.cat([x, more], 1))
            kept.append(x)
        x = self.deep(told_offset(kept.pop(), self.offset(implicit)))
        told = [hands, functional.avg_pool2d(hands, 2), None]
        for level in (2, 1, 0):
            x = functional.interpolate(self.up[level](x), scale_factor=2.0, mode="nearest")
            x = functional.silu(x + kept.pop())
            if (more := told[level]) is not None:
                x = torch.cat([x, more], 1)
            x = self.merge[level](x)
            if level == 1:
                x = told_offset(x, self.fine_offset(implicit))
            x = self.refine[level](x)
        x = functional.silu(x)
        opened = enlarged(gates)
        # the composite, whether it is repainted or known beside
        kept = kept_teeth(pictures[:, -6:-3], opened[:, Gate.MOUTH : Gate.MOUTH + 1], skin)
        moves = bounded_moves(self.shift(x), gates * (1 - functional.max_pool2d(kept, 2)))
        changes = functional.pixel_shuffle(self.changes(x), 2)
        return repainted(pictures, opened * (1 - kept), changes, moves, skin), moves


def told_offset(x: Tensor, offset: Tensor) -> Tensor:
    """Features (B, C, h, w) scaled and shifted by an offset (B, 2 C)."""
    scale, shift = offset[..., None, None].chunk(2, 1)
    return x * (1 + scale) + shift


def teeth(picture: Tensor, skin: Tensor) -> Tensor:
    """(B, 1, H, W) in [0, 1]: what looks like teeth in a picture (B, 3, H, W) of a mouth."""
    red, green = (
        picture[:, k : k + 1] / skin[:, k, None, None, None].clamp_min(LEAST_COLOUR)
        for k in range(2)
    )
    return _ramp(green / red.clamp_min(LEAST_COLOUR), TOOTH_GREEN_RED) * _ramp(green, TOOTH_GREEN)


def kept_teeth(picture: Tensor, mouth: Tensor, skin: Tensor) -> Tensor:
    """(B, 1, H, W) in [0, 1]: teeth and their edges, as far as there is a mouth (B, 1, H, W)."""
    near = functional.max_pool2d(teeth(picture, skin), TOOTH_CELLS, 1, TOOTH_CELLS // 2)
    return near * (mouth * MOUTH_SHARE).clamp(0, 1)


def _ramp(values: Tensor, limits: tuple[float, float]) -> Tensor:
    low, high = limits
    return ((values - low) / (high - low)).clamp(0, 1)


def relative(pictures: Tensor, skin: Tensor) -> Tensor:
    """Pictures (B, 3 P, H, W) relative to skin (B, 3), of the order of one."""
    count = pictures.shape[1] // 3
    return (pictures - skin.repeat(1, count)[..., None, None]) * 2.0


def bound(gates: Tensor, limits: tuple[float, ...]) -> Tensor:
    """(B, 1, ...): the largest change that any of the gates (B, G, ...) with a limit allows."""
    # One number at a time: a table would be copied to the device again in every frame.
    allowed = [gates[:, k : k + 1] * most for k, most in enumerate(limits) if most > 0]
    return torch.cat(allowed, 1).amax(1, keepdim=True)


def repainted(
    pictures: Tensor, open_gates: Tensor, changes: Tensor, moves: Tensor, skin: Tensor
) -> Tensor:
    """The first picture, changed as far as gates allow.

    pictures (B, 3 P, H, W) as Painter takes them; open_gates (B, 6, H, W); changes (B, 5, H, W), of
    any size; moves (B, 2, h, w) px, bounded
    """
    picture, behind = pictures[:, :3], pictures[:, -3:]
    moved = sampled(picture.float(), enlarged(moves), "bicubic").to(picture.dtype)
    said = torch.tanh(changes)
    light = torch.exp(allowed(said[:, :1], open_gates, LIGHT, 2 * SMOOTH_CELLS))
    reach = bound(open_gates, SKIN_COLOUR) * skin[..., None, None]
    share = said[:, 4:].clamp_min(0) * bound(open_gates, BEHIND)
    person = moved * light + said[:, 1:4] * reach
    return (person + (behind - person) * share).clamp(0, 1)


def bounded_moves(shift: Tensor, gates: Tensor) -> Tensor:
    """(B, 2, h, w) px, float32: a shift of any size, as far as gates (B, 6, h, w) allow."""
    return allowed(torch.tanh(shift.float()), gates.float(), SHIFT_PX, SMOOTH_CELLS)


def allowed(said: Tensor, gates: Tensor, limits: tuple[float, ...], cells: int) -> Tensor:
    """What is said (B, C, ...), in [-1, 1], as far as gates (B, 6, ...) allow; of a body only what
    is smooth, a mean over so many cells."""
    small = functional.avg_pool2d(said, cells)
    smooth = functional.interpolate(
        small, size=said.shape[-2:], mode="bilinear", align_corners=False
    )
    body = gates[:, Gate.BODY : Gate.BODY + 1] * limits[Gate.BODY]
    return said * bound(gates, limits[: Gate.BODY]) + smooth * body


def enlarged(maps: Tensor) -> Tensor:
    return functional.interpolate(maps, scale_factor=2.0, mode="bilinear", align_corners=False)


def sampled(picture: Tensor, moves: Tensor, how: str = "bilinear") -> Tensor:
    """The picture (B, C, H, W) where each pixel's move (B, 2, H, W) px leads; float32.

    how: "bicubic" keeps what is sharp
    """
    height, width = picture.shape[-2:]
    x = torch.arange(width, device=picture.device) + 0.5
    y = torch.arange(height, device=picture.device) + 0.5
    at_x = (moves[:, 0] + x) * (2.0 / width) - 1.0
    at_y = (moves[:, 1] + y[:, None]) * (2.0 / height) - 1.0
    at = torch.stack([at_x, at_y], -1)
    return functional.grid_sample(picture, at, how, "border", align_corners=False)


def moved_features(fine: Tensor, coarse: Tensor, flow: Tensor) -> tuple[Tensor, Tensor]:
    """Features of the portrait where the flow (B, 2, q) px, portrait minus picture, puts them."""
    cells = flow.float() * 0.25
    eighths = functional.avg_pool2d(cells, 2) * 0.5
    return (
        sampled(fine.float(), cells).to(fine.dtype),
        sampled(coarse.float(), eighths).to(coarse.dtype),
    )
