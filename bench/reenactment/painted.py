"""Renderers of networks: either tier, whole or without one of its parts."""

from dataclasses import dataclass

import numpy as np

from bench.reenactment.networks import Networks
from pipeline.avatar import Avatar
from pipeline.face_crop import FaceCrop
from pipeline.gates import Gates, Guide
from pipeline.hands import HandLayer, Hands
from pipeline.motion_field import Field, MotionField
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


class _Painted:
    """What both tiers have in common; networks paint what the composite leaves open."""

    latency_s = 0.0

    def __init__(
        self, renderer: Renderer, avatar: Avatar, template: Template, networks: Networks
    ) -> None:
        self._renderer, self._networks = renderer, networks
        self._gates, self._crop = Gates(avatar, template), FaceCrop(template.model)
        self._subject = networks.subject(avatar)


class PaintedRenderer(_Painted):
    """The full tier, or what is left of it without some of its parts."""

    tier = "full"

    def __init__(
        self, avatar: Avatar, template: Template, motion_field: MotionField,
        *, networks: Networks, parts: Parts,
    ) -> None:  # fmt: skip
        drawn = Renderer if parts.hands else HandlessRenderer
        super().__init__(drawn(avatar, template, motion_field), avatar, template, networks)
        self._parts = parts

    def step(self, field: Field) -> np.ndarray:
        """Pixels (768, 512, 3) uint8 sRGB."""
        composite = self._renderer.composite(field)
        guide = self._gates.guide(composite)
        if not self._parts.hands_told:
            guide = Guide(guide.gates, np.zeros_like(guide.hands))
        corner = self._crop.corner(field)
        return self._networks.full(self._subject, composite, guide, corner, self._parts.refined)


class LiteRenderer(_Painted):
    """The lite tier: the composite with its face relit."""

    tier = "lite"

    def __init__(
        self, avatar: Avatar, template: Template, motion_field: MotionField, *, networks: Networks
    ) -> None:
        super().__init__(Renderer(avatar, template, motion_field), avatar, template, networks)

    def step(self, field: Field) -> np.ndarray:
        """Pixels (768, 512, 3) uint8 sRGB."""
        composite = self._renderer.composite(field)
        guide, corner = self._gates.guide(composite), self._crop.corner(field)
        return self._networks.lite(self._subject, composite, guide, corner)
