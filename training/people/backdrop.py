"""The plate behind the person: a softly blurred room, painted procedurally."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX

Rgb = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Backdrop:
    """wall, floor: colours (linear) at the top and bottom; window: (left, top, right, bottom) as
    shares of the frame and its light; lamps: (x, y, radius) shares; blur_px: of the whole;
    grain: relative, against bands."""

    wall: Rgb
    floor: Rgb
    window: tuple[float, float, float, float]
    window_light: Rgb
    shelves: tuple[tuple[float, float, float, float], ...]
    shelf_colour: Rgb
    accents: tuple[tuple[float, float, float, Rgb], ...]
    blur_px: float = 26.0
    grain: float = 0.004


def paint(backdrop: Backdrop, seed: int = 0) -> np.ndarray:
    """Linear radiance (768, 512, 3) float32, with a trace of grain so that it does not band."""
    margin = int(4 * backdrop.blur_px)
    h, w = FRAME_HEIGHT_PX, FRAME_WIDTH_PX
    big = (h + 2 * margin, w + 2 * margin)
    down = np.linspace(0, 1, big[0])[:, None, None] ** 1.3
    plate = np.array(backdrop.wall) * (1 - down) + np.array(backdrop.floor) * down
    plate = np.repeat(plate, big[1], 1).astype(np.float32)
    _rectangle(plate, backdrop.window, backdrop.window_light, margin)
    for shelf in backdrop.shelves:
        _rectangle(plate, shelf, backdrop.shelf_colour, margin)
    for x, y, radius, colour in backdrop.accents:
        centre = (int(margin + x * w), int(margin + y * h))
        cv2.circle(plate, centre, int(radius * w), colour, -1, cv2.LINE_AA)
    plate = cv2.GaussianBlur(_lens_blur(plate, backdrop.blur_px), (0, 0), backdrop.blur_px / 3)
    plate = plate[margin : margin + h, margin : margin + w]
    grain = np.random.default_rng(seed).normal(0, backdrop.grain, (h, w, 1)).astype(np.float32)
    return np.maximum(plate * (1 + grain), 0)


def _rectangle(plate: np.ndarray, box: tuple, colour: Rgb, margin: int) -> None:
    h, w = FRAME_HEIGHT_PX, FRAME_WIDTH_PX
    left, top, right, bottom = box
    x0, x1 = int(margin + left * w), int(margin + right * w)
    y0, y1 = int(margin + top * h), int(margin + bottom * h)
    plate[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)] = colour


def _lens_blur(plate: np.ndarray, radius_px: float) -> np.ndarray:
    """A disc-shaped kernel: out-of-focus highlights keep a rim, as through a lens."""
    size = 2 * int(radius_px) + 1
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)).astype(np.float32)
    return cv2.filter2D(plate, -1, disc / disc.sum(), borderType=cv2.BORDER_REPLICATE)
