"""Motion around the mouth at full resolution: an upper and a lower sheet of skin.

A single field would smear across the parting of the lips. Each sheet has its own smooth flow,
bent near the lips so that the edges the portrait shows meet where the mouth closes; which sheet a
pixel takes is decided by the line between them.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.contour_snap import smoothed
from pipeline.crop import Crop
from pipeline.face_landmarks import (
    LOWER_LIP_INNER,
    MOUTH_REGION,
    UPPER_LIP_INNER,
    contour,
    landmark_points,
)
from pipeline.limits import limited
from pipeline.lip_opening import Opening
from pipeline.motion_field import Field
from pipeline.names import ACTION_INDEX
from pipeline.pull_push import enlarged, extend_planes
from pipeline.source_lips import SAMPLES, LipContours, find_lips
from pipeline.source_view import SourceView
from pipeline.template import Part, Template, TemplateModel

STRIDE_PX = 2
# Vertices are at most 16 cells apart.
LEVELS = 5
MARGIN_PX = 14
FEATHER_PX = 12
# Over this much of the lip the edge's correction fades away, or over this many times itself.
LIP_M, LARGEST_STRAIN = 0.010, 2.5
# Lips that moved less than this show the portrait's own mouth.
STILL_PX, MOVED_PX = 0.2, 1.2
# Neither sheet shows what lies beyond the edge of its lip.
INSET_PX = 0.8
CORNER_PX = 3.0
TOUCHING_PX = 0.8
LIP, TURNED_IN = 0.3, -0.7
# Where the upper lip is from its edge, and the lower one from its own.
OUTWARDS = np.array([-1, 1], np.float32)[:, None, None]
# Where the jaw parts the lips by less they are one at a corner.
PARTING_M = 0.008


@dataclass(frozen=True, slots=True)
class LipLine:
    """The mouth in one frame, in the columns of a crop that moves with it.

    upper, lower (W,) float32: rows (in the picture) of the upper lip's lower edge and the lower
    lip's upper edge, equal where the lips touch
    x_right, x_left: columns of the two corners (the person's right is left in the picture)
    along (W,): place on the samples of `source_lips`
    moved: 0 where the mouth is as in the portrait, 1 where it is certainly not
    """

    crop: Crop
    upper: np.ndarray
    lower: np.ndarray
    x_right: float
    x_left: float
    along: np.ndarray
    moved: float

    @property
    def opening_px(self) -> float:
        return float((self.lower - self.upper).max(initial=0.0))


class LipSheets:
    """Replaces the flow around the mouth by that of the two sheets."""

    def __init__(self, avatar: Avatar, template: Template, source: SourceView) -> None:
        model = self._model = template.model
        px_per_m = avatar.camera.focal_px / float(np.median(source.depth[head_vertices(model)]))
        self._lip_px = LIP_M * px_per_m
        self.source = find_lips(avatar, LipContours.of(model, source.points), px_per_m)
        points = avatar.camera.project(template.closed_geometry().vertices)[0]
        closed = LipContours.of(model, points)
        self._opening = Opening.of(self.source.mesh, self.source.gap, closed)
        self.seam_row = float(self._middle(closed)[SAMPLES // 2])
        region = landmark_points(model, source.points, MOUTH_REGION)
        low, high = region.min(0) - MARGIN_PX, region.max(0) + MARGIN_PX
        near = (source.points >= low).all(1) & (source.points <= high).all(1)
        near &= head_vertices(model)
        # The rim of a lip turns in where it touches the other, and still moves with its lip.
        near &= source.visible | ((model.lip_mask > LIP) & (source.facing > TURNED_IN))
        low_lip = lower_share(model, self.source.mesh, source.points)
        self._vertices = np.flatnonzero(near)
        self._sheet = (low_lip[self._vertices] >= 0.5).astype(np.intp)
        self._points = np.ascontiguousarray(source.points[self._vertices].T, np.float32)
        size = np.ceil((high - low) / (2 * STRIDE_PX)).astype(int) * 2 * STRIDE_PX
        self._width_px, self._height_px = (int(v) for v in size)
        self._centre = ((low + high) / 2).ravel()
        self._anchor = source.points[near].mean(0)
        self._feather = _feather(self._height_px, self._width_px)

    def line(self, field: Field) -> LipLine:
        """Where the lips are in this frame."""
        shift = field.points.T.take(self._vertices, 1).mean(1) - self._anchor
        size = np.array([self._width_px, self._height_px])
        left, top = np.floor(self._centre + shift - size / 2).astype(int)
        crop = Crop(int(left), int(top), self._width_px, self._height_px)
        here = LipContours.of(self._model, field.points)
        gap = self._opening.px(here.gap)
        change = float(np.abs(gap - self._opening.home).max())
        # Lips that all but touch do touch.
        gap *= limited((gap - TOUCHING_PX) / TOUCHING_PX)
        middle = self._middle(here)
        along = here.along(crop.columns)
        place = np.arange(SAMPLES)
        half = np.interp(along, place, gap) / 2
        # Beyond the corners there is no parting.
        columns = crop.columns
        reach = np.minimum(columns - here.x_right, here.x_left - columns) / CORNER_PX
        half *= limited(reach)
        centre = np.interp(along, place, middle)
        return LipLine(
            crop,
            (centre - half).astype(np.float32),
            (centre + half).astype(np.float32),
            here.x_right,
            here.x_left,
            along,
            min(max((change - STILL_PX) / (MOVED_PX - STILL_PX), 0.0), 1.0),
        )

    def _middle(self, lips: LipContours) -> np.ndarray:
        """Rows (S,) half way between the lips."""
        source = self.source
        return lips.middle + (source.upper + source.lower) / 2 - source.mesh.middle

    def apply(self, flow: np.ndarray, field: Field, line: LipLine) -> None:
        """Write the sheets' flow into `flow` (2, 768, 512), feathered at the crop's border."""
        upper, lower = sheets = self._sheet_flows(field, line.crop)
        self._meet(sheets, line)
        middle = (line.upper + line.lower) / 2
        # Between the corners the sheets part sharply; in the cheeks they are one.
        columns = line.crop.columns
        outside = np.maximum(line.x_right - columns, columns - line.x_left)
        steepness = (1 / limited(outside + 1, 0.02, 6)).astype(np.float32)
        lower_share = limited((line.crop.rows - middle) * steepness + np.float32(0.5))
        lower -= upper
        lower *= lower_share
        mouth = upper + lower
        for plane, wanted in zip(flow, mouth, strict=True):
            target, part = line.crop.on(plane)
            target += (wanted[part] - target) * self._feather[part]

    def _meet(self, sheets: np.ndarray, line: LipLine) -> None:
        """Bend the flow (2, 2, H, W) of the sheets so that at the edge of its lip each of them
        shows the lip's own edge."""
        crop, columns = line.crop, line.crop.columns
        inside = np.minimum(columns - line.x_right, line.x_left - columns)
        strength = limited(inside / CORNER_PX) * line.moved
        edges = np.stack([line.upper, line.lower])
        wanted, missing = np.empty_like(edges), np.empty_like(edges)
        for lip, own in enumerate((self.source.upper, self.source.lower)):
            x, y = _at_rows(sheets[lip], edges[lip] - crop.top - 0.5)
            wanted[lip] = np.interp(self._along(columns + x), np.arange(SAMPLES), own)
            missing[lip] = smoothed((wanted[lip] - edges[lip] - y) * strength, 1.5)
        edges, wanted, missing = edges[:, None], wanted[:, None], missing[:, None]
        span = np.maximum(np.float32(self._lip_px), LARGEST_STRAIN * np.abs(missing))
        away = limited((crop.rows - edges) * (OUTWARDS / span))
        down = sheets[:, 1]
        down += missing * (1 - away * away * (3 - 2 * away))
        limit = wanted + OUTWARDS * np.float32(INSET_PX * line.moved) - crop.rows
        beyond = np.maximum(OUTWARDS * (limit - down), 0)
        # Only between the corners is there anything beyond a lip's edge.
        down += beyond * (OUTWARDS * strength.astype(np.float32))

    def _along(self, columns: np.ndarray) -> np.ndarray:
        return self.source.mesh.along(columns)

    def _sheet_flows(self, field: Field, crop: Crop) -> np.ndarray:
        """Smooth flow (2, 2, H, W) of the upper and the lower sheet from their vertices."""
        width, height = crop.width // STRIDE_PX, crop.height // STRIDE_PX
        points = field.points.T.take(self._vertices, 1)
        delta = self._points - points
        column = np.floor((points[0] - crop.left) / STRIDE_PX).astype(np.intp)
        row = np.floor((points[1] - crop.top) / STRIDE_PX).astype(np.intp)
        inside = np.flatnonzero((column >= 0) & (column < width) & (row >= 0) & (row < height))
        cell = ((self._sheet * height + row) * width + column).take(inside)
        count = np.bincount(cell, minlength=2 * height * width)
        mean = np.empty((2, 2, height, width), np.float32)
        for axis, moved in enumerate(delta.take(inside, 1)):
            total = np.bincount(cell, moved, 2 * height * width) / np.maximum(count, 1)
            mean[:, axis] = total.reshape(2, height, width)
        filled = extend_planes(mean, count.reshape(2, height, width), LEVELS)
        for plane in filled.reshape(-1, height, width):
            cv2.GaussianBlur(plane, (0, 0), 1.0, dst=plane)
        return enlarged(filled, crop.width, crop.height)


def _at_rows(planes: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Planes (2, H, W), one value a column, at rows (W,) that count from the first one's centre."""
    height, width = planes.shape[1:]
    rows = limited(rows, 0, height - 1.001)
    low = rows.astype(np.intp)
    index, rest = low * width + np.arange(width), rows - low
    flat = planes.reshape(2, -1)
    return flat.take(index, 1) * (1 - rest) + flat.take(index + width, 1) * rest


def lower_share(model: TemplateModel, lips: LipContours, points: np.ndarray) -> np.ndarray:
    """How far (V,) each vertex moves with the jaw: 0 like the upper lip above or below it, 1 like
    the lower one; in the cheeks above 0.5 is what lies below the corners."""
    fall = np.zeros(len(points), np.float32)
    fall[model.action_vertices] = -model.action_deltas[ACTION_INDEX["jawOpen"]][:, 1]
    along, place = lips.along(points[:, 0]), np.arange(SAMPLES)
    columns = np.linspace(lips.x_right, lips.x_left, SAMPLES)
    upper, lower = (
        contour(
            np.stack(
                [
                    landmark_points(model, points, index)[:, 0],
                    landmark_points(model, fall[:, None], index)[:, 0],
                ],
                1,
            ),
            columns,
        )
        for index in (UPPER_LIP_INNER, LOWER_LIP_INNER)
    )
    apart = np.interp(along, place, lower - upper)
    share = (fall - np.interp(along, place, upper)) / np.maximum(apart, 1e-6)
    below = points[:, 1] >= np.interp(along, place, lips.middle)
    return np.where(apart > PARTING_M, share, below)


def head_vertices(model: TemplateModel) -> np.ndarray:
    """Mask (V,) of the vertices of the outer skin of the head."""
    mask = np.zeros(len(model.rest_vertices), bool)
    mask[model.triangles[model.part == Part.HEAD]] = True
    return mask


def _feather(height: int, width: int) -> np.ndarray:
    """(H, W) one inside, falling to zero over FEATHER_PX at the border."""
    rows = np.minimum(np.arange(height), np.arange(height)[::-1])[:, None] + 0.5
    columns = np.minimum(np.arange(width), np.arange(width)[::-1])[None] + 0.5
    ramp = limited(np.minimum(rows, columns) / FEATHER_PX).astype(np.float32)
    return ramp * ramp * (3 - 2 * ramp)
