"""Renderers of networks: either tier as the product has it, or without one of its parts."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from bench.puppet import Moves
from bench.reenactment.networks import Networks
from pipeline.avatar import Avatar
from pipeline.full_renderer import FullRenderer
from pipeline.hands import HandLayer, Hands
from pipeline.implicit_offset import ImplicitOffset
from pipeline.lite_renderer import LiteRenderer
from pipeline.motion_field import Field, MotionField
from pipeline.networks.painters import Frame, Known, pasted
from pipeline.painters_engine import FrameMaps, Subject
from pipeline.renderer import Renderer
from pipeline.template import Template


@dataclass(frozen=True, slots=True)
class Parts:
    """What a row has of the full tier.

    hands: rendered and put over the picture; hands_told: told to the painters
    refined: with the face's own painter; implicit: told the guessed code
    """

    hands: bool = True
    hands_told: bool = True
    refined: bool = True
    implicit: bool = True


def full_renderer(
    avatar: Avatar, template: Template, motion_field: MotionField,
    *, networks: Networks, parts: Parts,
) -> FullRenderer:  # fmt: skip
    """The full tier with these of its parts."""
    drawn = Renderer if parts.hands else HandlessRenderer
    composites = drawn(avatar, template, motion_field)
    return FullRenderer(avatar, template, composites, PartialPainters(networks, parts))


def lite_renderer(
    avatar: Avatar, template: Template, motion_field: MotionField, *, networks: Networks
) -> LiteRenderer:
    """The lite tier."""
    composites = Renderer(avatar, template, motion_field)
    return LiteRenderer(avatar, template, composites, networks.lite)


def told(moves: Moves, *, networks: Networks) -> Moves:
    """The motion with the code that the product's stage guesses of it, frame by frame."""
    stage, made = ImplicitOffset(networks.implicit), []
    state = stage.init_state()
    for face, body in moves:
        offset, state = stage.step(face, body, state)
        made.append((face, offset))
    return made


class _NoHands(Hands):
    def __init__(self) -> None:
        """Nothing is prepared for what is never rendered."""

    def render(self, field: Field) -> HandLayer | None:
        return None


class HandlessRenderer(Renderer):
    """The explicit composite with no other arms than the portrait's own."""

    def __init__(self, avatar: Avatar, template: Template, motion_field: MotionField) -> None:
        super().__init__(avatar, template, motion_field)
        self._hands = _NoHands()


class PartialPainters:
    """The painters of the full tier, or some of them; behind painters_engine.PaintersEngine."""

    def __init__(self, networks: Networks, parts: Parts) -> None:
        self._networks, self._parts = networks, parts

    @property
    def provider(self) -> str:
        """ "torch cuda" or "torch cpu"."""
        return f"torch {self._networks.device.type}"

    def of(self, subject: Subject) -> "KnownPainters":
        """Painters who know this portrait."""
        return KnownPainters(self._networks, self._parts, subject)


class KnownPainters:
    """Painters who know one portrait; behind painters_engine.AvatarPainters."""

    @torch.inference_mode()
    def __init__(self, networks: Networks, parts: Parts, subject: Subject) -> None:
        self._networks, self._parts, self._subject = networks, parts, subject
        self._behind = self._unit(subject.background)
        self._skin = torch.from_numpy(np.asarray(subject.skin, np.float32))[None].to(
            networks.device, networks.precision
        )
        self._seen = self._unit(subject.portrait), self._unit(subject.matte[..., None])
        painters = networks.painters
        self._whole: Known = painters.generator.source(*self._seen, self._skin)
        self._face: Known = painters.face.source(*self._seen, self._skin)

    def over(self, background: np.ndarray) -> "KnownPainters":
        """The same before another background, (768, 512, 3) uint8."""
        subject = replace(self._subject, background=background)
        return KnownPainters(self._networks, self._parts, subject)

    @torch.inference_mode()
    def paint(self, maps: FrameMaps) -> np.ndarray:
        """The picture (768, 512, 3) uint8 sRGB."""
        frame, painters = self._frame(maps), self._networks.painters
        picture = painters.whole(frame, self._whole)
        if self._parts.refined:
            face = painters.refined(frame, picture, self._face)
            picture = pasted(picture, face, frame.face)
        bytes_HWC = picture[0].movedim(0, -1).float().clamp(0, 1) * 255 + 0.5
        return bytes_HWC.to(torch.uint8).cpu().numpy()

    def _frame(self, maps: FrameMaps) -> Frame:
        hands = maps.hands if self._parts.hands_told else np.zeros_like(maps.hands)
        flow = torch.from_numpy(np.ascontiguousarray(maps.flow)).to(self._skin.device)
        code = torch.from_numpy(maps.implicit.astype(np.float32))[None]
        return Frame(
            self._unit(maps.composite), self._behind, *self._seen, self._unit(maps.gates),
            self._unit(hands), flow.movedim(-1, 0)[None].float(), self._skin,
            torch.tensor([maps.corner], device=self._skin.device), code.to(self._skin),
        )  # fmt: skip

    def _unit(self, pixels: np.ndarray) -> Tensor:
        """(H, W, C) uint8 as (1, C, H, W) in [0, 1]."""
        there = torch.from_numpy(np.ascontiguousarray(pixels)).to(self._networks.device)
        return (there.movedim(-1, 0)[None].to(self._networks.precision) / 255).contiguous()
