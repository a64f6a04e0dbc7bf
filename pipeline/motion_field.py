"""Explicit control: for every driving pixel, where the portrait shows the same point.

Points of the portrait are moved with the template and spread, what is in front winning, over a
grid of a quarter of the portrait's resolution; the flow they carry is extended smoothly.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline import z_buffer
from pipeline.avatar import Avatar
from pipeline.frame_edge import FrameEdge
from pipeline.pull_push import extend_planes
from pipeline.rates import FIELD_STRIDE_PX, FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.source_view import SourceView, view_source
from pipeline.surface_points import SurfacePoints
from pipeline.template import Geometry, Template

GRID_WIDTH = FRAME_WIDTH_PX // FIELD_STRIDE_PX
GRID_HEIGHT = FRAME_HEIGHT_PX // FIELD_STRIDE_PX
SMOOTHING_SIGMA_CELLS = 0.7
# What is this far behind the nearest point of its cell is hidden.
HIDDEN_M = 0.03
# Weight at which a cell is known for certain: that of four points in the corners of their cells.
CERTAIN_WEIGHT = 0.25
# A head that has moved so far against the neck shows what it hid.
APART_PX = 4
# Beyond 32 cells from any point nothing moves.
LEVELS = 6


@dataclass(frozen=True, slots=True)
class Field:
    """Explicit control of one frame.

    flow (192, 128, 2) float32 px: the portrait's pixel minus the driving pixel, known everywhere
    front (192, 128, 2) px: that of the head and all that is far from it; behind (h, w, 2) px: that
    of the body in the cells about the jaw (HeadEdge); flow has both. In memory x and y of the
    three are planes, since numpy and OpenCV are slow at two channels
    part (192, 128) uint8 Part ids and depth (192, 128) float32 metres (inf), where the mesh is
    points (V, 2) float32 px, depths (V,) metres: the template's projected vertices
    """

    geometry: Geometry
    flow: np.ndarray
    front: np.ndarray
    behind: np.ndarray
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
        self._points = points = SurfacePoints(avatar, template, self.source)
        self.edge = points.edge
        self._frame_edge = FrameEdge(avatar.matte)
        rows, columns = self.edge.cells
        self._corner = np.array([[columns.start], [rows.start]], np.float32) * FIELD_STRIDE_PX
        height, width = rows.stop - rows.start, columns.stop - columns.start
        self._open = np.full((height, width), np.inf, np.float32)
        # What index -1 finds: nothing, infinitely far away.
        self._part = np.append(points.part[points.solid], 0).astype(np.uint8)

    def step(self, geometry: Geometry) -> Field:
        """Project, z-buffer and extend."""
        points, depths = self.camera.project(geometry.vertices)
        moved = self._points.project(geometry)
        front = moved[:, : self._points.front_count]
        solid = front.take(self._points.solid, 1)
        winner = nearest_samples(solid)
        depth = np.append(solid[2], np.float32(np.inf)).take(winner)
        carried = self._points.source - moved[:2]
        front = extend(*spread(front, carried[:, : len(front[0])], depth))
        self._frame_edge.hold(front)
        behind = self._behind(moved, carried, front)
        flow = front.copy()
        self.edge.cut_cells(flow, behind)
        flow, front, behind = (planes.transpose(1, 2, 0) for planes in (flow, front, behind))
        part = self._part.take(winner)
        return Field(geometry, flow, front, behind, part, depth, points, depths)

    def _behind(self, moved: np.ndarray, carried: np.ndarray, front: np.ndarray) -> np.ndarray:
        """Flow (2, h, w) px of what the head hides, in the cells of its edge."""
        mirrored = self._points.mirrored
        hidden = moved.shape[1] - mirrored.shape[1]
        size = np.array([[GRID_WIDTH - 1], [GRID_HEIGHT - 1]])
        column, row = np.clip(moved[:2, hidden:] * (1 / FIELD_STRIDE_PX), 0, size).astype(np.intp)
        # Until the head has moved off it there is nothing to make up.
        apart = front.reshape(2, -1).take(row * GRID_WIDTH + column, 1) - carried[:, hidden:]
        carried[:, hidden:] += mirrored * np.minimum(np.hypot(*apart) * (1 / APART_PX), 1)
        points = self._points.behind
        samples = moved.take(points, 1)
        samples[:2] -= self._corner
        return extend(*spread(samples, carried.take(points, 1), self._open))


def nearest_samples(samples: np.ndarray) -> np.ndarray:
    """Index (192, 128) of the sample nearest to the viewer in each cell, -1 where none is.

    samples: (3, S) x px, y px, depth metres
    """
    column, row = np.floor(samples[:2] * (1 / FIELD_STRIDE_PX)).astype(np.intp)
    inside = (column >= 0) & (column < GRID_WIDTH) & (row >= 0) & (row < GRID_HEIGHT)
    index = np.flatnonzero(inside)
    buffer = z_buffer.empty_buffer(GRID_HEIGHT, GRID_WIDTH)
    pixel = (row * GRID_WIDTH + column).take(index)
    z_buffer.put_nearest(buffer, pixel, samples[2].take(index), index)
    return z_buffer.indices(buffer)


def spread(samples: np.ndarray, flow: np.ndarray, depth: np.ndarray):
    """Mean flow (2, H, W) of the visible samples about each cell, and their weight (H, W).

    Each of the samples (3, S) counts bilinearly in the four cells around it, so that the flow does
    not jump when it crosses into the next one; depth: (H, W) metres of what is in front.
    """
    # Cells around the grid take what lies outside: one before it, two behind.
    height, width = depth.shape[0] + 3, depth.shape[1] + 3
    front = np.full((height, width), np.inf, np.float32)
    inner = np.s_[1:-2, 1:-2]
    front[inner] = depth + HIDDEN_M
    at = samples[:2] * (1 / FIELD_STRIDE_PX) + 0.5
    last = np.array([[width - 1.01], [height - 1.01]], np.float32)
    np.minimum(np.maximum(at, 0, out=at), last, out=at)
    cell = at.astype(np.intp)
    right, down = at - cell
    left, up = 1 - right, 1 - down
    index = cell[1] * width + cell[0] + np.array([[0], [1], [width], [width + 1]])
    weight = np.stack([left * up, right * up, left * down, right * down])
    weight *= samples[2] < front.take(index)
    index, size = index.ravel(), height * width
    total, *sums = (
        np.bincount(index, carried.ravel(), size).reshape(height, width)[inner]
        for carried in (weight, weight * flow[0], weight * flow[1])
    )
    scale = 1 / np.maximum(total, 1e-6)
    mean = np.stack([axis * scale for axis in sums], dtype=np.float32, casting="same_kind")
    return mean, total.astype(np.float32)


def extend(flow: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Membrane-like extension of the flow (2, H, W) to where no point is."""
    filled = extend_planes(flow, weight * (1 / CERTAIN_WEIGHT), LEVELS)
    smooth = np.empty_like(filled)
    for plane, target in zip(filled, smooth, strict=True):
        cv2.GaussianBlur(plane, (0, 0), SMOOTHING_SIGMA_CELLS, dst=target)
    return smooth
