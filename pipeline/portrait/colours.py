"""Colours of skin and sleeves, for hands and arms that the portrait does not show."""

from dataclasses import dataclass

import numpy as np

from pipeline.portrait.face_frame import FaceFrame
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.regions import Region

# Forehead, cheeks, nose and chin: where skin is lit and rarely covered.
LIT_SKIN = (9, 151, 108, 337, 50, 280, 101, 330, 205, 425, 4, 5, 195, 199)
PATCH_PX = 3
# How far below the chin shoulders and upper arms are, and forearms, in iris distances.
SHOULDERS, FOREARMS = 1.1, 4.2
MIN_PIXELS = 60
BARE_SHARE = 0.35
AVERAGE_SKIN = (0.78, 0.6, 0.52)


@dataclass(frozen=True, slots=True)
class Colours:
    """skin, sleeve (3,) float32 sRGB in [0, 1]; long_sleeves: cloth reaches the wrists."""

    skin: np.ndarray
    sleeve: np.ndarray
    long_sleeves: bool


def find_colours(pixels: np.ndarray, regions: np.ndarray, face: FaceLandmarks) -> Colours:
    """Medians over the face's lit skin and the garment at shoulders and upper arms.

    pixels (H, W, 3) uint8 sRGB; regions (H, W) uint8 Region
    """
    skin = skin_colour(pixels, regions, face)
    frame = FaceFrame.of(face)
    aside, up = frame.coordinates(regions.shape)
    below_chin = frame.height_of(face.points[152]) - up
    cloth = regions == Region.CLOTH
    beside = cloth & (below_chin > SHOULDERS) & (np.abs(aside) > 1.1)
    chosen = beside if beside.sum() > MIN_PIXELS else cloth
    sleeve = median_colour(pixels[chosen], skin)
    arm = (below_chin > FOREARMS) & (np.abs(aside) > 0.6)
    bare, covered = (int((arm & (regions == kind)).sum()) for kind in (Region.SKIN, Region.CLOTH))
    unit_area = frame.unit_px**2
    long_sleeves = not (bare > 0.25 * unit_area and bare > BARE_SHARE * (bare + covered))
    return Colours(skin, sleeve, long_sleeves)


def skin_colour(pixels: np.ndarray, regions: np.ndarray, face: FaceLandmarks) -> np.ndarray:
    """(3,) float32 sRGB in [0, 1]."""
    height, width = regions.shape
    samples = []
    for column, row in face.points[list(LIT_SKIN), :2].astype(int):
        if PATCH_PX <= row < height - PATCH_PX and PATCH_PX <= column < width - PATCH_PX:
            here = (
                slice(row - PATCH_PX, row + PATCH_PX + 1),
                slice(column - PATCH_PX, column + PATCH_PX + 1),
            )
            samples.append(pixels[here][regions[here] == Region.SKIN])
    found = np.concatenate(samples) if samples else np.zeros((0, 3), np.uint8)
    return median_colour(found, np.array(AVERAGE_SKIN))


def median_colour(colours: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """(3,) float32 in [0, 1] of colours (N, 3) uint8."""
    if len(colours) < MIN_PIXELS:
        return np.asarray(otherwise, np.float32)
    return (np.median(colours, 0) / 255).astype(np.float32)
