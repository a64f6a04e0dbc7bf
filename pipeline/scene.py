"""What stands behind the person in a wide frame, made once per avatar."""

from dataclasses import dataclass

import numpy as np

from pipeline.picture_settings import ORIGINAL, PictureSettings
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.side_fill import blurred_sides, one_colour, picture_sides


@dataclass(frozen=True, slots=True)
class Scene:
    """pixels (768, W, 3) uint8, at the portrait's scale, the portrait stands in its middle
    behind: (768, 512, 3) uint8, what is to be seen behind the person in the portrait's place; None
    where that is the portrait's own background
    """

    pixels: np.ndarray
    behind: np.ndarray | None = None

    @property
    def left(self) -> int:
        """Column at which the portrait begins."""
        return (self.pixels.shape[1] - FRAME_WIDTH_PX) // 2


def scene_width_px(width_px: int, height_px: int) -> int:
    """The even width of a scene that has the shape of the frame."""
    return max(round(FRAME_HEIGHT_PX * width_px / height_px / 2) * 2, FRAME_WIDTH_PX)


def make_scene(background: np.ndarray, settings: PictureSettings, width_px: int) -> Scene:
    """The scene of a portrait.

    background: (768, 512, 3) uint8, the portrait's, without the person
    Raises MediaError where the picture wanted behind the person cannot be read.
    """
    if settings.background == ORIGINAL:
        return Scene(blurred_sides(background, width_px, FRAME_HEIGHT_PX))
    if settings.picture is not None:
        pixels = picture_sides(settings.picture, width_px, FRAME_HEIGHT_PX)
    elif settings.colour is not None:
        pixels = one_colour(settings.colour, width_px, FRAME_HEIGHT_PX)
    else:
        pixels = blurred_sides(background, width_px, FRAME_HEIGHT_PX)
    left = (width_px - FRAME_WIDTH_PX) // 2
    return Scene(pixels, np.ascontiguousarray(pixels[:, left : left + FRAME_WIDTH_PX]))
