"""The explicit composite: the portrait warped at full resolution, eyes, mouth and hands drawn in.

This is the first tier. Networks that add what geometry cannot start from the same picture.
"""

from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from typing import Self

import numpy as np

from pipeline.avatar import Avatar
from pipeline.eye_view import EyeFinder, EyeView
from pipeline.eyeball import Eyeball
from pipeline.eyelids import Eyelids
from pipeline.hands import HandLayer, Hands
from pipeline.layer_warp import LayerWarp
from pipeline.lip_sheets import LipLine, LipSheets
from pipeline.motion_field import Field, MotionField
from pipeline.mouth_interior import MouthInterior
from pipeline.pull_push import enlarged
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.template import Template


@dataclass(frozen=True, slots=True)
class Composite:
    """pixels (768, 512, 3) uint8 sRGB, and how they came about: the field, the line of the lips,
    both eyes, how far each differs from the portrait's (0 not at all, 1 certainly), the hands."""

    pixels: np.ndarray
    field: Field
    line: LipLine
    eyes: tuple[EyeView, EyeView]
    eyes_moved: tuple[float, float]
    hands: HandLayer | None


class Renderer:
    """Field in, portrait pixels out; one per avatar."""

    latency_s = 0.0
    tier = "lite"

    def __init__(self, avatar: Avatar, template: Template, motion_field: MotionField) -> None:
        source, self._edge = motion_field.source, motion_field.edge
        self._lips = LipSheets(avatar, template, source)
        self._eyes = [EyeFinder(avatar, template.model, source, eye) for eye in (0, 1)]
        self._lids = [Eyelids(avatar, eye.source) for eye in self._eyes]
        self._eyeballs = [
            Eyeball(avatar, template, source, eye.source, index)
            for index, eye in enumerate(self._eyes)
        ]
        self._mouth = MouthInterior(avatar, template, source, self._lips)
        self._hands = Hands(avatar, template)
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hands")
        self._warp = LayerWarp(avatar)

    def over(self, background: np.ndarray) -> Self:
        """The same renderer with the person over another background, (768, 512, 3) uint8."""
        other = copy(self)
        other._warp = self._warp.over(background)
        return other

    def step(self, field: Field) -> np.ndarray:
        """Pixels (768, 512, 3) uint8 sRGB, a new array each time."""
        return self.composite(field).pixels

    def composite(self, field: Field) -> Composite:
        """The same with what a network wants to know about it."""
        # Hands need nothing of the warp and take as long: they are rendered beside it.
        hands = self._beside.submit(self._hands.render, field)
        flow = enlarged(field.front.transpose(2, 0, 1), FRAME_WIDTH_PX, FRAME_HEIGHT_PX)
        line = self._lips.line(field)
        self._lips.apply(flow, field, line)
        self._edge.cut(flow, field.behind.transpose(2, 0, 1))
        left, right = (eye.find(field) for eye in self._eyes)
        patches = [
            lid.stretch(flow, eye) for lid, eye in zip(self._lids, (left, right), strict=True)
        ]
        picture = self._warp.render(flow, field.flow)
        for lid, patch in zip(self._lids, patches, strict=True):
            lid.paint(picture, patch)
        left_moved, right_moved = (
            ball.paint(picture, field, eye, patch.moves if patch else 0.0)
            for ball, eye, patch in zip(self._eyeballs, (left, right), patches, strict=True)
        )
        self._mouth.paint(picture, field, line)
        if (layer := hands.result()) is not None:
            layer.draw(picture)
        return Composite(picture, field, line, (left, right), (left_moved, right_moved), layer)
