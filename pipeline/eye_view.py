"""Where one eye is in a frame: the contours of its lids and what they leave open."""

from dataclasses import dataclass

import numpy as np

from pipeline.crop import Crop
from pipeline.face_landmarks import LOWER_LID, ORBITAL_CREASE, UPPER_LID, contour, landmark_points
from pipeline.motion_field import Field
from pipeline.names import ACTION_INDEX
from pipeline.source_view import SourceView
from pipeline.template import TemplateModel

SIDES = ("Left", "Right")
MARGIN_PX = 14
CORNER_TAPER_PX = 3.0
SHUT_PX = 1.5
# The mesh's lids meet before eyeBlink reaches one; what remains presses them shut.
CLOSED_BLINK = 0.85


@dataclass(frozen=True, slots=True)
class LidCurves:
    """Contours of one eye as points (9, 2) px: upper margin, lower margin, edge of the orbit."""

    upper: np.ndarray
    lower: np.ndarray
    orbit: np.ndarray

    @property
    def corners_x(self) -> tuple[float, float]:
        x = np.concatenate([self.upper[:, 0], self.lower[:, 0]])
        return float(x.min()), float(x.max())


@dataclass(frozen=True, slots=True)
class EyeView:
    """One eye in one frame, in the columns and rows of a crop that moves with the orbit.

    upper, lower (W,): rows of the lids' margins, never crossing; reach (W,): 0 beyond the corners
    opening (H, W) float32: soft mask of what lies open between the lids
    """

    crop: Crop
    curves: LidCurves
    upper: np.ndarray
    lower: np.ndarray
    reach: np.ndarray
    opening: np.ndarray


class EyeFinder:
    """Finds one eye of one avatar in every frame; eye 0 is the person's left."""

    def __init__(self, model: TemplateModel, source: SourceView, eye: int) -> None:
        self._model, self._eye = model, eye
        self._blink = ACTION_INDEX[f"eyeBlink{SIDES[eye]}"]
        curves = self._curves(source.points)
        everything = np.concatenate([curves.upper, curves.lower, curves.orbit])
        low = np.floor(everything.min(0) - MARGIN_PX).astype(int)
        size = np.ceil(everything.max(0) + MARGIN_PX).astype(int) - low
        self.source = _view(curves, Crop(*map(int, (*low, *size))), closing=0.0)

    def _curves(self, points: np.ndarray) -> LidCurves:
        contours = (UPPER_LID, LOWER_LID, ORBITAL_CREASE)
        return LidCurves(*(landmark_points(self._model, points, c[self._eye]) for c in contours))

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
        blink = np.clip(field.geometry.actions[self._blink] / CLOSED_BLINK, 0, 1)
        return _view(curves, crop, closing=float(blink) ** 4)


def _view(curves: LidCurves, crop: Crop, closing: float) -> EyeView:
    columns, rows = crop.columns, crop.rows
    lower = contour(curves.lower, columns)
    upper = np.minimum(contour(curves.upper, columns), lower)
    upper = upper + (lower - upper) * closing
    x0, x1 = curves.corners_x
    reach = np.clip(np.minimum(columns - x0, x1 - columns) / CORNER_TAPER_PX, 0, 1)
    between = np.clip(rows - upper + 0.5, 0, 1) * np.clip(lower - rows + 0.5, 0, 1)
    opening = between * (reach * np.clip((lower - upper) / SHUT_PX, 0, 1))
    return EyeView(crop, curves, upper, lower, reach, opening.astype(np.float32))
