"""Motion around the mouth at full resolution: an upper and a lower sheet of skin.

A single field would smear across the parting of the lips. Each sheet has its own smooth flow;
which one a pixel takes is decided by the line between the inner contours of the lips.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.face_landmarks import LIP_CORNERS, LOWER_LIP_INNER, MOUTH_REGION, UPPER_LIP_INNER
from pipeline.motion_field import Field
from pipeline.pull_push import pull_push
from pipeline.source_view import SourceView
from pipeline.template import Part, TemplateModel

STRIDE_PX = 2
MARGIN_PX = 14
FEATHER_PX = 12


@dataclass(frozen=True, slots=True)
class LipLine:
    """The mouth in one frame, in the columns of the crop.

    left, top: the crop's first pixel; upper, lower (W,) float32: rows (in the picture) of the
    upper lip's lower edge and the lower lip's upper edge, equal where the lips touch;
    x_right, x_left: columns of the two mouth corners (the person's right is left in the picture)
    """

    left: int
    top: int
    width: int
    height: int
    upper: np.ndarray
    lower: np.ndarray
    x_right: float
    x_left: float

    @property
    def opening_px(self) -> float:
        return float((self.lower - self.upper).max(initial=0.0))


def landmark_points(model: TemplateModel, points: np.ndarray, which) -> np.ndarray:
    """Projected landmarks (N, 2) from projected vertices (V, 2)."""
    index = list(which)
    corner = points[model.landmark_vertices[index]]
    return (corner * model.landmark_weights[index][..., None]).sum(1)


def contour(points: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Rows of a contour (N, 2) at pixel columns; constant beyond its ends."""
    order = np.argsort(points[:, 0])
    return np.interp(columns, points[order, 0], points[order, 1]).astype(np.float32)


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
        self.width_px, self.height_px = (int(v) for v in size)
        self._centre = np.array([(low + high) / 2]).ravel()
        self._anchor = source.points[near].mean(0)
        self._near = np.flatnonzero(near)
        corners = landmark_points(model, source.points, LIP_CORNERS)
        self._rest_gap_t = np.linspace(0, 1, 33)
        columns = corners[0, 0] + self._rest_gap_t * (corners[1, 0] - corners[0, 0])
        up, down = self._contours(source.points, columns)
        # A closed mouth shows this much between the contours of the mesh; it is no opening.
        self._rest_gap = np.maximum(down - up, 0)
        self._feather = _feather(self.height_px, self.width_px)

    def _contours(self, points: np.ndarray, columns: np.ndarray):
        upper = contour(landmark_points(self._model, points, UPPER_LIP_INNER), columns)
        lower = contour(landmark_points(self._model, points, LOWER_LIP_INNER), columns)
        return upper, lower

    def line(self, field: Field) -> LipLine:
        """Where the lips are in this frame."""
        shift = field.points[self._near].mean(0) - self._anchor
        left, top = np.floor(self._centre + shift - self._half()).astype(int)
        columns = left + np.arange(self.width_px) + 0.5
        upper, lower = self._contours(field.points, columns)
        corners = landmark_points(self._model, field.points, LIP_CORNERS)
        span = max(corners[1, 0] - corners[0, 0], 1.0)
        share = np.interp((columns - corners[0, 0]) / span, self._rest_gap_t, self._rest_gap)
        gap = lower - upper
        middle = (upper + lower) / 2
        # Beyond the corners there is no parting.
        reach = np.clip(np.minimum(columns - corners[0, 0], corners[1, 0] - columns) / 3, 0, 1)
        half = np.maximum(gap - share, 0) / 2 * reach
        return LipLine(
            int(left), int(top), self.width_px, self.height_px,
            (middle - half).astype(np.float32), (middle + half).astype(np.float32),
            float(corners[0, 0]), float(corners[1, 0]),
        )  # fmt: skip

    def _half(self) -> np.ndarray:
        return np.array([self.width_px, self.height_px]) / 2

    def apply(self, flow: np.ndarray, field: Field, line: LipLine) -> None:
        """Write the sheets' flow into `flow` (768, 512, 2), feathered at the crop's border."""
        sheets = [self._sheet_flow(field, index, line) for index in self._sheets]
        rows = line.top + np.arange(line.height, dtype=np.float32)[:, None] + 0.5
        middle = (line.upper + line.lower)[None] / 2
        lower_share = np.clip(rows - middle + 0.5, 0, 1)[..., None]
        mouth = sheets[0] + (sheets[1] - sheets[0]) * lower_share
        into = _clipped(flow, line)
        if into is None:
            return
        target, part = into
        target += (mouth[part] - target) * self._feather[part]

    def _sheet_flow(self, field: Field, index: np.ndarray, line: LipLine) -> np.ndarray:
        points = field.points[index]
        cell = np.floor((points - (line.left, line.top)) / STRIDE_PX).astype(np.int32)
        width, height = line.width // STRIDE_PX, line.height // STRIDE_PX
        inside = ((cell >= 0) & (cell < (width, height))).all(1)
        flat = cell[inside, 1] * width + cell[inside, 0]
        delta = (self._source[index] - points)[inside]
        weight = np.bincount(flat, minlength=width * height).astype(np.float32)
        sums = [np.bincount(flat, delta[:, k], minlength=width * height) for k in (0, 1)]
        mean = np.stack(sums, 1).astype(np.float32) / np.maximum(weight, 1)[:, None]
        weight = weight.reshape(height, width)
        filled = pull_push(mean.reshape(height, width, 2), weight)
        smooth = cv2.GaussianBlur(filled, (0, 0), 1.0)
        return cv2.resize(smooth, (line.width, line.height), interpolation=cv2.INTER_LINEAR)


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


def _clipped(picture: np.ndarray, line: LipLine):
    """View of the picture under the crop and the matching part of the crop; None if outside."""
    return clip_crop(picture, line.left, line.top, line.width, line.height)


def clip_crop(picture: np.ndarray, left: int, top: int, width: int, height: int):
    """View of `picture` under a crop that may overhang, and the crop's visible slices."""
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + width, picture.shape[1]), min(top + height, picture.shape[0])
    if x1 <= x0 or y1 <= y0:
        return None
    part = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    return picture[y0:y1, x0:x1], part
