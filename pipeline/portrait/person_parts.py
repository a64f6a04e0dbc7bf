"""What a picture shows of wall, clothes, skin and hair, as far as continuing it needs to know."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.portrait.bust import Bust

# Sure to be person, and one minus it, background.
SURE = 0.7
# Colours this near to the face's, in the a and b of CIE Lab, are skin.
SKIN_DISTANCE = 11.0
DARKEST_SKIN = 0.35
# Jaw and neck are in the shade, from so far below the eyes on, in their distance.
SHADED_EYES, LARGEST_SHADE = 0.9, 1.8
# In a picture without colour, brightness has to tell.
SKIN_LIGHTNESS, GREY_CHROMA = 45.0, 4.0
# Clothes the segmentation missed are this far from the wall's colour.
CLOTH_DISTANCE = 26.0
# Beard and neck, which would join hair and clothes, in distances of the eyes about the middle.
BEARD_EYES = 0.9
# Hair above the eyes and what hangs together with it: differences of L and of a and b.
HAIR_LIGHTNESS, HAIR_DISTANCE = 34.0, 12.0
# Hair the segmentation missed lies this near to the person, in distances of the eyes.
HAIR_REACH_EYES = 0.35
# Free of the person's blurred edge and shadow, in the same.
CLEAR_EYES = 0.2
# Chin below the eyes, in their distance.
CHIN_EYES = 1.6
FEWEST_PX = 400
FEWEST_SURE_PX = 150


@dataclass(frozen=True, slots=True)
class Parts:
    """(H, W) bool each: person, wall; of the person cloth, face, skin and hair."""

    person: np.ndarray
    wall: np.ndarray
    cloth: np.ndarray
    face: np.ndarray
    skin: np.ndarray
    hair: np.ndarray


def find_parts(
    pixels: np.ndarray,
    probability: np.ndarray,
    known: np.ndarray,
    bust: Bust,
    eyes: tuple[np.ndarray, float],
) -> Parts:
    """pixels (H, W, 3) uint8; probability (H, W) of the person; known (H, W) bool; bust: the usual
    outline; eyes: centre (2,) and distance, px."""
    (eyes_column, eyes_row), eyes_px = eyes
    lab = cv2.cvtColor(cv2.GaussianBlur(pixels, (0, 0), 1.5), cv2.COLOR_RGB2LAB).astype(np.float32)
    person = known & (probability > 0.5)
    sure = known & (probability > SURE)
    skin = _skin(lab, person, *eyes)
    height = (eyes_row - np.arange(len(pixels), dtype=np.float32)[:, None]) / eyes_px
    below_chin = -height - CHIN_EYES
    aside = np.abs(np.arange(pixels.shape[1], dtype=np.float32) - eyes_column) / eyes_px
    middle = (aside < BEARD_EYES) & (height < -0.3)
    hair = _hair(lab, person, skin | middle, height, eyes_px)
    wall = known & (cv2.dilate(probability, np.ones((9, 9))) < 1 - SURE)
    wall = _enough(wall & ~_grown(hair, 9), wall)
    clear = wall & ~_grown(person, 2 * round(CLEAR_EYES * eyes_px) + 1)
    away = ~_grown(skin, 15)
    cloth = sure & (below_chin > 0) & away
    cloth = _enough(cloth & ~bust.neck, cloth)
    visible = cloth & ~_grown(hair, 5)
    if visible.sum() < FEWEST_PX and wall.any():
        off = _off_wall(lab, wall) > CLOTH_DISTANCE
        missed = known & off & (below_chin > 0) & _grown(bust.person, 41) & away
        visible = (visible | (missed & ~_grown(hair, 5))) & ~bust.neck
        person = person | visible
        wall &= ~_grown(visible, 9)
    cloth = _enough(visible, cloth, FEWEST_SURE_PX)
    face = sure & (below_chin < 0.3)
    if hair.sum() < FEWEST_PX:
        hair = _enough(_darker_half(lab, sure & (height > -0.3) & ~_grown(skin, 5)), face)
    wall = _enough(wall & clear, wall, FEWEST_SURE_PX)
    return Parts(person, wall, cloth, face, skin, hair)


def _skin(
    lab: np.ndarray, person: np.ndarray, eyes_centre: np.ndarray, eyes_px: float
) -> np.ndarray:
    """(H, W) bool: pixels of the person with the colour of the cheeks."""
    rows = slice(*_span(eyes_centre[1] + 0.35 * eyes_px, 0.5 * eyes_px, len(lab)))
    columns = slice(*_span(eyes_centre[0] - 0.6 * eyes_px, 1.2 * eyes_px, lab.shape[1]))
    cheeks = lab[rows, columns].reshape(-1, 3)
    if not len(cheeks):
        return np.zeros(person.shape, bool)
    usual = float(np.median(cheeks[:, 0]))
    # Skin in the shade has the same hue and less of it.
    lit = np.clip(usual / np.maximum(lab[..., :1], 1), 1, LARGEST_SHADE)
    cheek = np.median(cheeks[:, 1:], axis=0) - 128
    away, away_lit = (
        np.linalg.norm((lab[..., 1:] - 128) * factor - cheek, axis=-1) for factor in (1, lit)
    )
    below = np.arange(len(lab))[:, None] > eyes_centre[1] + SHADED_EYES * eyes_px
    away = np.where(below, np.minimum(away, away_lit), away)
    alike = (away < SKIN_DISTANCE) & (lab[..., 0] > DARKEST_SKIN * usual) & person
    if np.abs(lab[..., 1:] - 128).mean() < GREY_CHROMA:
        alike &= np.abs(lab[..., 0] - usual) < SKIN_LIGHTNESS
    kernel = np.ones((7, 7), np.uint8)
    opened = cv2.morphologyEx(alike.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, kernel)
    _, labels = cv2.connectedComponents(closed)
    labels = labels.astype(np.int32)
    middle = labels[:, slice(*_span(eyes_centre[0] - 0.6 * eyes_px, 1.2 * eyes_px, lab.shape[1]))]
    kept = np.bincount(middle.ravel(), minlength=int(labels.max()) + 1) > 0
    kept[0] = False
    return kept[labels]


def _hair(
    lab: np.ndarray, person: np.ndarray, apart: np.ndarray, height: np.ndarray, eyes_px: float
) -> np.ndarray:
    """(H, W) bool: hair above the eyes and all of its colour that hangs together with it.

    apart (H, W) bool: where there is none
    """
    root = person & (height > 0.2) & ~_grown(apart, 9)
    if root.sum() < FEWEST_PX:
        return np.zeros(person.shape, bool)
    off = np.abs(lab - np.median(lab[root], axis=0))
    alike = (off[..., 0] < HAIR_LIGHTNESS) & (np.hypot(off[..., 1], off[..., 2]) < HAIR_DISTANCE)
    near = _grown(person, 2 * round(HAIR_REACH_EYES * eyes_px / 2) + 1)
    alike &= near & ~apart
    _, labels = cv2.connectedComponents(alike.astype(np.uint8))
    labels = labels.astype(np.int32)
    kept = np.bincount(labels[root & alike], minlength=int(labels.max()) + 1) > 0
    kept[0] = False
    return kept[labels]


def _darker_half(lab: np.ndarray, mask: np.ndarray) -> np.ndarray:
    return mask & (lab[..., 0] <= np.median(lab[mask, 0])) if mask.any() else mask


def _off_wall(lab: np.ndarray, wall: np.ndarray) -> np.ndarray:
    """(H, W) distance of colours to those of the wall, lit unevenly: quadratic over the picture."""
    rows, columns = np.mgrid[-1 : 1 : wall.shape[0] * 1j, -1 : 1 : wall.shape[1] * 1j]
    one = np.ones_like(rows)
    terms = np.stack([one, rows, columns, rows**2, columns**2], -1).astype(np.float32)
    kept = wall.copy()
    off = np.zeros(wall.shape, np.float32)
    for _ in range(2):
        few = np.flatnonzero(kept)[:: max(int(kept.sum()) // 2000, 1)]
        if len(few) < terms.shape[-1] * 4:
            break
        chosen = terms.reshape(-1, terms.shape[-1])[few].astype(np.float64)
        factors = np.linalg.lstsq(chosen, lab.reshape(-1, 3)[few].astype(np.float64), rcond=None)[0]
        off = np.linalg.norm(lab - terms @ factors.astype(np.float32), axis=-1)
        kept = wall & (off < CLOTH_DISTANCE)
    return off


def _grown(mask: np.ndarray, width: int) -> np.ndarray:
    return cv2.dilate(mask.astype(np.uint8), np.ones((width, width), np.uint8)) > 0


def _enough(wanted: np.ndarray, otherwise: np.ndarray, fewest: int = FEWEST_PX) -> np.ndarray:
    return wanted if wanted.sum() >= fewest else otherwise


def _span(start: float, length: float, limit: int) -> tuple[int, int]:
    low = int(np.clip(start, 0, limit))
    return low, int(np.clip(start + length, low, limit))
