"""The lips as the portrait shows them: where they part, and how far.

The contours of the mesh are within two pixels of the picture's; seams and teeth are sharper than
that, so the contours are snapped to them once per avatar.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.contour_snap import smoothed, snapped
from pipeline.crop import Crop
from pipeline.face_landmarks import (
    LIP_CORNERS,
    LOWER_LIP_INNER,
    UPPER_LIP_INNER,
    contour,
    landmark_points,
)
from pipeline.limits import limited
from pipeline.padded_crop import padded_crop
from pipeline.template import TemplateModel

SAMPLES = 65
SEAM_SNAP_PX, EDGE_SNAP_PX = 2.5, 1.5
STIFFNESS = 1.5
# The contours of the mesh's closed lips are this far apart; so are those of a closed portrait.
PARTED_M = 0.0022
BAND_PX = 4
# Lips are shaded towards their edge, but keep their hue.
LAB_WEIGHT = np.array([0.35, 1.0, 1.0], np.float32)

# Looked up at once: corners, upper lip, lower lip.
_CONTOURS = (*LIP_CORNERS, *UPPER_LIP_INNER, *LOWER_LIP_INNER)
_ENDS = (len(LIP_CORNERS), len(LIP_CORNERS) + len(UPPER_LIP_INNER))


@dataclass(frozen=True, slots=True)
class LipContours:
    """The mesh's inner lips at SAMPLES places from the person's right corner to the left.

    upper, lower (S,): rows of the upper lip's lower edge and the lower lip's upper edge;
    x_right, x_left: columns of the corners
    """

    upper: np.ndarray
    lower: np.ndarray
    x_right: float
    x_left: float

    @classmethod
    def of(cls, model: TemplateModel, points: np.ndarray) -> "LipContours":
        """From projected vertices (V, 2)."""
        found = landmark_points(model, points, _CONTOURS)
        corners, upper, lower = np.split(found, _ENDS)
        right, left = float(corners[0, 0]), float(corners[1, 0])
        left = max(left, right + 1.0)
        columns = right + (left - right) * np.linspace(0, 1, SAMPLES)
        return cls(contour(upper, columns), contour(lower, columns), right, left)

    @property
    def gap(self) -> np.ndarray:
        return self.lower - self.upper

    @property
    def middle(self) -> np.ndarray:
        return (self.lower + self.upper) / 2

    def along(self, columns: np.ndarray) -> np.ndarray:
        """Place on the samples, in [0, SAMPLES - 1], of pixel columns."""
        share = (columns - self.x_right) / (self.x_left - self.x_right)
        return limited(share) * (SAMPLES - 1)


@dataclass(frozen=True, slots=True)
class SourceLips:
    """mesh: the contours of the mesh in the portrait; upper, lower (S,): rows of the edges that
    the picture shows, equal where the lips touch; parted: the mouth is open."""

    mesh: LipContours
    upper: np.ndarray
    lower: np.ndarray
    parted: bool

    @property
    def gap(self) -> np.ndarray:
        return self.lower - self.upper


def find_lips(avatar: Avatar, mesh: LipContours, px_per_m: float) -> SourceLips:
    """Snap the mesh's contours to seam and edges of the portrait's lips."""
    columns = np.linspace(mesh.x_right, mesh.x_left, SAMPLES)
    top = int(np.floor(mesh.upper.min())) - 12
    crop = Crop(int(np.floor(mesh.x_right)) - 2, top, 0, 0)
    width = int(np.ceil(mesh.x_left)) + 3 - crop.left
    crop = Crop(crop.left, top, width, int(np.ceil(mesh.lower.max())) + 12 - top)
    picture = padded_crop(avatar.portrait, crop).astype(np.float32)
    # One column a sample: the snapping needs no others.
    rows = np.arange(crop.height, dtype=np.float32)[:, None] + np.zeros((1, SAMPLES), np.float32)
    across = np.broadcast_to((columns - crop.left - 0.5).astype(np.float32)[None], rows.shape)
    strip = cv2.remap(picture, np.ascontiguousarray(across), rows, cv2.INTER_LINEAR)
    upper, lower = mesh.upper - crop.top - 0.5, mesh.lower - crop.top - 0.5
    parted = bool(np.sort(mesh.gap)[-SAMPLES // 3 :].mean() > PARTED_M * px_per_m)
    if parted:
        # Lips that are hardly parted are not moved past each other.
        reach_px = min(EDGE_SNAP_PX, float(mesh.gap.max()) / 4)
        found = _edge(strip, upper, -1, reach_px), _edge(strip, lower, 1, reach_px)
        middle = (found[0] + found[1]) / 2
        edges = [np.minimum(found[0], middle), np.maximum(found[1], middle)]
    else:
        seam = _seam(strip, (upper + lower) / 2)
        edges = [seam, seam]
    edges = [(edge + crop.top + 0.5).astype(np.float32) for edge in edges]
    return SourceLips(mesh, edges[0], edges[1], parted)


def _seam(strip: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The dark line of closed lips, (S,) rows of the strip (H, S, 3)."""
    light = cv2.GaussianBlur(strip.mean(2), (0, 0), 0.7)
    contrast = (cv2.blur(light, (1, 9)) - light) / 12
    return smoothed(snapped(contrast, rows, SEAM_SNAP_PX, STIFFNESS), 1.5)


def _edge(strip: np.ndarray, rows: np.ndarray, outwards: int, reach_px: float) -> np.ndarray:
    """Where lip turns into teeth or dark; outwards: -1 for the upper lip, 1 for the lower."""
    lab = cv2.cvtColor(strip / np.float32(255), cv2.COLOR_RGB2LAB)
    inside = rows[None] + outwards * np.arange(2, 2 + BAND_PX)[:, None]
    inside = np.clip(inside.round().astype(int), 0, len(strip) - 1)
    lip = np.median(lab[inside, np.arange(SAMPLES)[None]], 0)
    lip = np.stack([smoothed(channel, 3.0) for channel in lip.T], 1)
    unlike = np.linalg.norm((lab - lip[None]) * LAB_WEIGHT, axis=2)
    unlike = limited(unlike / 20)
    # From two rows further out to two further in.
    step = np.roll(unlike, 1, 0) + np.roll(unlike, 2, 0) - unlike - np.roll(unlike, -1, 0)
    found = snapped(step * outwards, rows + 0.5, reach_px, STIFFNESS) - 0.5
    return smoothed(found, 1.0)
