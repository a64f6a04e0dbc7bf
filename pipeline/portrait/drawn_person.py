"""The outline of a drawn person, whom the segmentation network does not know."""

import cv2
import numpy as np

from pipeline.portrait.bust import draw_bust
from pipeline.portrait.framing import Face
from pipeline.portrait.landmarks import FaceLandmarks

# Where the network gives a face less than this, it has not seen the person.
UNSEEN = 0.5
# Hair, ears and clothes stand off the usual outline by so many distances of the eyes.
REACH_EYES = 0.9
ROUNDS = 4
EDGE_PX = 1.5


def with_drawn_person(
    pixels: np.ndarray, probability: np.ndarray, face: FaceLandmarks
) -> np.ndarray:
    """The network's probability (768, 512), or one by colour where it missed the face.

    pixels: (768, 512, 3) uint8; face: in its pixels
    Source: Rother et al. 2004, GrabCut, started from the usual outline of a person
    """
    hull = np.zeros(probability.shape, np.uint8)
    outline = cv2.convexHull(np.round(face.points[:468, :2]).astype(np.int32))
    cv2.fillConvexPoly(hull, outline, 1)
    if not hull.any() or float(np.median(probability[hull > 0])) >= UNSEEN:
        return probability
    place = Face.of(face)
    usual = draw_bust(place.centre, place.eyes_px).person.astype(np.uint8)
    usual |= hull
    width = 2 * round(REACH_EYES * place.eyes_px) + 1
    reach = cv2.dilate(usual, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width)))
    mask = np.where(reach > 0, cv2.GC_PR_BGD, cv2.GC_BGD)
    mask[usual > 0] = cv2.GC_PR_FGD
    mask[hull > 0] = cv2.GC_FGD
    half = (mask.shape[1] // 2, mask.shape[0] // 2)
    labels = cv2.resize(mask.astype(np.uint8), half, interpolation=cv2.INTER_NEAREST)
    small = cv2.resize(pixels, half, interpolation=cv2.INTER_AREA)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(0)
    cv2.grabCut(small, labels, (0, 0, 1, 1), *models, ROUNDS, cv2.GC_INIT_WITH_MASK)
    person = ((labels == cv2.GC_FGD) | (labels == cv2.GC_PR_FGD)).astype(np.float32)
    whole = cv2.resize(person, mask.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return cv2.GaussianBlur(whole, (0, 0), EDGE_PX)
