"""Explicit control: for every driving pixel, where the portrait shows the same point.

Fixed surface points of the template are projected and z-buffered at a quarter of the portrait's
resolution; the flow they carry is extended smoothly to hair, clothes and background.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline import z_buffer
from pipeline.avatar import Avatar
from pipeline.names import ACTION_INDEX
from pipeline.pull_push import pull_push
from pipeline.rates import FIELD_STRIDE_PX, FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.source_view import SourceView, view_source
from pipeline.template import Geometry, Part, Template, TemplateModel

GRID_WIDTH = FRAME_WIDTH_PX // FIELD_STRIDE_PX
GRID_HEIGHT = FRAME_HEIGHT_PX // FIELD_STRIDE_PX
SMOOTHING_SIGMA_CELLS = 1.0
# Auricles fold over themselves; they follow the skull around them.
MAX_EAR = 0.4
# Close to the silhouette of a bare skull lies hair; it follows what is further in.
MIN_FACING = 0.35
# Distance between samples in the portrait: head, rest. Gaps in the grid are bridged.
PITCH_PX = (3.0, 5.0)
# Eyes have their own stage. Clothed upper arms hang with the torso: warping a sleeve by the arm
# inside it would drag the flank along, and what a gesture lifts is drawn, not warped.
UNUSED_PARTS = (Part.EYE, Part.UPPER_ARM)
# Lids slide over each other and over the eye; `eyelids` moves them, the field only the orbit.
MAX_LID_TRAVEL_M = 0.0008


@dataclass(frozen=True, slots=True)
class Field:
    """Explicit control of one frame.

    flow (192, 128, 2) float32 px: the portrait's pixel minus the driving pixel, known everywhere
    part (192, 128) uint8 Part ids and depth (192, 128) float32 metres (inf), where the mesh is
    points (V, 2) float32 px, depths (V,) metres: the template's projected vertices
    """

    geometry: Geometry
    flow: np.ndarray
    part: np.ndarray
    depth: np.ndarray
    points: np.ndarray
    depths: np.ndarray


class MotionField:
    """Geometry in, field out; one per avatar."""

    latency_s = 0.0

    def __init__(self, avatar: Avatar, template: Template) -> None:
        self.camera = avatar.camera
        self.source: SourceView = view_source(avatar, template)
        model = template.model
        corners = model.triangles[model.sample_triangle]
        usable = self.source.visible[corners].all(1) & (model.ear_mask[corners].max(1) < MAX_EAR)
        usable &= ~np.isin(model.part[model.sample_triangle], UNUSED_PARTS)
        usable &= self.source.facing[corners].min(1) > MIN_FACING
        usable &= lid_travel_m(model)[corners].max(1) < MAX_LID_TRAVEL_M
        chosen = np.flatnonzero(usable)
        part = model.part[model.sample_triangle]
        at = np.einsum(
            "skc,sk->sc", self.source.points[corners[chosen]], model.sample_weight[chosen]
        )
        chosen = chosen[thinned(at, np.where(part[chosen] == Part.HEAD, *PITCH_PX))]
        self._part = part[chosen]
        self._used, compact = np.unique(corners[chosen], return_inverse=True)
        self._corners = np.ascontiguousarray(compact.reshape(-1, 3).T, np.int32)
        self._weights = np.ascontiguousarray(model.sample_weight[chosen].T[..., None], np.float32)
        self._source_points = self._sampled(self.source.points.astype(np.float32))

    def _sampled(self, values: np.ndarray) -> np.ndarray:
        """Per-vertex values (V, C) at the sample points (S, C)."""
        rows = values[self._used]
        first, second, third = (
            w * rows.take(c, 0) for w, c in zip(self._weights, self._corners, strict=True)
        )
        return first + second + third

    def step(self, geometry: Geometry) -> Field:
        """Project, z-buffer and extend."""
        points, depths = self.camera.project(geometry.vertices)
        samples = self._sampled(np.concatenate([points, depths[:, None]], 1).astype(np.float32))
        winner = nearest_samples(samples)
        known = winner >= 0
        chosen = winner[known]
        flow = np.zeros((GRID_HEIGHT, GRID_WIDTH, 2), np.float32)
        flow[known] = self._source_points[chosen] - samples[chosen, :2]
        part = np.zeros(known.shape, np.uint8)
        part[known] = self._part[chosen]
        depth = np.full(known.shape, np.inf, np.float32)
        depth[known] = samples[chosen, 2]
        return Field(geometry, extend(flow, known), part, depth, points, depths)


def thinned(points: np.ndarray, pitch: np.ndarray) -> np.ndarray:
    """Indices of one point (N, 2) for each square of side `pitch` (N,) px."""
    cells = np.concatenate([np.floor(points / pitch[:, None]), pitch[:, None]], 1)
    _, first = np.unique(cells, axis=0, return_index=True)
    return np.sort(first)


def lid_travel_m(model: TemplateModel) -> np.ndarray:
    """How far (V,) each vertex moves in a blink of either eye, metres."""
    travel = np.zeros(len(model.rest_vertices), np.float32)
    for name in ("eyeBlinkLeft", "eyeBlinkRight"):
        moved = np.linalg.norm(model.action_deltas[ACTION_INDEX[name]], axis=1)
        travel[model.action_vertices] = np.maximum(travel[model.action_vertices], moved)
    return travel


def nearest_samples(samples: np.ndarray) -> np.ndarray:
    """Index (192, 128) of the sample nearest to the viewer in each cell, -1 where none is.

    samples: (S, 3) x px, y px, depth metres
    """
    column, row = np.floor(samples[:, :2].T * (1 / FIELD_STRIDE_PX)).astype(np.int32)
    inside = (column >= 0) & (column < GRID_WIDTH) & (row >= 0) & (row < GRID_HEIGHT)
    index = np.flatnonzero(inside)
    buffer = z_buffer.empty_buffer(GRID_HEIGHT, GRID_WIDTH)
    pixel = row[index] * GRID_WIDTH + column[index]
    z_buffer.put_nearest(buffer, pixel, samples[index, 2], index)
    return z_buffer.indices(buffer)


def extend(flow: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Membrane-like extension of the flow off the mesh, smooth across its border.

    On the mesh the smoothing turns the step of the jaw over the neck into a steep ramp.
    """
    filled = pull_push(flow, known.astype(np.float32))
    return cv2.GaussianBlur(filled, (0, 0), SMOOTHING_SIGMA_CELLS)
