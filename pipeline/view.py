"""Which part of the scene the frame shows: the framing and the zoom of the user."""

from dataclasses import dataclass

from pipeline.picture_settings import PictureSettings
from pipeline.rates import FRAME_HEIGHT_PX

# A little below the crown of portraits: a closer view cuts the chest, not the hair.
CROWN_ROW_PX = 88
SHOULDERS_ZOOM = 1.5


@dataclass(frozen=True, slots=True)
class View:
    """A rectangle of the scene, whole pixels of the portrait's scale."""

    left: int
    top: int
    width: int
    height: int


def choose_view(settings: PictureSettings, width_px: int, height_px: int, scene_px: int) -> View:
    """The view that fills a frame of width_px x height_px.

    scene_px: width of the scene, whose height is the portrait's
    Zoom is about the crown of the head, which stays where it is.
    """
    if settings.framing == "fit":
        width, height = float(scene_px), float(FRAME_HEIGHT_PX)
    else:
        width, height = float(min(width_px, scene_px)), float(min(height_px, FRAME_HEIGHT_PX))
    left, top = (scene_px - width) / 2, (FRAME_HEIGHT_PX - height) / 2
    zoom = settings.zoom * (SHOULDERS_ZOOM if settings.framing == "shoulders" else 1.0)
    middle = scene_px / 2
    return View(
        round(middle - (middle - left) / zoom),
        round(CROWN_ROW_PX - (CROWN_ROW_PX - top) / zoom),
        round(width / zoom),
        round(height / zoom),
    )
