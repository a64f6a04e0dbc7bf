"""The explicit composite: the portrait warped at full resolution, eyes, mouth and hands drawn in.

This is the first tier. Networks that add what geometry cannot start from the same picture.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.eye_view import EyeFinder
from pipeline.eyeball import Eyeball
from pipeline.eyelids import Eyelids
from pipeline.hands import Hands
from pipeline.lip_sheets import LipSheets
from pipeline.motion_field import Field, MotionField
from pipeline.mouth_interior import MouthInterior
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.template import Template

STEPS_PER_PX = 2
# Both coordinates are in the first map; cv2's type hints do not know that the second may be None.
NO_SECOND_MAP: Any = None
BAND_PX = 96
# How far heads and shoulders travel from the portrait's outline.
REACH_PX = 64


class Renderer:
    """Field in, portrait pixels out; one per avatar."""

    latency_s = 0.0
    tier = "lite"

    def __init__(self, avatar: Avatar, template: Template, motion_field: MotionField) -> None:
        source = motion_field.source
        self._lips = LipSheets(template.model, source)
        self._eyes = [EyeFinder(template.model, source, eye) for eye in (0, 1)]
        self._lids = [Eyelids(avatar, eye.source) for eye in self._eyes]
        self._eyeballs = [
            Eyeball(avatar, template, source, eye.source, index)
            for index, eye in enumerate(self._eyes)
        ]
        self._mouth = MouthInterior(avatar, template, source)
        self._hands = Hands(avatar, template)
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hands")
        self._layer = between_pixels(foreground_layer(avatar))
        self._background = avatar.background
        self._bands = person_bands(avatar.matte)
        rows, columns = np.mgrid[0:FRAME_HEIGHT_PX, 0:FRAME_WIDTH_PX].astype(np.float32)
        self._grid = np.stack([columns, rows], -1) * STEPS_PER_PX

    def step(self, field: Field) -> np.ndarray:
        """Pixels (768, 512, 3) uint8 sRGB, a new array each time."""
        # Hands need nothing of the warp and take as long: they are rendered beside it.
        hands = self._beside.submit(self._hands.render, field)
        flow = cv2.resize(
            field.flow, (FRAME_WIDTH_PX, FRAME_HEIGHT_PX), interpolation=cv2.INTER_LINEAR
        )
        line = self._lips.line(field)
        self._lips.apply(flow, field, line)
        eyes = [eye.find(field) for eye in self._eyes]
        patches = [lid.stretch(flow, eye) for lid, eye in zip(self._lids, eyes, strict=True)]
        picture = self._composite(cv2.scaleAdd(flow, STEPS_PER_PX, self._grid))
        for lid, patch in zip(self._lids, patches, strict=True):
            lid.paint(picture, patch)
        for ball, eye in zip(self._eyeballs, eyes, strict=True):
            ball.paint(picture, field, eye)
        self._mouth.paint(picture, field, line)
        if (layer := hands.result()) is not None:
            layer.draw(picture)
        return picture

    def _composite(self, source_of_pixel: np.ndarray) -> np.ndarray:
        """Warp the foreground and its matte, over the background that stays where it is.

        source_of_pixel: (768, 512, 2) in steps of the finer layer
        """
        picture = self._background.copy()
        for rows, columns in self._bands:
            warped = cv2.remap(
                self._layer,
                source_of_pixel[rows, columns],
                NO_SECOND_MAP,
                cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )
            behind = cv2.cvtColor(255 - warped[..., 3], cv2.COLOR_GRAY2RGB)
            behind = cv2.multiply(picture[rows, columns], behind, scale=1 / 255)
            cv2.add(cv2.cvtColor(warped, cv2.COLOR_RGBA2RGB), behind, dst=picture[rows, columns])
        return picture


def between_pixels(layer: np.ndarray) -> np.ndarray:
    """The layer with Lanczos-interpolated values between its pixels, (2H - 1, 2W - 1, C).

    Linear sampling of this is as sharp as cubic sampling of the original, a still picture comes out
    unchanged, and it takes a fifth of the time.
    """
    height, width = layer.shape[:2]
    rows, columns = np.mgrid[0 : height * STEPS_PER_PX - 1, 0 : width * STEPS_PER_PX - 1]
    at = (np.stack([columns, rows], -1) / STEPS_PER_PX).astype(np.float32)
    return cv2.remap(layer, at, NO_SECOND_MAP, cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REPLICATE)


def person_bands(matte: np.ndarray) -> list[tuple[slice, slice]]:
    """Rows and columns of the picture that the person can reach, band by band."""
    bands = []
    for top in range(0, FRAME_HEIGHT_PX, BAND_PX):
        near = matte[max(top - REACH_PX, 0) : top + BAND_PX + REACH_PX]
        columns = np.flatnonzero(near.any(0))
        if len(columns):
            left, right = max(columns[0] - REACH_PX, 0), columns[-1] + 1 + REACH_PX
            bands.append((slice(top, top + BAND_PX), slice(left, min(right, FRAME_WIDTH_PX))))
    return bands


def foreground_layer(avatar: Avatar) -> np.ndarray:
    """Premultiplied RGBA (768, 512, 4) uint8 of the person without the background's colour."""
    alpha = avatar.matte.astype(np.float32)[..., None] / 255
    portrait, background = (
        picture.astype(np.float32) for picture in (avatar.portrait, avatar.background)
    )
    # portrait = colour * alpha + background * (1 - alpha)
    premultiplied = np.clip(portrait - background * (1 - alpha), 0, 255 * alpha)
    return np.concatenate([premultiplied, alpha * 255], 2).round().astype(np.uint8)
