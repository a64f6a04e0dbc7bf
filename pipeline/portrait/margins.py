"""Continuing a portrait where its picture ends: background, clothes, neck and shoulders."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.portrait.bust import Bust, draw_bust
from pipeline.pull_push import pull_push

# Outlines near the picture's end are followed; further away the usual ones of a person take over.
FOLLOWED_EYES = 1.6
FAR_PX = 90.0
EDGE_PX = 1.5
# Sure to be person, and one minus it, background.
SURE = 0.7
# Mirrored detail gives way to its blur, and that to the far colour, over so many pixels.
DETAIL_PX, COLOUR_PX = 7.0, 60.0
BLURS_PX = (2.0, 5.0, 10.0, 18.0)
PLAIN_CLOTH = np.array([62, 68, 80], np.float32)
PLAIN_BACKGROUND = np.array([147, 151, 158], np.float32)
# Colours this near to the face's, in the a and b of CIE Lab, are skin.
SKIN_DISTANCE = 11.0
DARKEST_SKIN = 0.35
# Chin below and forehead above the eyes, in their distance; above it there is hair.
CHIN_EYES, BROW_EYES = 1.6, 0.5
FEWEST_PX = 400
# Mean difference of the colour channels below which a picture is grey.
GREY_SPREAD = 8.0


@dataclass(frozen=True, slots=True)
class Known:
    """What the picture shows of the portrait.

    inside (H, W) bool; distance (H, W) px to it; mirror (H, W, 2) float32: where to look into the
    picture for what lies as far outside of it
    """

    inside: np.ndarray
    distance: np.ndarray
    mirror: np.ndarray


def extend(
    pixels: np.ndarray,
    alpha: np.ndarray | None,
    known: np.ndarray,
    person: np.ndarray,
    eyes: tuple[np.ndarray, float],
) -> tuple[np.ndarray, np.ndarray | None]:
    """Fill what is not known of pixels (768, 512, 3) and alpha (768, 512) uint8.

    known: (768, 512) bool; person: (768, 512) in [0, 1]; eyes: centre (2,) and distance, px
    """
    shown = _look(known)
    bust = draw_bust(*eyes)
    colours = pixels.astype(np.float32)
    body = _continued(person > 0.5, bust.person, shown, eyes[1])
    wall = known & (cv2.dilate(person, np.ones((9, 9))) < 1 - SURE)
    filled = _layer(colours, wall, shown, PLAIN_BACKGROUND)
    for colour, share in _person_layers(pixels, person, shown, bust, eyes):
        filled = filled + (colour - filled) * (body * share)[..., None]
    filled += _grain(colours, known) * np.minimum(shown.distance / 12, 1)[..., None]
    filled = np.clip(filled + 0.5, 0, 255).astype(np.uint8)
    if alpha is not None:
        alpha = np.where(known, alpha, np.round(body * 255)).astype(np.uint8)
    return np.where(known[..., None], pixels, filled), alpha


def _person_layers(
    pixels: np.ndarray,
    person: np.ndarray,
    shown: Known,
    bust: Bust,
    eyes: tuple[np.ndarray, float],
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Colours (H, W, 3) and share (H, W) of clothes, face, hair and neck, one over the other."""
    (_, eyes_row), eyes_px = eyes
    colours = pixels.astype(np.float32)
    sure = shown.inside & (person > SURE)
    skin = _skin(pixels, shown.inside & (person > 0.5), *eyes)
    neck = _continued(skin, bust.neck, shown, eyes_px)
    away = cv2.dilate(skin.astype(np.uint8), np.ones((15, 15))) == 0
    height = (eyes_row - np.arange(len(pixels), dtype=np.float32)[:, None]) / eyes_px
    below_chin = np.clip(-height - CHIN_EYES, 0, 1)
    above_brows = np.clip(3 * (height - BROW_EYES), 0, 1)
    cloth = sure & (below_chin > 0) & away
    cloth = _enough(cloth & ~bust.neck, cloth)
    face = sure & (below_chin < 0.3)
    beside_skin = cv2.dilate(skin.astype(np.uint8), np.ones((5, 5))) > 0
    hair = _enough(sure & (height > 0) & ~beside_skin, face)
    coloured = float(np.ptp(pixels, axis=-1).mean()) > GREY_SPREAD
    plain = PLAIN_CLOTH if coloured else np.full(3, PLAIN_CLOTH.mean(), np.float32)
    return [
        (_cloth(colours, cloth, shown, bust, plain), np.ones_like(below_chin)),
        (_layer(colours, face, shown, plain), 1 - below_chin),
        (_layer(colours, hair, shown, plain), above_brows),
        (_layer(colours, skin, shown, plain), neck * below_chin),
    ]


def _look(known: np.ndarray) -> Known:
    distance, found = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    labels = np.asarray(found, np.int64)
    nearest = np.zeros((labels.max() + 1, 2), np.float32)
    rows, columns = np.nonzero(known)
    nearest[labels[rows, columns]] = np.stack([columns, rows], 1)
    nearest = nearest[labels]
    own = np.stack(np.meshgrid(*map(np.arange, known.shape[::-1])), -1).astype(np.float32)
    mirror = 2 * nearest - own
    height, width = known.shape
    np.clip(mirror, 0, (width - 1, height - 1), out=mirror)
    hit = known[mirror[..., 1].astype(int), mirror[..., 0].astype(int)]
    return Known(known, distance, np.where(hit[..., None], mirror, nearest))


def _continued(inside: np.ndarray, usual: np.ndarray, shown: Known, eyes_px: float) -> np.ndarray:
    """Share (H, W) in [0, 1] of an outline that goes on from what is shown into the usual one."""
    nearest = shown.mirror.astype(int)
    replicated = np.where(shown.inside, inside, inside[nearest[..., 1], nearest[..., 0]])
    wanted = _signed_distance(usual)
    off = _signed_distance(replicated) - wanted
    near = (shown.inside & (_distance(shown.inside) < 12)).astype(np.float32)
    half = (inside.shape[1] // 2, inside.shape[0] // 2)
    weight = cv2.resize(near, half, interpolation=cv2.INTER_AREA)
    sums = cv2.resize(off * near, half, interpolation=cv2.INTER_AREA)
    off = pull_push((sums / np.maximum(weight, 1e-6))[..., None], weight)[..., 0]
    off = cv2.resize(off, inside.shape[::-1], interpolation=cv2.INTER_LINEAR)
    off *= np.exp(-shown.distance / (FOLLOWED_EYES * eyes_px))
    return np.clip((wanted + off) / (2 * EDGE_PX) + 0.5, 0, 1)


def _signed_distance(inside: np.ndarray) -> np.ndarray:
    """Pixels to the outline, + inside, cut off far from it."""
    if inside.all() or not inside.any():
        return np.full(inside.shape, FAR_PX if inside.all() else -FAR_PX, np.float32)
    return np.clip(_distance(inside) - _distance(~inside), -FAR_PX, FAR_PX)


def _distance(inside: np.ndarray) -> np.ndarray:
    return cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 5)


def _layer(
    colours: np.ndarray, of_layer: np.ndarray, shown: Known, plain: np.ndarray
) -> np.ndarray:
    """The layer's colours (H, W, 3) everywhere: mirrored at the picture's end, then blurred."""
    if of_layer.sum() < FEWEST_PX:
        return np.broadcast_to(plain, colours.shape)
    size = colours.shape[1::-1]
    half = (size[0] // 2, size[1] // 2)
    weight = cv2.resize(of_layer.astype(np.float32), half, interpolation=cv2.INTER_AREA)
    sums = cv2.resize(colours * of_layer[..., None], half, interpolation=cv2.INTER_AREA)
    whole = pull_push(sums / np.maximum(weight, 1e-6)[..., None], weight)
    distance = cv2.resize(shown.distance, half, interpolation=cv2.INTER_AREA)
    mirror = cv2.resize(shown.mirror, half, interpolation=cv2.INTER_NEAREST) / 2 - 0.25
    filled = cv2.remap(whole, mirror, None, cv2.INTER_LINEAR)  # type: ignore[call-overload]
    mirrored = filled
    level = (distance / DETAIL_PX)[..., None]
    for index, blur_px in enumerate(BLURS_PX):
        blurred = cv2.GaussianBlur(mirrored, (0, 0), blur_px / 2)
        filled = filled + (blurred - filled) * np.clip(level - index, 0, 1)
    far = cv2.GaussianBlur(whole, (0, 0), 5)
    filled = filled + (far - filled) * np.clip(distance / COLOUR_PX, 0, 1)[..., None]
    return cv2.resize(filled, size, interpolation=cv2.INTER_LINEAR)


def _cloth(
    colours: np.ndarray, cloth: np.ndarray, shown: Known, bust: Bust, plain: np.ndarray
) -> np.ndarray:
    """The clothes continued, shaded like a body the further, the less is known of them."""
    filled = _layer(colours, cloth, shown, plain)
    share = np.clip(shown.distance / COLOUR_PX, 0, 1)
    if cloth.sum() < FEWEST_PX:
        share = np.ones_like(share)
    return filled * (1 + (bust.shade - 1) * share)[..., None]


def _skin(
    pixels: np.ndarray, person: np.ndarray, eyes_centre: np.ndarray, eyes_px: float
) -> np.ndarray:
    """(H, W) bool: pixels of the person with the colour of the cheeks."""
    lab = cv2.cvtColor(cv2.GaussianBlur(pixels, (0, 0), 1.5), cv2.COLOR_RGB2LAB).astype(np.float32)
    rows = slice(*_span(eyes_centre[1] + 0.35 * eyes_px, 0.5 * eyes_px, len(pixels)))
    columns = slice(*_span(eyes_centre[0] - 0.6 * eyes_px, 1.2 * eyes_px, pixels.shape[1]))
    cheeks = lab[rows, columns].reshape(-1, 3)
    if not len(cheeks):
        return np.zeros(person.shape, bool)
    away = np.linalg.norm(lab[..., 1:] - np.median(cheeks[:, 1:], axis=0), axis=-1)
    dark = lab[..., 0] < DARKEST_SKIN * np.median(cheeks[:, 0])
    alike = (away < SKIN_DISTANCE) & ~dark & person
    kernel = np.ones((7, 7), np.uint8)
    opened = cv2.morphologyEx(alike.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    return cv2.morphologyEx(opened, cv2.MORPH_CLOSE, kernel) > 0


def _enough(wanted: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    return wanted if wanted.sum() >= FEWEST_PX else otherwise


def _span(start: float, length: float, limit: int) -> tuple[int, int]:
    low = int(np.clip(start, 0, limit))
    return low, int(np.clip(start + length, low, limit))


def _grain(colours: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Noise (H, W, 1) as strong as that of the picture."""
    grey = colours.mean(-1)
    fine = np.abs(grey - cv2.GaussianBlur(grey, (0, 0), 1.2))
    inner = cv2.erode(known.astype(np.uint8), np.ones((7, 7))) > 0
    strength = 1.5 * float(np.median(fine[inner])) if inner.any() else 0.0
    noise = np.random.default_rng(0).standard_normal(known.shape).astype(np.float32)
    return (cv2.GaussianBlur(noise, (0, 0), 0.6) * (1.6 * strength))[..., None]
