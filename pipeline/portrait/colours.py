"""Colours of skin and sleeves, for hands and arms that the portrait does not show."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.portrait.face_frame import FaceFrame
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.portrait.trimap import face_hull
from pipeline.regions import Region

# Eyes with lashes, brows and lips are no skin.
FEATURES = (
    (33, 160, 158, 133, 153, 144),
    (263, 387, 385, 362, 380, 373),
    (70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    (300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
    (61, 40, 0, 270, 291, 321, 17, 91),
)
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
    """(3,) float32 sRGB in [0, 1]: the median over the bare skin of the face."""
    bare = (face_hull(face, regions.shape) > 0) & (regions == Region.SKIN)
    features = np.zeros(regions.shape, np.uint8)
    for points in FEATURES:
        outline = cv2.convexHull(face.points[list(points), :2].astype(np.float32))
        cv2.fillConvexPoly(features, np.round(outline[:, 0]).astype(np.int32), 1)
    grown = 2 * round(0.06 * face.inter_ocular_px) + 1
    bare &= cv2.dilate(features, np.ones((grown, grown), np.uint8)) == 0
    return median_colour(pixels[bare], np.array(AVERAGE_SKIN))


def median_colour(colours: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """(3,) float32 in [0, 1] of colours (N, 3) uint8."""
    if len(colours) < MIN_PIXELS:
        return np.asarray(otherwise, np.float32)
    return (np.median(colours, 0) / 255).astype(np.float32)
