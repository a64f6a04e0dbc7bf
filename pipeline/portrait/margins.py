"""Continuing a portrait where its picture ends: background, clothes, neck and shoulders."""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.portrait.bust import Bust, draw_bust
from pipeline.portrait.person_parts import Parts, find_parts
from pipeline.portrait.spot_grain import noise_level, spot_grain
from pipeline.pull_push import pull_push

# Outlines near the picture's end are followed; further away the usual ones of a person take over.
FOLLOWED_EYES = 1.6
FAR_PX = 90.0
EDGE_PX = 1.5
# What is made up starts with the colours at the picture's end and leaves them over this way.
FADE_PX = 30.0
# Where a step is this high, something else begins: half the way is enough.
FOREIGN_LEVELS = 30.0
# Edges that meet the picture's end go on straight and fade over this way.
EDGES_PX = 10.0
# So deep into the picture its colours are compared with those that were made up.
COMPARED_PX = 6.0
# Colours of the whole surface replace those next to the picture's end over this way.
COLOUR_PX = 60.0
LEAST_SHADE = 0.5
PLAIN_CLOTH = np.array([62, 68, 80], np.float32)
PLAIN_BACKGROUND = np.array([147, 151, 158], np.float32)
# Depth of the neckline under a neck that was cut off, in distances of the eyes.
NECKLINE_EYES = 0.4
# Its seam: width in distances of the eyes, and shade.
SEAM_EYES, SEAM_SHADE = 0.1, 0.12
# Hair that was cut off below ends in tips: their shortest and longest in distances of the eyes.
STRANDS_EYES = (0.25, 0.75)
TIP_EYES = 0.3
FEWEST_PX, FEW_PX = 400, 2000
# Mean difference of the colour channels below which a picture is grey.
GREY_SPREAD = 8.0
# Skin shows from so far below the eyes on, hair from so far above them, in their distance.
SKIN_BELOW_EYES, HAIR_ABOVE_EYES = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class Extended:
    """pixels (768, 512, 3), alpha (768, 512) uint8 or None: filled; body (768, 512) float32 in
    [0, 1]: how much of what was made up is the person."""

    pixels: np.ndarray
    alpha: np.ndarray | None
    body: np.ndarray


@dataclass(frozen=True, slots=True)
class Known:
    """What the picture shows of the portrait.

    inside (H, W) bool; distance (H, W) px to it; nearest (H, W, 2) int: column and row of its
    pixel that is the nearest
    """

    inside: np.ndarray
    distance: np.ndarray
    nearest: np.ndarray

    def carried(self, values: np.ndarray) -> np.ndarray:
        """Values (H, W[, C]) of the picture, outside of it those of the nearest pixel."""
        return values[self.nearest[..., 1], self.nearest[..., 0]]


def extend(
    pixels: np.ndarray,
    alpha: np.ndarray | None,
    known: np.ndarray,
    person: np.ndarray,
    eyes: tuple[np.ndarray, float],
) -> Extended:
    """Fill what is not known of pixels (768, 512, 3) and alpha (768, 512) uint8.

    known: (768, 512) bool; person: (768, 512) in [0, 1]; eyes: centre (2,) and distance, px
    """
    shown = _look(known)
    bust = draw_bust(*eyes)
    whole = shown.carried(pixels)
    colours = whole.astype(np.float32)
    parts = find_parts(whole, person, known, bust, eyes)
    body = _continued(parts.person, bust.person, shown, eyes[1])
    # A few pixels of wall beside a head may be shine and shadow: only their usual colour is sure.
    trust = parts.wall.sum() / (parts.wall.sum() + FEW_PX)
    filled = _layer(colours, parts.wall, shown, PLAIN_BACKGROUND, trust)
    noise = noise_level(colours, known)
    grain = spot_grain(colours, parts.wall, noise, 0)
    coloured = float(np.ptp(pixels[known], axis=-1).mean()) > GREY_SPREAD
    plain = PLAIN_CLOTH if coloured else np.full(3, PLAIN_CLOTH.mean(), np.float32)
    shares = _shares(parts, bust, shown, eyes)
    seam = _seam(shares[2][1], shown, eyes[1])
    for number, (mask, share) in enumerate(shares, 1):
        layer = _layer(colours, mask, shown, plain)
        if mask is parts.cloth:
            layer = _shaded(layer, mask, shown, bust) * seam
        weight = body * share
        filled += (layer - filled) * weight[..., None]
        grain += (spot_grain(colours, mask, noise, number) - grain) * weight
    filled += _step(colours, filled, shown)
    filled += grain[..., None]
    filled = np.clip(filled + 0.5, 0, 255).astype(np.uint8)
    if alpha is not None:
        alpha = np.where(known, alpha, np.round(body * 255)).astype(np.uint8)
    return Extended(np.where(known[..., None], pixels, filled), alpha, body)


def _shares(
    parts: Parts, bust: Bust, shown: Known, eyes: tuple[np.ndarray, float]
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Where clothes, face, neck and hair are seen and their shares, one over the other."""
    (_, eyes_row), eyes_px = eyes
    height = (eyes_row - np.arange(len(shown.inside), dtype=np.float32)[:, None]) / eyes_px
    below_chin = np.clip(-height - 1.6, 0, 1)
    neck = _continued(parts.skin, bust.neck, shown, eyes_px)
    neck = np.maximum(neck, _rounded_off(parts.skin, shown, eyes_px) * (below_chin > 0))
    skin = neck * np.clip(3 * (-height - SKIN_BELOW_EYES), 0, 1)
    above = np.clip(3 * (height - HAIR_ABOVE_EYES), 0, 1)
    hair = np.maximum(above, _strands(parts.hair, shown, eyes_px) * (height < 0))
    return [
        (parts.cloth, np.ones_like(height)),
        (parts.face, 1 - below_chin),
        (parts.skin, skin),
        (parts.hair, hair),
    ]


def _rounded_off(skin: np.ndarray, shown: Known, eyes_px: float) -> np.ndarray:
    """Share (H, W) of skin that was cut off above its neckline, which is round."""
    inwards = _distance(shown.carried(skin)) / eyes_px
    depth = NECKLINE_EYES * np.sqrt(2 * np.minimum(inwards, 0.5))
    return np.clip((depth * eyes_px - shown.distance) / (2 * EDGE_PX) + 0.5, 0, 1) * (inwards > 0)


def _strands(hair: np.ndarray, shown: Known, eyes_px: float) -> np.ndarray:
    """Share (H, W) of hair that goes on beyond the picture's end, each strand for its length."""
    soft = cv2.GaussianBlur(hair.astype(np.float32), (0, 0), EDGE_PX)
    width = hair.shape[1]
    random = np.random.default_rng(1).standard_normal((2, width)).astype(np.float32)
    fine, coarse = (
        cv2.GaussianBlur(row[None], (0, 0), sigma)[0] * np.sqrt(sigma)
        for row, sigma in zip(random, (1.2, 6.0), strict=True)
    )
    shortest, longest = STRANDS_EYES
    middle = (shortest + longest) / 2 * eyes_px
    length = np.clip(
        middle + (0.12 * fine + 0.12 * coarse) * eyes_px, shortest * eyes_px, longest * eyes_px
    )
    tip = np.clip((length - shown.distance) / (TIP_EYES * eyes_px), 0, 1)
    return shown.carried(soft) * tip


def _look(known: np.ndarray) -> Known:
    distance, found = cv2.distanceTransformWithLabels(
        (~known).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    labels = np.asarray(found, np.int64)
    nearest = np.zeros((labels.max() + 1, 2), np.int64)
    rows, columns = np.nonzero(known)
    nearest[labels[rows, columns]] = np.stack([columns, rows], 1)
    return Known(known, distance, nearest[labels])


def _continued(inside: np.ndarray, usual: np.ndarray, shown: Known, eyes_px: float) -> np.ndarray:
    """Share (H, W) in [0, 1] of an outline that goes on from what is shown into the usual one."""
    wanted = _signed_distance(usual)
    off = _signed_distance(shown.carried(inside)) - wanted
    near = (shown.inside & (_distance(shown.inside) < 12)).astype(np.float32)
    off = _spread(off[..., None], near)[..., 0]
    off *= np.exp(-shown.distance / (FOLLOWED_EYES * eyes_px))
    return np.clip((wanted + off) / (2 * EDGE_PX) + 0.5, 0, 1)


def _signed_distance(inside: np.ndarray) -> np.ndarray:
    """Pixels to the outline, + inside, cut off far from it."""
    if inside.all() or not inside.any():
        return np.full(inside.shape, FAR_PX if inside.all() else -FAR_PX, np.float32)
    return np.clip(_distance(inside) - _distance(~inside), -FAR_PX, FAR_PX)


def _distance(inside: np.ndarray) -> np.ndarray:
    return cv2.distanceTransform(inside.astype(np.uint8), cv2.DIST_L2, 5)


def _spread(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(H, W, C) values where weight (H, W) is one, and smoothly from there everywhere else."""
    whole = _spread_half(values, weight)
    return cv2.resize(whole, values.shape[1::-1], interpolation=cv2.INTER_LINEAR).reshape(
        values.shape
    )


def _spread_half(values: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The same at half the size."""
    half = (values.shape[1] // 2, values.shape[0] // 2)
    share = cv2.resize(weight, half, interpolation=cv2.INTER_AREA)
    sums = cv2.resize(values * weight[..., None], half, interpolation=cv2.INTER_AREA)
    sums = sums.reshape(*share.shape, -1)
    return pull_push(sums / np.maximum(share, 1e-6)[..., None], share)


def _layer(
    colours: np.ndarray, of_layer: np.ndarray, shown: Known, plain: np.ndarray, trust: float = 1
) -> np.ndarray:
    """The layer's colours (H, W, 3) everywhere; away from the picture those it has as a whole.

    trust: in [0, 1], how much of their variation is the layer's own
    """
    if of_layer.sum() < FEWEST_PX:
        return np.broadcast_to(plain, colours.shape).copy()
    whole = _spread_half(colours, of_layer.astype(np.float32))
    usual = np.median(colours[of_layer][:: max(int(of_layer.sum()) // 4000, 1)], axis=0)
    size = whole.shape[1::-1]
    soft = cv2.GaussianBlur(cv2.resize(whole, (size[0] // 2, size[1] // 2)), (0, 0), 3)
    distance = cv2.resize(shown.distance, size, interpolation=cv2.INTER_AREA)
    level = np.clip(distance / FADE_PX, 0, 1)
    whole += (cv2.resize(soft, size) - whole) * level[..., None]
    level = 1 - trust * np.exp(-distance / (4 * COLOUR_PX))
    whole += (usual - whole) * level[..., None]
    return cv2.resize(whole, colours.shape[1::-1], interpolation=cv2.INTER_LINEAR)


def _shaded(filled: np.ndarray, cloth: np.ndarray, shown: Known, bust: Bust) -> np.ndarray:
    """The clothes shaded like a body the further, the less is known of them."""
    if cloth.sum() < FEWEST_PX:
        return filled * bust.shade[..., None]
    share = np.clip(shown.distance / COLOUR_PX, 0, 1)
    shade = bust.shade / max(float(bust.shade[cloth].mean()), LEAST_SHADE)
    return filled * (1 + (shade - 1) * share)[..., None]


def _seam(skin: np.ndarray, shown: Known, eyes_px: float) -> np.ndarray:
    """Shade (H, W, 1) of the cloth along the neckline."""
    width = 2 * round(SEAM_EYES * eyes_px) + 1
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    band = cv2.GaussianBlur(cv2.dilate(skin.astype(np.float32), kernel), (0, 0), 1)
    return (1 - SEAM_SHADE * band * np.clip(shown.distance / 8 - 0.5, 0, 1))[..., None]


def _step(colours: np.ndarray, filled: np.ndarray, shown: Known) -> np.ndarray:
    """What (H, W, 3) takes the step of colour away at the picture's end and fades from there."""
    rim = (shown.inside & (_distance(shown.inside) < COMPARED_PX)).astype(np.float32)
    off = _spread(colours - filled, rim)
    apart = np.abs(off).max(-1)
    rim_colours = cv2.GaussianBlur(colours - filled, (0, 0), EDGE_PX)
    edges = shown.carried(rim_colours) - off
    off += edges * np.exp(-shown.distance / EDGES_PX)[..., None]
    return off * np.exp(-shown.distance / FADE_PX * (1 + apart / FOREIGN_LEVELS))[..., None]
