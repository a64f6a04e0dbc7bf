"""Where a picture surely shows the person, surely the background, and where to look closer."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.portrait.landmarks import FaceLandmarks

PERSON_PROBABILITY = 0.5
# A hole is seen through (under an arm, between hair and neck) if it is this large a share of the
# picture and the segmentation is this sure; everything else is a fault of the segmentation.
MIN_HOLE_SHARE = 0.004
MAX_HOLE_PROBABILITY = 0.12
# Half widths of the unknown band, in inter-ocular distances: outwards and inwards of the outline.
BARE_BAND = (0.10, 0.07)
HAIR_BAND = (0.28, 0.14)
# Half width of the outline's own uncertainty, in inter-ocular distances.
LIKELY_SPREAD = 0.045
# Colours are compared with the hair's in steps of this many levels (Lab).
HAIR_SPREAD = 14.0


@dataclass(frozen=True, slots=True)
class Trimap:
    """person, background (H, W) bool: sure; neither: unknown. hair (H, W) float32 in [0, 1]: how
    much the person's side of the outline next to a pixel looks like hair; likely (H, W) float32:
    alpha as far as the segmentation alone tells."""

    person: np.ndarray
    background: np.ndarray
    hair: np.ndarray
    likely: np.ndarray

    @property
    def unknown(self) -> np.ndarray:
        return ~(self.person | self.background)


def draw_trimap(pixels: np.ndarray, probability: np.ndarray, face: FaceLandmarks) -> Trimap:
    """The unknown band follows the outline of the segmentation, wide beside hair.

    pixels (H, W, 3) uint8 sRGB; probability (H, W) float32 that a pixel is a person's
    """
    head = face_hull(face, probability.shape)
    outline = person_outline(probability, head)
    inside = cv2.distanceTransform(outline, cv2.DIST_L2, 5)
    outside = cv2.distanceTransform(1 - outline, cv2.DIST_L2, 5)
    hair = hair_beside(pixels, outline, face)
    out_px, in_px = (
        face.inter_ocular_px * (bare + (wide - bare) * hair)
        for bare, wide in zip(BARE_BAND, HAIR_BAND, strict=True)
    )
    sure = (probability > 0.9) | (inside > 2 * in_px)
    core = cv2.erode(head, np.ones((3, 3), np.uint8)) > 0
    signed = np.where(outline > 0, inside - 0.5, 0.5 - outside)
    likely = np.clip(0.5 + signed / (2 * LIKELY_SPREAD * face.inter_ocular_px), 0, 1)
    person = ((inside > in_px) & sure) | core
    return Trimap(person, outside > out_px, hair, likely.astype(np.float32))


def face_hull(face: FaceLandmarks, size: tuple[int, int]) -> np.ndarray:
    """(H, W) uint8, 1 inside the outline of the face points."""
    hull = cv2.convexHull(face.points[:468, :2].astype(np.float32))
    mask = np.zeros(size, np.uint8)
    cv2.fillConvexPoly(mask, np.round(hull[:, 0] - 0.5).astype(np.int32), 1)
    return mask


def person_outline(probability: np.ndarray, head: np.ndarray) -> np.ndarray:
    """(H, W) uint8: the one connected person to whom the face belongs, without false holes."""
    person = ((probability > PERSON_PROBABILITY) | (head > 0)).astype(np.uint8)
    _, labels = cv2.connectedComponents(person, connectivity=4)
    person = (labels == np.bincount(labels[head > 0]).argmax()).astype(np.uint8)
    count, holes, stats, _ = cv2.connectedComponentsWithStats(1 - person, connectivity=4)
    height, width = person.shape
    for label in range(1, count):
        left, top, wide, tall, area = stats[label]
        beside = left == 0 or top == 0 or left + wide == width
        here = holes == label
        seen_through = (
            area > MIN_HOLE_SHARE * person.size and probability[here].mean() < MAX_HOLE_PROBABILITY
        )
        if not (seen_through or (beside and top + tall < height) or (beside and area > 2000)):
            person[here] = 1
    return person


def hair_beside(pixels: np.ndarray, outline: np.ndarray, face: FaceLandmarks) -> np.ndarray:
    """How much the person's rim next to each pixel looks like the hair above the face.

    Returns (H, W) float32 in [0, 1]; without visible hair (cap, bald) the crown counts as hair.
    """
    scale = face.inter_ocular_px
    lab = cv2.cvtColor(cv2.GaussianBlur(pixels, (0, 0), 1.5), cv2.COLOR_RGB2LAB).astype(np.float32)
    rows, columns = np.mgrid[0 : outline.shape[0], 0 : outline.shape[1]].astype(np.float32) + 0.5
    forehead, chin = face.points[10, :2], face.points[152, :2]
    up = (forehead - chin) / np.linalg.norm(forehead - chin)
    height = (columns - forehead[0]) * up[0] + (rows - forehead[1]) * up[1]
    aside = np.abs((columns - forehead[0]) * up[1] - (rows - forehead[1]) * up[0])
    inside = cv2.erode(outline, np.ones((5, 5), np.uint8)) > 0
    crown = inside & (height > 0.12 * scale) & (aside < 0.9 * scale)
    above_jaw = height > -np.linalg.norm(forehead - chin)
    likeness = (height > -0.2 * scale).astype(np.float32)
    if crown.sum() > 0.05 * scale**2:
        centre = np.median(lab[crown], 0)
        spread = np.maximum(np.abs(lab[crown] - centre).mean(0) * 2, HAIR_SPREAD)
        distance = (((lab - centre) / spread) ** 2).sum(-1)
        likeness = np.maximum(likeness, np.exp(-0.5 * distance) * (above_jaw * 0.5 + 0.5))
    rim = (outline > 0) & (cv2.distanceTransform(outline, cv2.DIST_L2, 5) < 0.3 * scale)
    rim = rim.astype(np.float32)
    sigma = 0.22 * scale
    weight = cv2.GaussianBlur(rim, (0, 0), sigma)
    blurred = cv2.GaussianBlur(likeness * rim, (0, 0), sigma) / np.maximum(weight, 1e-4)
    return np.clip((blurred - 0.15) / 0.45, 0, 1)
