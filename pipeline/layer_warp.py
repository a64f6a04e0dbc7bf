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
        self._places = cv2.split(_grid(FRAME_HEIGHT_PX, FRAME_WIDTH_PX) * STEPS_PER_PX)
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
        for band in self.bands(coarse):
            # Band by band, what one step writes is still in the cache when the next one reads it.
            across, down = (
                cv2.scaleAdd(plane[band], STEPS_PER_PX, places[band])
                for plane, places in zip(flow, self._places, strict=True)
            )
            warped = cv2.remap(
                self._layer, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            )
            clear = cv2.cvtColor(cv2.extractChannel(warped, 3), cv2.COLOR_GRAY2RGB)
            behind = cv2.multiply(picture[band], clear, scale=1 / 255)
            cv2.add(cv2.cvtColor(warped, cv2.COLOR_RGBA2RGB), behind, dst=picture[band])
        return picture

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
