"""From the portrait to the picture that the camera shows."""

import cv2
import numpy as np

from pipeline.frame_pool import FramePool
from pipeline.label import draw_pill
from pipeline.picture_settings import PictureSettings
from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX, FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.scene import Scene
from pipeline.view import View, choose_view

# Width of the soft transition from the portrait to the sides, at the portrait's scale; where one
# background goes through behind both, only what is cut off of the person has to end softly.
FEATHER_PX = 40
SHORT_FEATHER_PX = 20
LABEL_MARGIN_PX = 20


class Composer:
    """Places the 512x768 portrait in its scene, shows the part that is wanted, and labels it.

    As a rule the portrait stands unscaled in 1280x720 and loses 24 rows at the top and at the
    bottom; another framing or a zoom scales it. The scene is drawn once. The label stands within
    the portrait, where also clients that crop the frame to a square show it.

    `compose` returns a buffer that it does not write again while anybody holds it.
    """

    def __init__(
        self,
        scene: Scene,
        settings: PictureSettings | None = None,
        width_px: int = CAMERA_WIDTH_PX,
        height_px: int = CAMERA_HEIGHT_PX,
    ) -> None:
        settings = settings or PictureSettings()
        rows, columns = scene.pixels.shape[:2]
        if rows != FRAME_HEIGHT_PX or columns < FRAME_WIDTH_PX or scene.pixels.dtype != np.uint8:
            raise ValueError(f"the scene must be 768 rows of uint8, not {scene.pixels.shape}")
        if width_px < FRAME_WIDTH_PX or not 0 < height_px <= FRAME_HEIGHT_PX:
            raise ValueError(f"a frame of {width_px}x{height_px} cannot hold the portrait")
        view = choose_view(settings, width_px, height_px, columns)
        frame = _scaled(_part(scene.pixels, view), width_px, height_px)
        self._place = _Place(scene, view, width_px, height_px)
        self._pool = FramePool(frame)
        self._edges = self._place.edges(frame)
        self._label = None
        if settings.label != "none":
            self._label = _Stamp(draw_pill(), self._place, settings.label)

    @property
    def latency_s(self) -> float:
        """Algorithmic delay: none."""
        return 0.0

    def compose(self, pixels: np.ndarray) -> np.ndarray:
        """(768, 512, 3) uint8 RGB to (height, width, 3) uint8 RGB."""
        frame = self._pool.take()
        place = self._place
        shown = place.shown(pixels)
        columns = slice(place.left_feather, shown.shape[1] - place.right_feather)
        frame[:, place.left + columns.start : place.left + columns.stop] = shown[:, columns]
        for edge in self._edges:
            edge.write(frame, shown)
        if self._label is not None:
            self._label.write(frame)
        return frame


class _Place:
    """Where the portrait comes to stand in the frame.

    left, right: columns of the frame; left_feather, right_feather: how much of it is blended with
    the sides there
    """

    def __init__(self, scene: Scene, view: View, width_px: int, height_px: int) -> None:
        self.width_px, self.height_px = width_px, height_px
        scale = width_px / view.width
        first = max(scene.left, view.left)
        last = min(scene.left + FRAME_WIDTH_PX, view.left + view.width)
        self._columns = slice(first - scene.left, last - scene.left)
        self._rows = slice(view.top, view.top + view.height)
        self.left = round((first - view.left) * scale)
        self.right = round((last - view.left) * scale)
        self._size = (self.right - self.left, height_px)
        self._scaled = self._size != (last - first, view.height)
        feather = round((FEATHER_PX if scene.behind is None else SHORT_FEATHER_PX) * scale)
        self.left_feather = min(feather, self.left)
        self.right_feather = min(feather, width_px - self.right)

    def shown(self, pixels: np.ndarray) -> np.ndarray:
        """The part of the portrait that is seen, at the frame's scale."""
        part = pixels[self._rows, self._columns]
        return _scaled(part, *self._size) if self._scaled else part

    def edges(self, frame: np.ndarray) -> list["_Edge"]:
        """The strips in which the portrait goes over into the sides."""
        left, right = self.left_feather, self.right_feather
        found = []
        if left:
            found.append(_Edge(frame, self.left, 0, _ramp(left)))
        if right:
            found.append(_Edge(frame, self.right - right, -right, _ramp(right)[::-1]))
        return found


class _Edge:
    """Blends a strip of the portrait into the sides, in 8 bit fixed point."""

    def __init__(self, sides: np.ndarray, left: int, first: int, weight: np.ndarray) -> None:
        self._at = slice(left, left + len(weight))
        self._of = slice(first, first + len(weight) or None)
        strip = sides[:, self._at]
        portrait_weight = np.rint(weight * 256).astype(np.uint16)[None, :, None]
        self._weight = np.broadcast_to(portrait_weight, strip.shape).copy()
        self._rest = strip.astype(np.uint16) * (256 - self._weight) + 128

    def write(self, frame: np.ndarray, shown: np.ndarray) -> None:
        blended = shown[:, self._of] * self._weight
        blended += self._rest
        blended >>= 8
        frame[:, self._at] = blended


class _Stamp:
    """An RGBA picture blended into a corner of the portrait."""

    def __init__(self, picture: np.ndarray, place: _Place, corner: str) -> None:
        alpha = np.rint(picture[..., 3:].astype(np.float32) * (256 / 255)).astype(np.uint16)
        self._keep = np.broadcast_to(256 - alpha, (*alpha.shape[:2], 3)).copy()
        self._add = picture[..., :3].astype(np.uint16) * alpha + 128
        height, width = alpha.shape[:2]
        # The middle of the frame that is left where it is cropped to a square.
        spare = max(place.width_px - place.height_px, 0) // 2
        left = max(place.left, spare) + LABEL_MARGIN_PX
        right = min(place.right, place.width_px - spare) - LABEL_MARGIN_PX - width
        top, bottom = LABEL_MARGIN_PX, place.height_px - LABEL_MARGIN_PX - height
        row, column = (
            bottom if corner.startswith("lower") else top,
            left if corner.endswith("left") else right,
        )
        self._at = np.s_[row : row + height, column : column + width]

    def write(self, frame: np.ndarray) -> None:
        place = frame[self._at]
        blended = place * self._keep
        blended += self._add
        blended >>= 8
        place[:] = blended


def _part(scene: np.ndarray, view: View) -> np.ndarray:
    return scene[view.top : view.top + view.height, view.left : view.left + view.width]


def _scaled(pixels: np.ndarray, width_px: int, height_px: int) -> np.ndarray:
    if pixels.shape[:2] == (height_px, width_px):
        return np.ascontiguousarray(pixels)
    return cv2.resize(pixels, (width_px, height_px), interpolation=cv2.INTER_CUBIC)


def _ramp(length: int) -> np.ndarray:
    """(length,) from 0 to 1, flat at both ends."""
    ramp = (np.arange(length) + 0.5) / length
    return ramp * ramp * (3 - 2 * ramp)
