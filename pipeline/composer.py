"""From the portrait to the picture that the camera shows."""

from pathlib import Path

import numpy as np

from pipeline.frame_pool import FramePool
from pipeline.label import draw_pill
from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX, FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.side_fill import blurred_sides, picture_sides, plain_sides

# Width of the soft transition from the portrait to the sides.
FEATHER_PX = 40
LABEL_MARGIN_PX = 20


class Composer:
    """Places the 512x768 portrait in the frame, unscaled, and writes the label on it.

    At 1280x720 the portrait loses 24 rows at the top and at the bottom; the sides are filled once:
    `fill` is "blur" (`scene` continued outwards), "colour", or a picture (file or RGB array). At
    512x768 it only adds the label. The label stands in the portrait's lower left, where also
    clients that crop the frame to a square show it.

    scene: (768, 512, 3) uint8, the portrait's background, without the person where it is known

    `compose` returns a buffer that it does not write again while anybody holds it.
    """

    def __init__(
        self,
        scene: np.ndarray,
        width_px: int = CAMERA_WIDTH_PX,
        height_px: int = CAMERA_HEIGHT_PX,
        label: bool = True,
        fill: str | Path | np.ndarray = "blur",
    ) -> None:
        expected = (FRAME_HEIGHT_PX, FRAME_WIDTH_PX, 3)
        if scene.shape != expected or scene.dtype != np.uint8:
            raise ValueError(f"the scene must be {expected} uint8, not {scene.shape}")
        if width_px < FRAME_WIDTH_PX or not 0 < height_px <= FRAME_HEIGHT_PX:
            raise ValueError(f"a frame of {width_px}x{height_px} cannot hold the portrait")
        self._left = (width_px - FRAME_WIDTH_PX) // 2
        self._top = (FRAME_HEIGHT_PX - height_px) // 2
        self._height = height_px
        self._feather = min(FEATHER_PX, self._left)
        sides = self._sides(scene, width_px, fill)
        self._pool = FramePool(sides)
        self._edges = _soft_edges(sides, self._left, self._feather)
        self._label = _Stamp(draw_pill()) if label else None

    @property
    def latency_s(self) -> float:
        """Algorithmic delay: none."""
        return 0.0

    def compose(self, pixels: np.ndarray) -> np.ndarray:
        """(768, 512, 3) uint8 RGB to (height, width, 3) uint8 RGB."""
        frame = self._pool.take()
        shown = pixels[self._top : self._top + self._height]
        left, right = self._left, self._left + FRAME_WIDTH_PX
        feather = self._feather
        frame[:, left + feather : right - feather] = shown[:, feather : FRAME_WIDTH_PX - feather]
        if feather:
            left_edge, right_edge = self._edges
            left_edge.write(frame[:, left : left + feather], shown[:, :feather])
            right_edge.write(frame[:, right - feather : right], shown[:, -feather:])
        if self._label is not None:
            self._label.write(frame, left + LABEL_MARGIN_PX, self._height - LABEL_MARGIN_PX)
        return frame

    def _sides(self, scene: np.ndarray, width_px: int, fill: str | Path | np.ndarray):
        shown = scene[self._top : self._top + self._height]
        if width_px == FRAME_WIDTH_PX:
            return np.ascontiguousarray(shown)
        if isinstance(fill, str) and fill == "blur":
            return blurred_sides(shown, width_px, self._height)
        if isinstance(fill, str) and fill == "colour":
            return plain_sides(shown, width_px, self._height)
        return picture_sides(fill, width_px, self._height)


class _Edge:
    """Blends a strip of the portrait into the sides, in 8 bit fixed point."""

    def __init__(self, sides: np.ndarray, weight: np.ndarray) -> None:
        portrait_weight = np.rint(weight * 256).astype(np.uint16)[None, :, None]
        self._weight = np.broadcast_to(portrait_weight, sides.shape).copy()
        self._rest = sides.astype(np.uint16) * (256 - self._weight) + 128

    def write(self, target: np.ndarray, strip: np.ndarray) -> None:
        blended = strip * self._weight
        blended += self._rest
        blended >>= 8
        target[:] = blended


class _Stamp:
    """An RGBA picture blended into the frame at a fixed place."""

    def __init__(self, picture: np.ndarray) -> None:
        alpha = np.rint(picture[..., 3:].astype(np.float32) * (256 / 255)).astype(np.uint16)
        self._keep = np.broadcast_to(256 - alpha, (*alpha.shape[:2], 3)).copy()
        self._add = picture[..., :3].astype(np.uint16) * alpha + 128
        self._height, self._width = alpha.shape[:2]

    def write(self, frame: np.ndarray, left: int, bottom: int) -> None:
        place = frame[bottom - self._height : bottom, left : left + self._width]
        blended = place * self._keep
        blended += self._add
        blended >>= 8
        place[:] = blended


def _soft_edges(sides: np.ndarray, left: int, feather: int) -> tuple[_Edge, _Edge]:
    ramp = (np.arange(feather) + 0.5) / max(feather, 1)
    smooth = ramp * ramp * (3 - 2 * ramp)
    right = left + FRAME_WIDTH_PX
    return (
        _Edge(sides[:, left : left + feather], smooth),
        _Edge(sides[:, right - feather : right], smooth[::-1]),
    )
