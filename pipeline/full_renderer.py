"""The full tier: networks repaint of the explicit composite what geometry cannot know."""

from copy import copy
from typing import Self

import numpy as np

from pipeline.avatar import Avatar
from pipeline.face_crop import FaceCrop
from pipeline.gates import Gates
from pipeline.motion_field import Field
from pipeline.painters_engine import FrameMaps, PaintersEngine, Subject
from pipeline.renderer import Composite, Renderer
from pipeline.template import Template


class FullRenderer:
    """Field in, portrait pixels out; one per avatar.

    renderer: makes the composite; engine: the painters, who get to know the portrait here
    painters: those who know it
    """

    latency_s = 0.0
    tier = "full"

    def __init__(
        self, avatar: Avatar, template: Template, renderer: Renderer, engine: PaintersEngine
    ) -> None:
        self.renderer = renderer
        self._gates, self._crop = Gates(avatar, template), FaceCrop(template.model)
        subject = Subject(avatar.portrait, avatar.matte, avatar.skin_colour, avatar.background)
        self.painters = engine.of(subject)

    def over(self, background: np.ndarray) -> Self:
        """The same renderer with the person over another background, (768, 512, 3) uint8."""
        other = copy(self)
        other.renderer = self.renderer.over(background)
        other.painters = self.painters.over(background)
        return other

    def step(self, field: Field) -> np.ndarray:
        """Pixels (768, 512, 3) uint8 sRGB, a new array each time."""
        return self.painters.paint(self.maps(field))

    def maps(self, field: Field) -> FrameMaps:
        """What the painters are given of a frame."""
        return self.guided(self.renderer.composite(field))

    def guided(self, composite: Composite) -> FrameMaps:
        """The same of a composite."""
        field, guide = composite.field, self._gates.guide(composite)
        return FrameMaps(
            composite.pixels, guide.gates, guide.hands, field.flow, self._crop.corner(field),
            field.geometry.implicit,
        )  # fmt: skip
