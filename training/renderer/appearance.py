"""Appearance of real photographs: what was rendered, seen by another camera in another light."""

from dataclasses import dataclass, replace

import torch
from torch import Tensor

from training.renderer.colour_grade import ColourGrade
from training.renderer.jpeg import CHROMA_BLOCK_PX, compressed
from training.renderer.lens import Lens
from training.renderer.light_field import light_field, light_on_skin
from training.renderer.pair_chance import PairChance, frames_of
from training.renderer.style_filter import DICE, STYLE_FILTERS
from training.renderer.take_stream import TakeBatch

UNCHANGED_SHARE = 0.25
# Of the changed ones; an eighth of all has a style.
COMPRESSED_SHARE, STYLED_SHARE = 0.5, 1 / 6
QUALITY = (40, 95)
# Deviation of grain.
GRAIN = 0.02
# Of a batch, in bytes before and floats after.
PICTURES = ("composite", "truth", "behind", "source")


def recoloured(batch: TakeBatch, generator: torch.Generator) -> TakeBatch:
    """The batch with all its pictures, now floats in [0, 1], under the same change of appearance,
    the same for neighbours in time, and with the skin of the avatar in that light.

    All changes are of single pixels and smooth, or local and alike, so that the composite of a
    changed portrait is nearly the changed composite, and is true where it was. A truth is
    compressed like its composite: painters are to leave alone what compression has left.
    """
    device = batch.truth.device
    fates = _fates(len(batch.truth) // 2, generator, device)
    pictures = {name: getattr(batch, name).float() / 255 for name in PICTURES}
    frames = fates.changed
    if not len(frames):
        return replace(batch, **pictures)
    chance = PairChance(generator, len(frames) // 2, device)
    camera = _Camera.drawn(chance, fates, (batch.truth.shape[-2], batch.truth.shape[-1]))
    matte = batch.source_matte[frames, None].float() / 255
    skin = batch.skin.clone()
    light = light_on_skin(camera.light, pictures["source"][frames], matte, skin[frames])
    skin[frames] = camera.seen(skin[frames, :, None, None], light)[..., 0, 0]
    driven, still = camera.noise(generator), camera.noise(generator)
    for name, picture in pictures.items():
        noise = still if name == "source" else driven
        picture[frames] = camera.taken(picture[frames], noise)
    return replace(batch, **pictures, skin=skin)


@dataclass(frozen=True, slots=True)
class _Fates:
    """changed: frames of a batch; of these, counted anew, those that are compressed, and those of
    each number of STYLE_FILTERS."""

    changed: Tensor
    compressed: Tensor
    styled: dict[int, Tensor]


def _fates(pairs: int, generator: torch.Generator, device: torch.device) -> _Fates:
    # Comes first: a GPU is waited for here, before it has much to do.
    dice = torch.rand((pairs, 3), generator=generator, device=device).tolist()
    changed = [k for k, (any_change, _, _) in enumerate(dice) if any_change >= UNCHANGED_SHARE]
    compressed = [k for k, pair in enumerate(changed) if dice[pair][1] < COMPRESSED_SHARE]
    styled: dict[int, list[int]] = {}
    for k, pair in enumerate(changed):
        style = int(dice[pair][2] / STYLED_SHARE * len(STYLE_FILTERS))
        if style < len(STYLE_FILTERS):
            styled.setdefault(style, []).append(k)
    return _Fates(
        frames_of(changed, device),
        frames_of(compressed, device),
        {style: frames_of(those, device) for style, those in styled.items()},
    )


@dataclass(frozen=True, slots=True)
class _Camera:
    """How B frames are taken: light (B, 3, H, W); grain, the deviation (B, 1, 1, 1); style_dice
    (B, 4, 1, 1); of N compressed frames quality (N,) and offset_px (N, 2)."""

    light: Tensor
    grade: ColourGrade
    lens: Lens
    grain: Tensor
    style_dice: Tensor
    quality: Tensor
    offset_px: Tensor
    fates: _Fates

    @classmethod
    def drawn(cls, chance: PairChance, fates: _Fates, size_px: tuple[int, int]) -> "_Camera":
        return cls(
            light_field(chance, size_px),
            ColourGrade.drawn(chance),
            Lens.drawn(chance),
            chance.within(0, GRAIN),
            chance.within(0, 1, DICE, 1, 1),
            chance.within(*QUALITY, 1)[fates.compressed, 0].round(),
            chance.within(0, CHROMA_BLOCK_PX, 2)[fates.compressed].long(),
            fates,
        )

    def seen(self, picture: Tensor, light: Tensor) -> Tensor:
        """Colours (B, 3, h, w) in a light that multiplies them, in [0, 1]."""
        return self._styled(self.grade.seen(picture, light))

    def noise(self, generator: torch.Generator) -> Tensor:
        """(B, 1, H, W)."""
        shape = (len(self.light), 1, *self.light.shape[-2:])
        return torch.randn(shape, generator=generator, device=self.light.device) * self.grain

    def taken(self, picture: Tensor, noise: Tensor) -> Tensor:
        """A whole picture (B, 3, H, W) in [0, 1]."""
        x = self.grade.seen(self.lens.fringed(picture), self.light)
        x = (self._styled(self.lens.focused(x)) + noise).clamp(0, 1)
        chosen = self.fates.compressed
        if len(chosen):
            x[chosen] = compressed(x[chosen], self.quality, self.offset_px)
        return x

    def _styled(self, picture: Tensor) -> Tensor:
        for style, frames in self.fates.styled.items():
            filtered = STYLE_FILTERS[style](picture[frames], self.style_dice[frames])
            picture[frames] = filtered.clamp(0, 1)
        return picture
