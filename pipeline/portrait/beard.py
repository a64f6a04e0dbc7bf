"""The beard of a portrait: hair where the lower face should be skin."""

import cv2
import numpy as np

from pipeline.portrait.face_frame import CHIN, FaceFrame
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.regions import Region

# The lower face: along the jaw from one ear lobe to the other and back under the nose.
JAW = (58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288)
UNDER_NOSE = (410, 391, 164, 165, 186)
LIPS = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
CHEEKS = (50, 280, 101, 330, 205, 425)
CHIN_MIDDLE, CHIN_SIDES = (199, 200, 175, 208, 428), (194, 418, 32, 262, 211, 431)
# A dark beard: chin and its sides are this much darker than the cheeks (logarithm of lightness) and
# rougher. A grey one: they have this much less colour.
DARK, DARK_SIDES, ROUGH = -0.42, -0.35, 1.25
GREY, GREY_SIDES = 0.68, 0.78
# Scales in iris distances: hairs, and what is smooth beside them.
FINE, COARSE, PATCH = 0.012, 0.04, 0.06
# From cheek (0) to chin (1), colours beyond this are beard.
BEARD_SHARE, SURE_SHARE = 0.45, 0.7
# How far below the chin a beard may hang, in iris distances.
HANGING = 1.3
# What looks like skin there is beard no further down than this.
UNDER_CHIN = 0.22
# Rougher than this share of the chin it is beard all the same.
HAIRY = 0.6


def find_beard(pixels: np.ndarray, regions: np.ndarray, face: FaceLandmarks) -> np.ndarray:
    """(H, W) bool; all False for a face without a beard, or with stubble only.

    pixels (H, W, 3) uint8 sRGB; regions (H, W) uint8 Region, skin and hair found before
    """
    unit_px = face.inter_ocular_px
    colours = perceived(pixels, unit_px)
    cheek, middle = (_median_at(colours, points, face) for points in (CHEEKS, CHIN_MIDDLE))
    rough = roughness(pixels, unit_px)
    if not is_bearded(colours, rough, face):
        return np.zeros(regions.shape, bool)
    axis = middle - cheek
    share = ((colours - cheek) @ axis / (axis @ axis)).astype(np.float32)
    smooth = cv2.GaussianBlur(share, (0, 0), 0.03 * unit_px)
    lips = _polygon(regions.shape, face, LIPS, grow_px=round(0.05 * unit_px))
    inside = _polygon(regions.shape, face, (*JAW, *UNDER_NOSE)) & ~lips & (smooth > BEARD_SHARE)
    frame = FaceFrame.of(face)
    aside, up = frame.coordinates(regions.shape)
    below = frame.height_of(face.points[CHIN]) - up
    hair = (regions == Region.HAIR) & (below < HANGING)
    hairy = rough > HAIRY * _median_at(rough[..., None], CHIN_MIDDLE, face)[0]
    skin = (regions == Region.SKIN) & (smooth > SURE_SHARE)
    skin &= (below < UNDER_CHIN) | (hairy & (below < HANGING))
    hanging = (np.abs(aside) < 0.9) & (below > -0.4) & (hair | skin)
    whole = (inside | hanging).astype(np.uint8)
    _, parts = cv2.connectedComponents(whole)
    parts = parts.astype(np.int32)
    kept = np.flatnonzero(np.bincount(parts[inside], minlength=int(parts.max()) + 1) > 40)
    return np.isin(parts, kept[kept > 0])


def perceived(pixels: np.ndarray, unit_px: float) -> np.ndarray:
    """(H, W, 3) float32: logarithm of lightness, and a and b of Lab at a like scale."""
    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB).astype(np.float32)
    lab[..., 0] = np.log(lab[..., 0] + 8)
    lab[..., 1:] = (lab[..., 1:] - 128) / 40
    return cv2.GaussianBlur(lab, (0, 0), COARSE * unit_px)


def roughness(pixels: np.ndarray, unit_px: float) -> np.ndarray:
    """(H, W) float32: contrast of single hairs, in logarithm of brightness."""
    light = np.log(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32) + 8)
    detail = cv2.GaussianBlur(light, (0, 0), FINE * unit_px)
    detail -= cv2.GaussianBlur(light, (0, 0), COARSE * unit_px)
    return np.sqrt(cv2.GaussianBlur(detail**2, (0, 0), PATCH * unit_px))


def is_bearded(colours: np.ndarray, rough: np.ndarray, face: FaceLandmarks) -> bool:
    """Whether the chin is covered with hair: dark and rough, or grey beside coloured cheeks."""
    chroma = np.hypot(colours[..., 1], colours[..., 2])
    values = np.stack([colours[..., 0], rough, chroma], -1)
    cheek, middle, sides = (
        _median_at(values, points, face) for points in (CHEEKS, CHIN_MIDDLE, CHIN_SIDES)
    )
    dark = middle[0] - cheek[0] < DARK and sides[0] - cheek[0] < DARK_SIDES
    dark = dark and min(middle[1], sides[1]) > ROUGH * cheek[1]
    return bool(dark or (middle[2] < GREY * cheek[2] and sides[2] < GREY_SIDES * cheek[2]))


def _median_at(values: np.ndarray, points: tuple[int, ...], face: FaceLandmarks) -> np.ndarray:
    """Median (C,) of values (H, W, C) at face points."""
    height, width = values.shape[:2]
    column, row = np.clip(face.points[list(points), :2].astype(int), 0, (width - 1, height - 1)).T
    return np.median(values[row, column], axis=0)


def _polygon(
    size: tuple[int, ...], face: FaceLandmarks, points: tuple[int, ...], grow_px: int = 0
) -> np.ndarray:
    mask = np.zeros(size, np.uint8)
    outline = np.round(face.points[list(points), :2] - 0.5).astype(np.int32)
    cv2.fillPoly(mask, [outline], 1)
    if grow_px:
        mask = cv2.dilate(mask, np.ones((2 * grow_px + 1,) * 2, np.uint8))
    return mask > 0
