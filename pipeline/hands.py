"""Forearms and hands of the template, shaded in the portrait's skin and sleeve colours.

The portrait does not show them, so they are rendered: only when a gesture lifts them into the
picture, and only their own triangles.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.colour import to_linear, to_srgb_bytes
from pipeline.limits import limited
from pipeline.motion_field import Field
from pipeline.rasterizer import rasterize
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.source_view import vertex_normals
from pipeline.template import Part, Template

SLEEVE_THICKNESS_M = 0.009
SHADOW_SHIFT_PX = (6, 14)
SHADOW_SHRINK = 4
SHADOW_SIGMA_PX = 9.0
SHADOW_STRENGTH = 0.30
WRAP = 0.25
REFERENCE_NORMAL = (0.0, 0.1, 0.995)
# Share of the forearm over which it dissolves at the elbow.
ELBOW_FADE = (0.02, 0.22)
EDGE_BLUR_CELLS = 1.0
EDGE_STEEPNESS = 2.5
# Pixels of the portrait per cell of the raster; smooth shading bears it, and time does not.
STEP_PX = 2
# In a drawing, what lies this far before its neighbour has an outline.
INK_STEP_M, FAR_M = 0.006, 1e3
# Vertices closer than about this, on the same bone, are drawn as one.
CELL_M = 0.0055
# A wrist this far below the picture may still show its fingertips.
HAND_REACH_PX = 130


@dataclass(frozen=True, slots=True)
class HandLayer:
    """Colour and opacity (H, W, 4) uint8 whose first pixel is at (left, top) in the picture.

    normals(): (H / 2, W / 2, 3) float32 unit, template axes, zero where nothing is; interpolated
        when asked for, as only networks are told them
    """

    pixels: np.ndarray
    left: int
    top: int
    normals: Callable[[], np.ndarray]

    def draw(self, picture: np.ndarray) -> None:
        """Composite, with a soft shadow on what is behind; `picture` (768, 512, 3) uint8."""
        _cast_shadow(picture, self.pixels[..., 3], np.array([self.left, self.top]))
        area = picture[self.top :, self.left :][: self.pixels.shape[0], : self.pixels.shape[1]]
        _blend(area, self.pixels[: area.shape[0], : area.shape[1]])

    def put_surface(self, surface: np.ndarray) -> None:
        """Write normals (128 is zero) and opacity into `surface` (384, 256, 4) uint8."""
        y, x = self.top // STEP_PX, self.left // STEP_PX
        normals = self.normals()
        area = surface[y:, x:][: normals.shape[0], : normals.shape[1]]
        height, width = area.shape[:2]
        opacity = self.pixels[::STEP_PX, ::STEP_PX, 3][:height, :width]
        area[..., :3] = np.rint(normals[:height, :width] * 127 + 128) * (opacity > 0)[..., None]
        area[..., 3] = opacity


class Arms:
    """Forearm and hand of one side ("L" or "R") or of both ("LR"), as one mesh."""

    def __init__(self, avatar: Avatar, template: Template, sides: str) -> None:
        model = template.model
        chosen = np.isin(model.part, (Part.FOREARM, Part.HAND))
        if len(sides) == 1:
            centre_x = model.rest_vertices[model.triangles].mean(1)[:, 0]
            chosen &= centre_x > 0 if sides == "L" else centre_x < 0
        triangles, kept = coarsened(
            model.rest_vertices, model.skin_weights.argmax(1), model.triangles[chosen]
        )
        part = model.part[chosen][kept]
        self._vertices, compact = np.unique(triangles, return_inverse=True)
        self._triangles = compact.reshape(-1, 3)
        self._camera, self._light, self._ink = avatar.camera, avatar.light, avatar.ink
        rest = model.rest_vertices[self._vertices]
        normals = vertex_normals(rest, self._triangles)
        self._rest_normals = np.ascontiguousarray(normals.T, np.float32)
        self._weights = np.ascontiguousarray(model.skin_weights[self._vertices].T)
        sleeved = np.zeros(len(self._vertices), bool)
        if avatar.long_sleeves:
            sleeved[self._triangles[part == Part.FOREARM]] = True
            sleeved[self._triangles[part == Part.HAND]] = False
        skin = to_linear(avatar.skin_colour) * model.albedo[self._vertices]
        self._albedo = np.where(sleeved[:, None], to_linear(avatar.sleeve_colour), skin)
        self._solid = np.max([_beyond_elbow(template, rest, side) for side in sides], axis=0)
        self._inflate = np.where(sleeved, SLEEVE_THICKNESS_M, 0.0).astype(np.float32)
        self._reference = self._irradiance(np.array([REFERENCE_NORMAL], np.float32))

    def render(self, field: Field) -> HandLayer | None:
        """The layer of this frame, None where all of it is outside the picture."""
        vertices = field.geometry.vertices.T.take(self._vertices, 1)
        rotation = (field.geometry.rotations.reshape(-1, 9).T @ self._weights).reshape(3, 3, -1)
        normals = (rotation * self._rest_normals).sum(1)
        normals /= np.maximum(np.sqrt((normals * normals).sum(0)), 1e-6)
        points, depth = self._camera.project((vertices + normals * self._inflate).T)
        normals = np.ascontiguousarray(normals.T)
        low = np.maximum(np.floor(points.min(0) / STEP_PX - 2), 0).astype(int) * STEP_PX
        high = np.minimum(points.max(0) + 2 * STEP_PX, (FRAME_WIDTH_PX, FRAME_HEIGHT_PX))
        cells = np.ceil((high - low) / STEP_PX).astype(int)
        if (cells < 1).any():
            return None
        width, height = (int(v) for v in cells)
        raster = rasterize((points - low) / STEP_PX, depth, self._triangles, width, height)
        shaded = np.concatenate([self._shaded(normals), 255 * self._solid[:, None]], 1)
        drawn = raster.interpolate(self._triangles, shaded.astype(np.float32))
        if self._ink is not None:
            drawn[outlines(raster.depth), :3] = 255 * self._ink
        pixels = _upsampled(drawn, raster.covered.astype(np.float32))
        surface = partial(raster.interpolate, self._triangles, normals)
        return HandLayer(pixels, int(low[0]), int(low[1]), surface)

    def _irradiance(self, normals: np.ndarray) -> np.ndarray:
        """(V, 3) linear: wrapped diffuse key light over the portrait's ambient light."""
        diffuse = limited((normals @ self._light.direction + WRAP) / (1 + WRAP))[:, None]
        sky = (0.75 + 0.25 * normals[:, 1])[:, None]
        return self._light.ambient * sky + self._light.key * diffuse

    def _shaded(self, normals: np.ndarray) -> np.ndarray:
        """sRGB bytes (V, 3). Skin and sleeve colours were read off lit surfaces that face the
        viewer, so light counts relative to those."""
        linear = self._albedo * (self._irradiance(normals) / self._reference)
        return to_srgb_bytes(linear)


class Hands:
    """Both arms; renders those that a gesture has lifted."""

    def __init__(self, avatar: Avatar, template: Template) -> None:
        self._camera = avatar.camera
        self._wrists = {side: template.model.joint_names.index(f"wrist.{side}") for side in "LR"}
        # A mesh for each case, so that a frame rasterises once.
        self._arms = {sides: Arms(avatar, template, sides) for sides in ("L", "R", "LR")}

    def lifted(self, field: Field) -> str:
        """Sides ("", "L", "R" or "LR") of which something can be in the picture."""
        places = field.geometry.positions[list(self._wrists.values())]
        rows = self._camera.project(places)[0][:, 1]
        limit = FRAME_HEIGHT_PX + HAND_REACH_PX
        return "".join(side for side, y in zip(self._wrists, rows, strict=True) if y < limit)

    def render(self, field: Field) -> HandLayer | None:
        """What is to be drawn over the picture of this frame, if anything."""
        sides = self.lifted(field)
        return self._arms[sides].render(field) if sides else None


def outlines(depth: np.ndarray) -> np.ndarray:
    """(H, W) bool: cells at the rim of what is drawn, or just behind something nearer.

    depth: (H, W) float32 metres, infinite where nothing is
    """
    covered = np.isfinite(depth)
    around = np.ones((3, 3), np.uint8)
    rim = cv2.erode(covered.astype(np.uint8), around, borderValue=1) == 0
    shown = np.where(covered, depth, 0).astype(np.float32)
    nearer = shown - cv2.erode(np.where(covered, depth, FAR_M).astype(np.float32), around)
    # A slope goes on behind the cell as it comes.
    step = (nearer > INK_STEP_M) & (cv2.dilate(shown, around) - shown < 0.5 * nearer)
    return covered & (rim | step)


def coarsened(
    vertices: np.ndarray, bone: np.ndarray, triangles: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Triangles between one vertex per cell and bone, and which of the (T, 3) they were.

    At the size of the raster most of the mesh's own triangles would be smaller than a pixel.
    """
    used = np.unique(triangles)
    key = np.column_stack([np.floor(vertices[used] / CELL_M).astype(int), bone[used]])
    _, group = np.unique(key, axis=0, return_inverse=True)
    group = group.ravel()
    centre = np.stack([np.bincount(group, vertices[used, k]) for k in range(3)], 1)
    centre /= np.bincount(group)[:, None]
    distance = np.linalg.norm(vertices[used] - centre[group], axis=1)
    order = np.lexsort((distance, group))
    nearest = used[order[np.unique(group[order], return_index=True)[1]]]
    merged = np.zeros(len(vertices), int)
    merged[used] = nearest[group]
    corners = merged[triangles]
    kept = (corners != np.roll(corners, 1, axis=1)).all(1)
    return corners[kept], kept


def _beyond_elbow(template: Template, rest: np.ndarray, side: str) -> np.ndarray:
    """Opacity (V,): the upper arm belongs to the portrait, and the drawn forearm dissolves into it
    at the elbow. Zero for the other arm."""
    model = template.model
    start, end = (
        model.rest_joints[model.joint_names.index(f"{joint}.{side}")]
        for joint in ("lowerarm01", "wrist")
    )
    along = (rest - start) @ (end - start) / ((end - start) @ (end - start))
    return limited((along - ELBOW_FADE[0]) / (ELBOW_FADE[1] - ELBOW_FADE[0])) * (
        rest[:, 0] * start[0] > 0
    )


def _cast_shadow(picture: np.ndarray, solid: np.ndarray, low: np.ndarray) -> None:
    """Darken what is just behind and below the arm, at a quarter of the resolution.

    solid: (H, W) uint8 opacity of the arm, whose first pixel is at `low` in the picture
    """
    mask = np.zeros((FRAME_HEIGHT_PX // SHADOW_SHRINK, FRAME_WIDTH_PX // SHADOW_SHRINK), np.uint8)
    # A fingertip at the picture's edge may be a single row.
    height, width = (max(round(side / SHADOW_SHRINK), 1) for side in solid.shape)
    small = cv2.resize(solid, (width, height))
    x, y = (low + SHADOW_SHIFT_PX) // SHADOW_SHRINK
    view = mask[y : y + small.shape[0], x : x + small.shape[1]]
    view[:] = small[: view.shape[0], : view.shape[1]]
    mask = cv2.GaussianBlur(mask, (0, 0), SHADOW_SIGMA_PX / SHADOW_SHRINK)
    left, top, width, height = cv2.boundingRect(mask)
    if not width:
        return
    part = mask[top : top + height, left : left + width]
    y0, x0 = top * SHADOW_SHRINK, left * SHADOW_SHRINK
    area = picture[y0 : y0 + part.shape[0] * SHADOW_SHRINK, x0 : x0 + part.shape[1] * SHADOW_SHRINK]
    light = cv2.resize(
        cv2.convertScaleAbs(part, alpha=-SHADOW_STRENGTH, beta=255), area.shape[1::-1]
    )
    cv2.multiply(area, cv2.merge([light] * 3), dst=area, scale=1 / 255)


def _upsampled(drawn: np.ndarray, solid: np.ndarray) -> np.ndarray:
    """Colour and opacity (H, W, 4) uint8 from the coarser raster, with a soft edge.

    Colour grows past the edge, so that no dark fringe shows where opacity fades.
    """
    rim = np.flatnonzero((cv2.dilate(solid, np.ones((3, 3), np.uint8)) > 0) & (solid == 0))
    weight = cv2.blur(solid, (3, 3)).take(rim)
    grown = cv2.blur(drawn, (3, 3)).reshape(-1, 4).take(rim, 0) / np.maximum(weight, 1e-3)[:, None]
    filled = drawn.astype(np.uint8)
    filled.reshape(-1, 4)[rim] = np.clip(grown, 0, 255)
    size = (solid.shape[1] * STEP_PX, solid.shape[0] * STEP_PX)
    layer = cv2.resize(filled, size)
    # Blurred, enlarged and steepened again, the outline is smooth between the coarse cells.
    edge = cv2.resize(cv2.GaussianBlur(solid, (0, 0), EDGE_BLUR_CELLS), size)
    edge = cv2.convertScaleAbs(
        np.maximum(edge - (0.5 - 0.5 / EDGE_STEEPNESS), 0), alpha=255 * EDGE_STEEPNESS
    )
    layer[..., 3] = cv2.multiply(np.ascontiguousarray(layer[..., 3]), edge, scale=1 / 255)
    return layer


def _blend(area: np.ndarray, layer: np.ndarray) -> None:
    """Composite colour and opacity (H, W, 4) over `area` (H, W, 3), both uint8, in place."""
    alpha = cv2.cvtColor(np.ascontiguousarray(layer[..., 3]), cv2.COLOR_GRAY2RGB)
    front = cv2.multiply(cv2.cvtColor(layer, cv2.COLOR_RGBA2RGB), alpha, scale=1 / 255)
    behind = cv2.multiply(area, cv2.bitwise_not(alpha), scale=1 / 255)
    cv2.add(front, behind, dst=area)
