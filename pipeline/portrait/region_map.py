"""Which part of a portrait is skin, hair, hat or cloth.

Each kind has a place around the face and colours learned from where it surely is; costs are
smoothed along the picture's own edges and the cheapest kind wins (Rhemann et al.: Fast Cost-Volume
Filtering, 2011).
"""

import cv2
import numpy as np

from pipeline.portrait.colour_model import ColourModel
from pipeline.portrait.face_frame import FaceFrame
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.portrait.matting import ColourRegression
from pipeline.portrait.trimap import face_hull
from pipeline.regions import Region

SHRINK = 2
FILTER_RADIUS_PX = 5
FILTER_EPSILON = 6e-4
MIN_SAMPLES = 40
# Nothing else says so much about a place as the face points do about skin.
PLACE_WEIGHT = 1.2
KINDS = (Region.SKIN, Region.HAIR, Region.CLOTH)
CHEEKS_AND_NOSE = (50, 280, 101, 330, 205, 425, 4, 5, 195, 118, 347)


def map_regions(pixels: np.ndarray, matte: np.ndarray, face: FaceLandmarks) -> np.ndarray:
    """(H, W) uint8 Region.

    pixels (H, W, 3) uint8 sRGB; matte (H, W) float32 in [0, 1]
    """
    small = cv2.resize(pixels, None, fx=1 / SHRINK, fy=1 / SHRINK, interpolation=cv2.INTER_AREA)
    alpha = cv2.resize(matte, small.shape[1::-1], interpolation=cv2.INTER_AREA)
    small_face = FaceLandmarks(face.points / SHRINK, face.score)
    kinds = _kinds(small, alpha, small_face)
    large = cv2.resize(kinds, matte.shape[::-1], interpolation=cv2.INTER_NEAREST)
    return np.where(matte > 0.5, large, Region.BACKGROUND).astype(np.uint8)


def _kinds(pixels: np.ndarray, alpha: np.ndarray, face: FaceLandmarks) -> np.ndarray:
    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB)
    frame = FaceFrame.of(face)
    hull = face_hull(face, alpha.shape) > 0
    places = place_costs(frame, face, hull)
    skin = likely_skin(lab, hull, face)
    person = alpha > 0.9
    sure = {
        Region.SKIN: skin,
        Region.HAIR: person & (places[1] < 0.2),
        Region.CLOTH: person & (places[2] < 0.2),
    }
    costs = []
    for kind, place in zip(KINDS, places, strict=True):
        samples = lab[sure[kind]]
        # What looks like skin teaches nothing about hair and cloth.
        if kind != Region.SKIN and len(samples) > MIN_SAMPLES:
            skin_model = ColourModel(lab[skin])
            unlike = skin_model.log_likelihood(samples[None])[0] < -9
            samples = samples[unlike] if unlike.sum() > MIN_SAMPLES else samples
        colour = -ColourModel(samples).log_likelihood(lab) if len(samples) > MIN_SAMPLES else 12.0
        costs.append(np.clip(colour, 4, 13) + PLACE_WEIGHT * place)
    guide = pixels.astype(np.float32) / 255
    regression = ColourRegression(guide, FILTER_RADIUS_PX, FILTER_EPSILON)
    smooth = []
    for cost in costs:
        smooth.append(regression.value(*regression.fit(np.where(alpha > 0.5, cost, 8))))
    labels = np.array(KINDS, np.uint8)[np.argmin(smooth, 0)]
    labels[hull] = Region.SKIN
    return labels


def likely_skin(lab: np.ndarray, hull: np.ndarray, face: FaceLandmarks) -> np.ndarray:
    """(H, W) bool: inside the face and coloured like cheeks and nose, whatever the light."""
    columns, rows = np.clip(
        face.points[list(CHEEKS_AND_NOSE), :2].astype(int), 0, np.array(hull.shape[::-1]) - 1
    ).T
    near = np.zeros(hull.shape, np.uint8)
    near[rows, columns] = 1
    near = cv2.dilate(near, np.ones((5, 5), np.uint8)) > 0
    centre = np.median(lab[near & hull], 0)
    away = np.abs(lab.astype(np.float32) - centre)
    return hull & (away[..., 0] < 60) & (away[..., 1:].max(-1) < 14)


def place_costs(
    frame: FaceFrame, face: FaceLandmarks, hull: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """How unlikely (H, W) it is to find skin, hair and cloth in a place, 0 at its best."""
    aside, up = frame.coordinates(hull.shape)
    chin, forehead = frame.height_of(face.points[152]), frame.height_of(face.points[10])
    beside_face = np.clip(np.abs(aside) - 0.9, 0, None)
    below_chin = chin - up
    skin = np.where(hull, 0, 1 + 1.5 * np.clip(below_chin - 0.8, 0, 2))
    skin = skin + 4 * np.clip((up - forehead) / 0.3, 0, 1) + np.where(up > chin, beside_face, 0)
    hair = 8.0 * hull + 1.5 * np.clip(below_chin + 0.2, 0, 3)
    hair = hair + np.clip(0.8 - np.abs(aside), 0, 1) * 3 * (up < chin)
    hair = hair + np.clip((forehead + 0.05 - up) * 1.5, 0, 1.2) * (up > chin)
    cloth = 8.0 * hull + 5 * np.clip((up - chin + 0.5) / 0.6, 0, 1.5)
    cloth = cloth + 1.5 * np.clip(1 - below_chin, 0, 1)
    return skin.astype(np.float32), hair.astype(np.float32), cloth.astype(np.float32)
