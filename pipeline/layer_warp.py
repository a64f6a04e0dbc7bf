"""The person as a layer of colour and opacity, warped over a background that stays where it is."""

from copy import copy
from typing import Any, Self

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.rates import FIELD_STRIDE_PX, FRAME_HEIGHT_PX, FRAME_WIDTH_PX

STEPS_PER_PX = 2
# Both coordinates are in the first map; cv2's type hints do not know that the second may be None.
NO_SECOND_MAP: Any = None
BAND_PX = 48
# The flow of the mouth and of the lids may lead this much further than the field.
REACH_CELLS = 2


class LayerWarp:
    """Full-resolution flow in, portrait pixels out; one per avatar."""

    def __init__(self, avatar: Avatar) -> None:
        self._layer = between_pixels(foreground_layer(avatar))
        self._background = avatar.background
        self._across, self._down = cv2.split(_grid(BAND_PX, FRAME_WIDTH_PX) * STEPS_PER_PX)
        height, width = FRAME_HEIGHT_PX // FIELD_STRIDE_PX, FRAME_WIDTH_PX // FIELD_STRIDE_PX
        self._cells = cv2.split(_grid(height, width))
        blocks = avatar.matte.reshape(height, FIELD_STRIDE_PX, width, FIELD_STRIDE_PX)
        square = np.ones((2 * REACH_CELLS + 1,) * 2, np.uint8)
        self._near = cv2.dilate(blocks.max((1, 3)), square)

    def over(self, background: np.ndarray) -> Self:
        """The same person over another background, (768, 512, 3) uint8."""
        other = copy(self)
        other._background = background
        return other

    def render(self, flow: np.ndarray, coarse: np.ndarray) -> np.ndarray:
        """A new picture (768, 512, 3) uint8 sRGB.

        flow: (2, 768, 512) px, the portrait's pixel minus the picture's; coarse: (192, 128, 2) px,
        the same without what moves inside the person only
        """
        picture = self._background.copy()
        scratch = _Scratch()
        for rows, columns in self.bands(coarse):
            # Band by band, what one step writes is still in the cache when the next one reads it.
            self._draw(picture[rows, columns], flow[:, rows, columns], columns, rows.start, scratch)
        return picture

    def _draw(
        self, area: np.ndarray, flow: np.ndarray, columns: slice, top: int, scratch: "_Scratch"
    ) -> None:
        """Draw the person over the background in an area (BAND_PX, W, 3) of the picture."""
        across, down, warped, clear, clear_rgb, behind, colour = scratch.views(area.shape[1])
        # Places of one band, moved to this one: those of the whole picture fill no cache.
        cv2.scaleAdd(flow[0], STEPS_PER_PX, self._across[:, columns], dst=across)
        shift = STEPS_PER_PX * top
        cv2.addWeighted(flow[1], STEPS_PER_PX, self._down[:, columns], 1, shift, dst=down)
        cv2.remap(
            self._layer,
            across,
            down,
            cv2.INTER_LINEAR,
            dst=warped,
            borderMode=cv2.BORDER_REPLICATE,
        )
        cv2.extractChannel(warped, 3, dst=clear)
        cv2.cvtColor(clear, cv2.COLOR_GRAY2RGB, dst=clear_rgb)
        cv2.multiply(area, clear_rgb, scale=1 / 255, dst=behind)
        cv2.cvtColor(warped, cv2.COLOR_RGBA2RGB, dst=colour)
        cv2.add(colour, behind, dst=area)

    def bands(self, coarse: np.ndarray) -> list[tuple[slice, slice]]:
        """Rows and columns of the picture that show the person, band by band."""
        across, down = (
            cv2.scaleAdd(plane, 1 / FIELD_STRIDE_PX, cells)
            for plane, cells in zip(coarse.transpose(2, 0, 1), self._cells, strict=True)
        )
        shown = cv2.remap(
            self._near, across, down, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE
        )
        tall = shown.reshape(-1, BAND_PX // FIELD_STRIDE_PX, shown.shape[1])
        bands = []
        for top, cells in enumerate(tall.max(1)):
            columns = np.flatnonzero(cells)
            if len(columns):
                left, right = int(columns[0]), int(columns[-1]) + 1
                across = slice(left * FIELD_STRIDE_PX, right * FIELD_STRIDE_PX)
                bands.append((slice(top * BAND_PX, (top + 1) * BAND_PX), across))
        return bands


class _Scratch:
    """Memory that the bands of one picture share, so that it stays in the cache."""

    def __init__(self) -> None:
        pixels = BAND_PX * FRAME_WIDTH_PX
        kinds = ((1, np.float32),) * 2 + ((4, np.uint8), (1, np.uint8)) + ((3, np.uint8),) * 3
        self._flat = [(channels, np.empty(pixels * channels, kind)) for channels, kind in kinds]

    def views(self, width: int) -> list[np.ndarray]:
        """Map across, map down, what was warped, how clear that is, the same for three channels,
        what is behind, colour: contiguous arrays (BAND_PX, width[, channels])."""
        return [
            memory[: BAND_PX * width * channels].reshape(
                (BAND_PX, width) if channels == 1 else (BAND_PX, width, channels)
            )
            for channels, memory in self._flat
        ]


def between_pixels(layer: np.ndarray) -> np.ndarray:
    """The layer with Lanczos-interpolated values between its pixels, (2H - 1, 2W - 1, C).

    Linear sampling of this is as sharp as cubic sampling of the original, a still picture comes out
    unchanged, and it takes a fifth of the time.
    """
    height, width = layer.shape[:2]
    at = _grid(height * STEPS_PER_PX - 1, width * STEPS_PER_PX - 1) / STEPS_PER_PX
    return cv2.remap(layer, at, NO_SECOND_MAP, cv2.INTER_LANCZOS4, borderMode=cv2.BORDER_REPLICATE)


def foreground_layer(avatar: Avatar) -> np.ndarray:
    """The person without the background's colour, (768, 512, 4) uint8.

    Colour times opacity, then how much of the background shows: 255 - opacity.
    """
    alpha = avatar.matte.astype(np.float32)[..., None] / 255
    portrait, background = (
        picture.astype(np.float32) for picture in (avatar.portrait, avatar.background)
    )
    # portrait = colour * alpha + background * (1 - alpha)
    premultiplied = np.clip(portrait - background * (1 - alpha), 0, 255 * alpha)
    return np.concatenate([premultiplied, 255 - alpha * 255], 2).round().astype(np.uint8)


def portrait_over(avatar: Avatar, background: np.ndarray) -> np.ndarray:
    """The portrait, (768, 512, 3) uint8, with another background behind the person."""
    layer = foreground_layer(avatar).astype(np.float32)
    return (layer[..., :3] + background * (layer[..., 3:] / 255)).round().astype(np.uint8)


def _grid(height: int, width: int) -> np.ndarray:
    """(H, W, 2) float32: column and row of each pixel, from 0."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    return np.stack([columns, rows], -1)
