"""The lite tier: the explicit composite, whose face a small network relights on the CPU."""

from copy import copy
from typing import Self

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.face_crop import FACE_PX, FaceCrop, border_ramp
from pipeline.gates import Gates
from pipeline.motion_field import Field
from pipeline.network import Network
from pipeline.renderer import Composite, Renderer
from pipeline.template import Template


class LiteRenderer:
    """Field in, portrait pixels out; one per avatar.

    renderer: makes the composite; network: a lite painter
    """

    latency_s = 0.0
    tier = "lite"

    def __init__(
        self, avatar: Avatar, template: Template, renderer: Renderer, network: Network
    ) -> None:
        self._renderer, self._network = renderer, network
        self._gates, self._crop = Gates(avatar, template), FaceCrop(template.model)
        self._skin = avatar.skin_colour[None]
        ramp = border_ramp()
        self._share = cv2.merge([np.minimum(ramp[:, None], ramp)] * 3)

    def over(self, background: np.ndarray) -> Self:
        """The same renderer with the person over another background, (768, 512, 3) uint8."""
        other = copy(self)
        other._renderer = self._renderer.over(background)
        return other

    def step(self, field: Field) -> np.ndarray:
        """Pixels (768, 512, 3) uint8 sRGB, a new array each time."""
        composite = self._renderer.composite(field)
        self._relight(composite, self._crop.corner(field))
        return composite.pixels

    def _relight(self, composite: Composite, corner: tuple[int, int]) -> None:
        """Paint over the face of a composite, unless it is as in the portrait."""
        gates = self._gates.of_face(composite, corner, FACE_PX)
        if not gates.any():
            return
        left, top = corner
        face = composite.pixels[top : top + FACE_PX, left : left + FACE_PX]
        made = self._network.run({
            "face": cv2.dnn.blobFromImage(face, 1 / 255),
            "gates": gates[None],
            "skin": self._skin,
        })  # fmt: skip
        light, *colours = made["changes"][0]
        size = (FACE_PX, FACE_PX)
        light = cv2.resize(light, size, interpolation=cv2.INTER_LINEAR)
        colour = cv2.resize(cv2.merge(colours), size, interpolation=cv2.INTER_LINEAR)
        change = cv2.multiply(face, cv2.merge([light] * 3), dtype=cv2.CV_32F)
        cv2.scaleAdd(colour, 255, change, dst=change)
        cv2.multiply(change, self._share, dst=change)
        face[...] = cv2.add(face, change, dtype=cv2.CV_8U)
