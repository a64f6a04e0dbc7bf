"""Which part of a portrait is skin, hair, hat or cloth.

Each kind has a place around the face and colours learned from where it surely is; costs are
smoothed along the picture's own edges and the cheapest kind wins (Rhemann et al.: Fast Cost-Volume
Filtering, 2011).
"""

import cv2
import numpy as np

from pipeline.portrait.beard import find_beard
from pipeline.portrait.colour_model import ColourModel
from pipeline.portrait.face_frame import CHIN, FOREHEAD, FaceFrame
from pipeline.portrait.glasses import find_glasses
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.portrait.matting import ColourRegression
from pipeline.portrait.trimap import face_hull
from pipeline.regions import Region

SHRINK = 2
FILTER_RADIUS_PX = 5
FILTER_EPSILON = 6e-4
MIN_SAMPLES = 40
# Costs are negative logarithms of probabilities, within what a few pixels can prove.
PLACE_WEIGHT = 1.2
BEST_COST, WORST_COST = 4.0, 13.0
SURE_PLACE = 0.2
UNLIKE_SKIN = -9.0
# Hair has no strong colours but those between red and yellow (hue of Lab in degrees).
HAT_CHROMA, HAIR_HUES = 16.0, (10.0, 100.0)
# Half width of the throat, and how dark it gets.
THROAT = 0.8
SHADES = (1.0, 0.75, 0.52)
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
    kinds[(kinds == Region.HAIR) & is_hat(small, kinds, alpha, small_face)] = Region.HAT
    large = cv2.resize(kinds, matte.shape[::-1], interpolation=cv2.INTER_NEAREST)
    large[find_beard(pixels, large, face)] = Region.BEARD
    large[find_glasses(pixels, face)] = Region.GLASSES
    return np.where(matte > 0.5, large, Region.BACKGROUND).astype(np.uint8)


def _kinds(pixels: np.ndarray, alpha: np.ndarray, face: FaceLandmarks) -> np.ndarray:
    """(h, w) uint8 Region of a small picture, as if all of it were the person."""
    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB)
    hull = face_hull(face, alpha.shape) > 0
    frame = FaceFrame.of(face)
    places = place_costs(frame, face, hull, alpha > 0.5)
    lit = pixels[likely_skin(lab, hull, face)]
    skin = ColourModel(shaded(lit, 1.0))
    # The chin throws its shade on the throat.
    aside, up = frame.coordinates(alpha.shape)
    throat = (np.abs(aside) < THROAT) & (up < frame.height_of(face.points[CHIN]) + 0.1)
    shade = ColourModel(shaded(lit, *SHADES)).log_likelihood(lab)
    likelihoods = [np.where(throat, shade, skin.log_likelihood(lab))]
    for place in places[1:]:
        samples = lab[(alpha > 0.9) & (place < SURE_PLACE)]
        # What looks like skin teaches nothing about hair and cloth.
        unlike = samples[skin.log_likelihood(samples[None])[0] < UNLIKE_SKIN]
        samples = unlike if len(unlike) > MIN_SAMPLES else samples
        known = len(samples) > MIN_SAMPLES
        likelihoods.append(
            ColourModel(samples).log_likelihood(lab) if known else np.full(alpha.shape, -WORST_COST)
        )
    guide = pixels.astype(np.float32) / 255
    regression = ColourRegression(guide, FILTER_RADIUS_PX, FILTER_EPSILON)
    smooth = []
    for likelihood, place in zip(likelihoods, places, strict=True):
        cost = np.clip(-likelihood, BEST_COST, WORST_COST) + PLACE_WEIGHT * place
        cost = np.where(alpha > 0.5, cost, WORST_COST).astype(np.float32)
        smooth.append(regression.value(*regression.fit(cost)))
    labels = np.array(KINDS, np.uint8)[np.argmin(smooth, 0)]
    labels[hull] = Region.SKIN
    return without_specks(labels)


def is_hat(
    pixels: np.ndarray, kinds: np.ndarray, alpha: np.ndarray, face: FaceLandmarks
) -> np.ndarray:
    """(H, W) bool, all or nothing: what covers the crown has a colour that hair does not grow in.

    A hat in a colour of hair stays hair, which is as stiff.
    """
    frame = FaceFrame.of(face)
    aside, up = frame.coordinates(kinds.shape)
    top = up > frame.height_of(face.points[FOREHEAD]) + 0.15
    crown = top & (np.abs(aside) < 0.9) & (kinds == Region.HAIR) & (alpha > 0.9)
    if crown.sum() < MIN_SAMPLES:
        return np.zeros(kinds.shape, bool)
    colours = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB)[crown].astype(np.float32) - 128
    middle = np.median(colours, 0)
    chroma, hue = float(np.hypot(*middle[1:])), float(np.degrees(np.arctan2(middle[2], middle[1])))
    unnatural = chroma > HAT_CHROMA and not HAIR_HUES[0] < hue < HAIR_HUES[1]
    return np.full(kinds.shape, unnatural) & top


def shaded(colours: np.ndarray, *shares: float) -> np.ndarray:
    """Lab (N, 3) uint8 of sRGB (M, 3) uint8, darkened to each share of its light."""
    darker = [np.round(colours * share).astype(np.uint8) for share in shares]
    return cv2.cvtColor(np.concatenate(darker)[None], cv2.COLOR_RGB2LAB)[0]


def without_specks(labels: np.ndarray) -> np.ndarray:
    """Small islands of one kind get the kind around them."""
    smooth = cv2.medianBlur(labels, 5)
    for kind in KINDS:
        count, parts, stats, _ = cv2.connectedComponentsWithStats((smooth == kind).astype(np.uint8))
        for part in range(1, count):
            if stats[part, cv2.CC_STAT_AREA] < MIN_SAMPLES * 3:
                here = parts == part
                rim = (cv2.dilate(here.astype(np.uint8), np.ones((3, 3))) > 0) & ~here
                smooth[here] = np.bincount(smooth[rim]).argmax()
    return smooth


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
    frame: FaceFrame, face: FaceLandmarks, hull: np.ndarray, person: np.ndarray
) -> list[np.ndarray]:
    """How unlikely (H, W) it is to find skin, hair and cloth in a place, 0 at its best.

    hull, person (H, W) bool: inside the face, inside the person
    """
    aside, up = frame.coordinates(hull.shape)
    aside = np.abs(aside)
    chin, forehead = frame.height_of(face.points[CHIN]), frame.height_of(face.points[FOREHEAD])
    below = chin - up
    under, throat = below > 0, aside < THROAT
    skin = np.where(throat & (below < 1), 0.3, 1.2) + 2.2 * np.clip(below - 0.7, 0, 1.6)
    skin += 5 * np.clip((up - forehead) / 0.15, 0, 1)
    skin += np.where(under, 0, 5 * np.clip(aside - 1.2, 0, 1))
    hair = np.where(throat, 5, 1 + 0.8 * below + 5 * np.clip(aside - 1.45, 0, 2))
    # Hair below the chin hangs down from beside it.
    beside = (below > -0.35) & (below < 0.05)
    support = (person & beside).sum(0) / np.maximum(beside.sum(0), 1)
    hair += 4 * (1 - support[None])
    far = np.clip((aside - 1.4) / 0.5, 0, 1) * np.clip((0.2 - up) / 0.5, 0, 1)
    above = 1.5 * np.clip(forehead - 0.1 - up, 0, 1) * (aside < 1.0) + 6 * far
    hair = np.where(under, hair, above)
    cloth = np.where(throat, 2.5, 1.2) * np.clip(1 - below, 0, 1) * (aside < 1.6)
    cloth += 5 * np.clip((0.1 - below) / 0.5, 0, 1.5) * (1 - 0.8 * far)
    places = [np.where(hull, cost, place) for cost, place in ((0, skin), (8, hair), (8, cloth))]
    return [place.astype(np.float32) for place in places]
