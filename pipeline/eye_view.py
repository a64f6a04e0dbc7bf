"""Where one eye is in a frame: the contours of its lids and what they leave open."""

from dataclasses import dataclass, field

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.contour_snap import smoothed, snapped
from pipeline.crop import Crop
from pipeline.face_landmarks import LOWER_LID, ORBITAL_CREASE, UPPER_LID, contour, landmark_points
from pipeline.limits import limited
from pipeline.motion_field import Field
from pipeline.names import ACTION_INDEX
from pipeline.padded_crop import padded_crop
from pipeline.regions import Region
from pipeline.source_view import SourceView
from pipeline.template import TemplateModel

SIDES = ("Left", "Right")
MARGIN_PX = 14
CORNER_TAPER_PX = 3.0
SHUT_PX = 1.5
# The mesh's lids meet in the middle only; the end of a blink presses them shut along their length.
PRESSING = 6
SAMPLES = 33
SNAP_PX, LEAST_SHIFT_PX, EDGE_PX = 4.5, -1.0, 12
LEAST_REDNESS, WHITE_SHARE = 6.0, 0.6
STIFFNESS = 1.0
LEAST_STEP = 0.25


@dataclass(frozen=True, slots=True)
class LidCurves:
    """Contours of one eye as points (9, 2) px: upper margin, lower margin, edge of the orbit.

    corners_x: columns of the two corners
    """

    upper: np.ndarray
    lower: np.ndarray
    orbit: np.ndarray
    corners_x: tuple[float, float] = field(init=False)

    def __post_init__(self) -> None:
        x = np.concatenate([self.upper[:, 0], self.lower[:, 0]])
        object.__setattr__(self, "corners_x", (float(x.min()), float(x.max())))

    def along(self, columns: np.ndarray) -> np.ndarray:
        """Place in [0, 1] from corner to corner of pixel columns."""
        low, high = self.corners_x
        return limited((columns - low) / max(high - low, 1.0))


@dataclass(frozen=True, slots=True)
class EyeView:
    """One eye in one frame, in the columns and rows of a crop that moves with the orbit.

    upper, lower (W,): rows of the lids' margins, never crossing; reach (W,): 0 beyond the corners
    opening (H, W) float32: soft mask of what lies open between the lids
    free (H, W) float32: 0 where the frame of glasses lies before the eye
    """

    crop: Crop
    curves: LidCurves
    upper: np.ndarray
    lower: np.ndarray
    reach: np.ndarray
    opening: np.ndarray
    free: np.ndarray

    def opened(self) -> tuple[slice, slice, Crop]:
        """Rows and columns of the crop that hold the opening, and their crop."""
        columns = np.flatnonzero(self.reach > 0)
        left, right = int(columns[0]), int(columns[-1]) + 1
        top = max(int(self.upper[left:right].min()) - self.crop.top - 1, 0)
        bottom = int(self.lower[left:right].max()) - self.crop.top + 2
        bottom = max(min(bottom, self.crop.height), top)
        crop = Crop(self.crop.left + left, self.crop.top + top, right - left, bottom - top)
        return slice(top, bottom), slice(left, right), crop


class EyeFinder:
    """Finds one eye of one avatar in every frame; eye 0 is the person's left."""

    def __init__(self, avatar: Avatar, model: TemplateModel, source: SourceView, eye: int) -> None:
        self._model = model
        # Looked up at once; there are as many of each.
        self._landmarks = (*UPPER_LID[eye], *LOWER_LID[eye], *ORBITAL_CREASE[eye])
        self._blink = ACTION_INDEX[f"eyeBlink{SIDES[eye]}"]
        curves = self._curves(source.points)
        everything = np.concatenate([curves.upper, curves.lower, curves.orbit])
        low = np.floor(everything.min(0) - MARGIN_PX).astype(int)
        size = np.ceil(everything.max(0) + MARGIN_PX).astype(int) - low
        crop = Crop(*map(int, (*low, *size)))
        self._free = without_glasses(avatar, crop)
        self._lower_shift = lower_margin_shift(avatar, curves)
        self.source = self._view(curves, crop, closing=0.0)

    def _curves(self, points: np.ndarray) -> LidCurves:
        found = landmark_points(self._model, points, self._landmarks)
        return LidCurves(*found.reshape(3, -1, 2))

    def find(self, field: Field) -> EyeView:
        """The eye in this frame."""
        curves, home = self._curves(field.points), self.source
        shift_x = (sum(curves.corners_x) - sum(home.curves.corners_x)) / 2
        shift_y = curves.orbit[:, 1].mean() - home.curves.orbit[:, 1].mean()
        crop = Crop(
            round(home.crop.left + shift_x),
            round(home.crop.top + shift_y),
            home.crop.width,
            home.crop.height,
        )
        blink = min(max(float(field.geometry.actions[self._blink]), 0.0), 1.0)
        return self._view(curves, crop, closing=blink**PRESSING)

    def _view(self, curves: LidCurves, crop: Crop, closing: float) -> EyeView:
        columns, rows = crop.columns, crop.rows
        shift = np.interp(curves.along(columns), np.linspace(0, 1, SAMPLES), self._lower_shift)
        lower = contour(curves.lower, columns) + shift
        upper = np.minimum(contour(curves.upper, columns), lower)
        upper = upper + (lower - upper) * closing
        x0, x1 = curves.corners_x
        reach = limited(np.minimum(columns - x0, x1 - columns) / CORNER_TAPER_PX)
        between = limited(rows - upper + 0.5) * limited(lower - rows + 0.5)
        # The crop moves with the orbit, and so do glasses.
        opening = between * (reach * limited((lower - upper) / SHUT_PX)) * self._free
        opening = opening.astype(np.float32)
        return EyeView(crop, curves, upper, lower, reach, opening, self._free)


def without_glasses(avatar: Avatar, crop: Crop) -> np.ndarray:
    """(H, W) float32: 0 on the frame of glasses and just beside it, 1 elsewhere."""
    frame = (padded_crop(avatar.regions, crop) == Region.GLASSES).astype(np.float32)
    return 1 - cv2.blur(cv2.dilate(frame, np.ones((3, 3), np.uint8)), (3, 3))


def lower_margin_shift(avatar: Avatar, curves: LidCurves) -> np.ndarray:
    """(S,) px from the mesh's lower margin down to where the portrait's eye turns into skin."""
    low, high = curves.corners_x
    columns = np.linspace(low, high, SAMPLES)
    upper, lower = contour(curves.upper, columns), contour(curves.lower, columns)
    top = int(upper.min()) - 4
    crop = Crop(int(low) - 2, top, int(high - low) + 5, int(lower.max()) + EDGE_PX - top)
    picture = padded_crop(avatar.portrait, crop).astype(np.float32) / 255
    rows = np.arange(crop.height, dtype=np.float32)[:, None] + np.zeros((1, SAMPLES), np.float32)
    across = np.zeros_like(rows) + (columns - crop.left - 0.5).astype(np.float32)
    strip = cv2.remap(picture, across, rows, cv2.INTER_LINEAR)
    lab = cv2.GaussianBlur(cv2.cvtColor(strip, cv2.COLOR_RGB2LAB), (3, 3), 0.7)
    edge, place = lower - crop.top - 0.5, np.arange(SAMPLES)
    below = np.clip(edge.round().astype(int)[None] + np.arange(4, 8)[:, None], 0, crop.height - 1)
    skin = np.median(lab[below, place[None]].reshape(-1, 3), 0)
    # The white is less red than skin and hardly darker; iris and lashes tell nothing.
    open_rows = np.clip(edge.round().astype(int)[None] - np.arange(2, 6)[:, None], 0, None)
    white = np.percentile(lab[open_rows, place[None], 0], 85)
    darkest = WHITE_SHARE * max(white, skin[0])
    pale = limited((skin[1] - lab[..., 1]) / max(0.6 * skin[1], LEAST_REDNESS))
    eye = pale * limited((lab[..., 0] - darkest) / (0.2 * white))
    step = (np.roll(eye, 1, 0) + np.roll(eye, 2, 0) - eye - np.roll(eye, -1, 0)) / 2
    found = smoothed(snapped(step, edge + 0.5, SNAP_PX, STIFFNESS) - 0.5, 1.5)
    seen = step[np.clip(np.round(found + 0.5).astype(int), 0, len(step) - 1), place]
    # Without a clear step (shaded eyes) the mesh is right.
    trust = np.clip(2 * np.percentile(seen, 65) / LEAST_STEP - 1, 0, 1)
    return np.maximum(found - edge, LEAST_SHIFT_PX) * trust
