"""Motion around the mouth at full resolution: an upper and a lower sheet of skin.

A single field would smear across the parting of the lips. Each sheet has its own smooth flow;
which one a pixel takes is decided by the line between the inner contours of the lips.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.crop import Crop
from pipeline.face_landmarks import (
    LIP_CORNERS,
    LOWER_LIP_INNER,
    MOUTH_REGION,
    UPPER_LIP_INNER,
    contour,
    landmark_points,
)
from pipeline.motion_field import Field
from pipeline.pull_push import pull_push
from pipeline.source_view import SourceView
from pipeline.template import Part, TemplateModel

STRIDE_PX = 2
MARGIN_PX = 14
FEATHER_PX = 12


@dataclass(frozen=True, slots=True)
class LipLine:
    """The mouth in one frame, in the columns of a crop that moves with it.

    upper, lower (W,) float32: rows (in the picture) of the upper lip's lower edge and the lower
    lip's upper edge, equal where the lips touch
    x_right, x_left: columns of the two corners (the person's right is left in the picture)
    """

    crop: Crop
    upper: np.ndarray
    lower: np.ndarray
    x_right: float
    x_left: float

    @property
    def opening_px(self) -> float:
        return float((self.lower - self.upper).max(initial=0.0))


class LipSheets:
    """Replaces the flow around the mouth by that of the two sheets."""

    def __init__(self, model: TemplateModel, source: SourceView) -> None:
        self._model = model
        region = landmark_points(model, source.points, MOUTH_REGION)
        low, high = region.min(0) - MARGIN_PX, region.max(0) + MARGIN_PX
        corner = source.points
        near = source.visible & (corner >= low).all(1) & (corner <= high).all(1)
        near &= head_vertices(model)
        upper, lower = self._contours(source.points, corner[:, 0])
        middle = (upper + lower) / 2
        self._sheets = [near & (corner[:, 1] <= middle), near & (corner[:, 1] >= middle)]
        self._sheets = [np.flatnonzero(sheet) for sheet in self._sheets]
        self._source = source.points.astype(np.float32)
        size = np.ceil((high - low) / (2 * STRIDE_PX)).astype(int) * 2 * STRIDE_PX
        self._width_px, self._height_px = (int(v) for v in size)
        self._centre = np.array([(low + high) / 2]).ravel()
        self._anchor = source.points[near].mean(0)
        self._near = np.flatnonzero(near)
        corners = landmark_points(model, source.points, LIP_CORNERS)
        self._rest_gap_t = np.linspace(0, 1, 33)
        columns = corners[0, 0] + self._rest_gap_t * (corners[1, 0] - corners[0, 0])
        up, down = self._contours(source.points, columns)
        # A closed mouth shows this much between the contours of the mesh; it is no opening.
        self._rest_gap = np.maximum(down - up, 0)
        self._feather = _feather(self._height_px, self._width_px)

    def _contours(self, points: np.ndarray, columns: np.ndarray):
        upper = contour(landmark_points(self._model, points, UPPER_LIP_INNER), columns)
        lower = contour(landmark_points(self._model, points, LOWER_LIP_INNER), columns)
        return upper, lower

    def line(self, field: Field) -> LipLine:
        """Where the lips are in this frame."""
        shift = field.points[self._near].mean(0) - self._anchor
        size = np.array([self._width_px, self._height_px])
        left, top = np.floor(self._centre + shift - size / 2).astype(int)
        crop = Crop(int(left), int(top), self._width_px, self._height_px)
        columns = crop.columns
        upper, lower = self._contours(field.points, columns)
        corners = landmark_points(self._model, field.points, LIP_CORNERS)
        right, left_corner = float(corners[0, 0]), float(corners[1, 0])
        along = (columns - right) / max(left_corner - right, 1.0)
        closed_gap = np.interp(along, self._rest_gap_t, self._rest_gap)
        # Beyond the corners there is no parting.
        reach = np.clip(np.minimum(columns - right, left_corner - columns) / 3, 0, 1)
        half = np.maximum(lower - upper - closed_gap, 0) / 2 * reach
        middle = (upper + lower) / 2
        edges = ((middle - half).astype(np.float32), (middle + half).astype(np.float32))
        return LipLine(crop, *edges, right, left_corner)

    def apply(self, flow: np.ndarray, field: Field, line: LipLine) -> None:
        """Write the sheets' flow into `flow` (768, 512, 2), feathered at the crop's border."""
        upper, lower = (self._sheet_flow(field, index, line.crop) for index in self._sheets)
        middle = (line.upper + line.lower) / 2
        lower_share = np.clip(line.crop.rows - middle + 0.5, 0, 1)[..., None]
        mouth = upper + (lower - upper) * lower_share
        target, part = line.crop.on(flow)
        target += (mouth[part] - target) * self._feather[part]

    def _sheet_flow(self, field: Field, index: np.ndarray, crop: Crop) -> np.ndarray:
        """Smooth flow (H, W, 2) of one sheet from its vertices."""
        points = field.points[index]
        cell = np.floor((points - (crop.left, crop.top)) / STRIDE_PX).astype(np.int32)
        width, height = crop.width // STRIDE_PX, crop.height // STRIDE_PX
        inside = ((cell >= 0) & (cell < (width, height))).all(1)
        flat = cell[inside, 1] * width + cell[inside, 0]
        delta = (self._source[index] - points)[inside]
        weight = np.bincount(flat, minlength=width * height).astype(np.float32)
        sums = [np.bincount(flat, delta[:, k], minlength=width * height) for k in (0, 1)]
        mean = np.stack(sums, 1).astype(np.float32) / np.maximum(weight, 1)[:, None]
        filled = pull_push(mean.reshape(height, width, 2), weight.reshape(height, width))
        smooth = cv2.GaussianBlur(filled, (0, 0), 1.0)
        return cv2.resize(smooth, (crop.width, crop.height), interpolation=cv2.INTER_LINEAR)


def head_vertices(model: TemplateModel) -> np.ndarray:
    """Mask (V,) of the vertices of the outer skin of the head."""
    mask = np.zeros(len(model.rest_vertices), bool)
    mask[model.triangles[model.part == Part.HEAD]] = True
    return mask


def _feather(height: int, width: int) -> np.ndarray:
    """(H, W, 1) one inside, falling to zero over FEATHER_PX at the border."""
    rows = np.minimum(np.arange(height), np.arange(height)[::-1])[:, None] + 0.5
    columns = np.minimum(np.arange(width), np.arange(width)[::-1])[None] + 0.5
    ramp = np.clip(np.minimum(rows, columns) / FEATHER_PX, 0, 1).astype(np.float32)
    return (ramp * ramp * (3 - 2 * ramp))[..., None]
