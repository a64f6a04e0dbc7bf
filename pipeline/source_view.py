"""What the portrait shows of the template: where each vertex is and whether it can be seen."""

from dataclasses import dataclass

import numpy as np

from pipeline.avatar import Avatar
from pipeline.rasterizer import Raster, rasterize
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.template import Part, Template

# Below this cosine to the viewer the picture shows a surface too foreshortened to reuse.
MIN_FACING = 0.2
DEPTH_TOLERANCE_M = 0.006
# Visibility is resolved at half size: it is smooth, and an avatar must load quickly.
SHRINK = 2
HIDDEN_PARTS = (Part.UPPER_TEETH, Part.LOWER_TEETH, Part.TONGUE)


@dataclass(frozen=True, slots=True)
class SourceView:
    """points (V, 2) px; depth (V,) metres; facing (V,) cosine to the viewer; visible (V,) bool;
    normals (V, 3) unit, of the source pose; raster: at half size, of `triangles` (T, 3)
    = model.triangles[shown]"""

    points: np.ndarray
    depth: np.ndarray
    facing: np.ndarray
    visible: np.ndarray
    normals: np.ndarray
    raster: Raster
    triangles: np.ndarray
    shown: np.ndarray


def view_source(avatar: Avatar, template: Template) -> SourceView:
    """Project the source pose and resolve what hides what."""
    model, vertices = template.model, template.source_geometry().vertices
    points, depth = avatar.camera.project(vertices)
    normals = vertex_normals(vertices, model.triangles)
    towards = -(vertices @ avatar.camera.rotation.T + avatar.camera.translation)
    towards /= np.linalg.norm(towards, axis=1, keepdims=True)
    facing = (normals @ avatar.camera.rotation.T * towards).sum(1)
    which = np.flatnonzero(~np.isin(model.part, HIDDEN_PARTS))
    shown = model.triangles[which]
    raster = rasterize(
        points / SHRINK, depth, shown, FRAME_WIDTH_PX // SHRINK, FRAME_HEIGHT_PX // SHRINK
    )
    column, row = np.floor(points / SHRINK).astype(int).T
    inside = (column >= 0) & (column < FRAME_WIDTH_PX // SHRINK)
    inside &= (row >= 0) & (row < FRAME_HEIGHT_PX // SHRINK)
    visible = inside & (facing > MIN_FACING)
    column, row = column[visible], row[visible]
    visible[visible] = (depth[visible] < raster.depth[row, column] + DEPTH_TOLERANCE_M) & (
        avatar.matte[row * SHRINK, column * SHRINK] > 127
    )
    return SourceView(points, depth, facing, visible, normals, raster, shown, which)


def vertex_normals(vertices: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """Area-weighted unit normals (V, 3)."""
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    face = np.cross(b - a, c - a)
    normals = np.stack(
        [
            sum(
                np.bincount(triangles[:, k], face[:, axis], minlength=len(vertices))
                for k in range(3)
            )
            for axis in range(3)
        ],
        1,
    )
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
