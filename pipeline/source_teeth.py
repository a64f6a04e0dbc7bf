"""The portrait's own teeth, where its lips are parted: found once, then moved like bone.

The upper row keeps its place in the skull, the lower one in the jaw. Behind what the portrait
shows the template's teeth continue them in the same colour.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.colour import to_linear
from pipeline.crop import Crop
from pipeline.padded_crop import padded_crop
from pipeline.source_lips import SAMPLES, SourceLips
from pipeline.source_view import SourceView
from pipeline.sprite import Sprite
from pipeline.template import Part, TemplateModel

MARGIN_PX = 4
# Between narrower lips no pixel shows nothing but teeth.
NARROWEST_PX = 4.5
# A smaller patch of white is a highlight.
SMALLEST_PX, SMALLEST_CORE_PX = 24, 12
# A half of the opening with a smaller share of teeth has none, or shaded ones.
SPARSE = 0.15
# Teeth are at least this bright for skin of luminance one, and hardly redder than it.
DIMMEST, REDDER = 0.22, 0.05
DIMMEST_GREY = 1.15
GREY_CHROMA = 0.08
# Shares of the way from the darkest to the brightest inside at which teeth begin.
RISE = (0.22, 0.42)
# Lower teeth have their centre below this share of the opening.
LOWER_ROW = 0.62
# Where lips end and teeth begin the portrait's pixels are mixed.
EDGE_PX = 0.6
SOFT_PX = 0.7


@dataclass(frozen=True, slots=True)
class ToothRow:
    """One row of teeth: its sprite, the linear colour (3,) of the bright ones, and the row of the
    picture where its middle ends, towards the other row."""

    sprite: Sprite
    colour: np.ndarray
    edge_row: float


@dataclass(frozen=True, slots=True)
class SourceTeeth:
    """The two rows, None where the portrait hides them."""

    upper: ToothRow | None
    lower: ToothRow | None


NO_TEETH = SourceTeeth(None, None)


def find_teeth(
    avatar: Avatar, model: TemplateModel, source: SourceView, lips: SourceLips
) -> SourceTeeth:
    """Look for teeth between the portrait's lips."""
    if lips.gap.max() < NARROWEST_PX:
        return NO_TEETH
    left, top = int(lips.mesh.x_right) - MARGIN_PX, int(lips.upper.min()) - MARGIN_PX
    right, bottom = int(lips.mesh.x_left) + MARGIN_PX, int(lips.lower.max()) + MARGIN_PX
    crop = Crop(left, top, right - left, bottom - top)
    colour = to_linear(padded_crop(avatar.portrait, crop).astype(np.float32) / 255)
    along = lips.mesh.along(crop.columns)
    upper, lower = (np.interp(along, np.arange(SAMPLES), edge) for edge in (lips.upper, lips.lower))
    rows = crop.rows
    inside = np.clip(np.minimum(rows - upper, lower - rows) - EDGE_PX + 0.5, 0, 1)
    inside *= (crop.columns > lips.mesh.x_right) & (crop.columns < lips.mesh.x_left)
    depth = (rows - upper) / np.maximum(lower - upper, 1)
    skin = to_linear(avatar.skin_colour)
    tooth = _toothness(colour, inside, skin)
    for half in (depth < 0.5, depth >= 0.5):
        if (tooth * inside)[half].sum() < SPARSE * inside[half].sum():
            # A row in the shadow of its lip is judged by itself.
            tooth = np.where(half, _toothness(colour, inside * half, skin), tooth)
    found = []
    for part, mask in zip(
        (Part.UPPER_TEETH, Part.LOWER_TEETH), _rows(tooth * inside, depth), strict=True
    ):
        if mask is None:
            found.append(None)
            continue
        core = cv2.erode((mask * inside > 0.9).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        if core.sum() < SMALLEST_CORE_PX:
            found.append(None)
            continue
        alpha = (cv2.GaussianBlur(mask, (0, 0), SOFT_PX) * inside)[..., None]
        pixels = np.concatenate([colour * alpha, alpha], 2).astype(np.float32)
        vertices = np.unique(model.triangles[model.part == part])
        sprite = Sprite.carried(pixels, source.points - (crop.left, crop.top), vertices)
        shown = np.percentile(colour[core], 60, axis=0).astype(np.float32)
        found.append(ToothRow(sprite, shown, _edge_row(mask, crop, part == Part.UPPER_TEETH)))
    return SourceTeeth(*found)


def _toothness(colour: np.ndarray, inside: np.ndarray, skin: np.ndarray) -> np.ndarray:
    """(H, W) in [0, 1], zero where nothing between the lips can be teeth."""
    core = inside > 0.9
    if core.sum() < SMALLEST_PX:
        return np.zeros_like(inside)
    light = colour.mean(2)
    dark, bright = np.percentile(light[core], (8, 92))
    grey = np.ptp(skin) / max(float(skin.max()), 1e-6) < GREY_CHROMA
    if bright < (DIMMEST_GREY if grey else DIMMEST) * float(skin.mean()):
        return np.zeros_like(inside)
    low, high = (dark + share * (bright - dark) for share in RISE)
    red = colour[..., 0] / np.maximum(colour.sum(2), 1e-6)
    skin_red = float(skin[0] / skin.sum())
    white = _smooth_step((light - low) / max(high - low, 1e-6))
    return (white * (1 - _smooth_step((red - skin_red) / REDDER))).astype(np.float32)


def _rows(tooth: np.ndarray, depth: np.ndarray) -> list[np.ndarray | None]:
    """Masks (H, W) of the upper and the lower row; depth: 0 at the upper lip, 1 at the lower."""
    # The lines between teeth and their shaded sides belong to them, single specks do not.
    solid = (tooth > 0.5).astype(np.uint8)
    solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((3, 5), np.uint8))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    count, label, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=4)
    masks: list[np.ndarray | None] = [None, None]
    for index in range(1, count):
        if stats[index, cv2.CC_STAT_AREA] < SMALLEST_PX:
            continue
        patch = label == index
        row = int(depth[patch].mean() > LOWER_ROW)
        patch = _first_run(patch[::-1])[::-1] if row else _first_run(patch)
        alpha = np.where(patch, np.maximum(tooth, 0.9), 0).astype(np.float32)
        before = masks[row]
        masks[row] = alpha if before is None else np.maximum(before, alpha)
    return masks


def _first_run(patch: np.ndarray) -> np.ndarray:
    """Each column of a mask (H, W) down to its first gap."""
    begun = np.maximum.accumulate(patch, 0)
    return patch & ~np.maximum.accumulate(begun & ~patch, 0)


def _edge_row(mask: np.ndarray, crop: Crop, upper: bool) -> float:
    """Row of the picture at which the middle of one row of teeth ends."""
    solid = mask > 0.5
    columns = np.flatnonzero(solid.any(0))
    third = len(columns) // 3
    solid = solid[:, columns[third : len(columns) - third]]
    edge = len(solid) - np.argmax(solid[::-1], 0) if upper else np.argmax(solid, 0)
    return float(crop.top + np.median(edge))


def _smooth_step(x: np.ndarray) -> np.ndarray:
    x = np.clip(x, 0, 1)
    return x * x * (3 - 2 * x)
