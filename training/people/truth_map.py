"""What is at each pixel's centre of a driving frame, and where the source frame shows it.

Two ways that give the same, as in gbuffer.py: OpenGL draws both frames' surfaces, or compute
shaders find them.
"""

from dataclasses import dataclass

import moderngl
import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.camera import NEAR_M, camera_from_world, clip_from_world
from training.people.character import WORN, Kind
from training.people.figure import DRIVING, SOURCE, Figure
from training.people.gl_compute import (
    SHADERS,
    Slot,
    compute_shader,
    drawn_by,
    run_over,
    set_uniforms,
)
from training.people.matte_map import PIXELS
from training.people.visibility_map import Cover, Rule, View, VisibilityMap

SIZE_PX = (FRAME_WIDTH_PX, FRAME_HEIGHT_PX)
SOURCE_SCALE = 2
SURFACE_TOLERANCE_M = 0.0015
# Hairs lie beside and behind each other: within this depth a strand counts as seen.
HAIR_TOLERANCE_M = 0.006
# A steep surface's plane says nothing about depths further away than this.
REACH_M = 0.004
CUT_OUTS = (Kind.BROW, Kind.LASH, Kind.HAIR)
TWO_SIDED = (*CUT_OUTS, Kind.CLOTH, *WORN)
# Added to the label where the source shows the point.
SEEN = 256
# Of a frame in the buffer that TruthMap.draw_driving fills.
MAPS_BYTES = 32 * PIXELS


Cameras = tuple[CameraModel, CameraModel]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the figure that is a surface: its kind, range of indices and runs of labels;
    alpha: the texture that cuts it out, if any, its red values times strength."""

    kind: Kind
    indices: tuple[int, int]
    runs: np.ndarray
    alpha: moderngl.Texture | None
    strength: float


class TruthMap:
    """TruthMap(gl); in_compute: without graphics, None: where OpenGL is a GPU's."""

    def __init__(self, gl: moderngl.Context, in_compute: bool | None = None) -> None:
        self._raster = drawn_by(gl, in_compute, lambda: _InCompute(gl), lambda: _AsGraphics(gl))

    def draw_source(self, figure: Figure, camera: CameraModel, pieces: list[Piece]) -> None:
        """Keep the depths of the pose SOURCE for the driving frames to come."""
        self._raster.draw_source(figure, camera, pieces)

    def draw_driving(
        self, figure: Figure, cameras: Cameras, pieces: list[Piece], out: Slot
    ) -> None:
        """Floats (768, 512, 8), top row first, into a buffer: source pixel x, y, depth in the
        source, depth; normal, label + SEEN where the source shows it. cameras: driving, source"""
        self._raster.draw_driving(figure, cameras, pieces, out)


class _InCompute:
    def __init__(self, gl: moderngl.Context) -> None:
        self._gl = gl
        self._shader = compute_shader(gl, "truth_map")
        width_px, height_px = SIZE_PX
        self._source = VisibilityMap(gl, (width_px * SOURCE_SCALE, height_px * SOURCE_SCALE))
        self._driving = VisibilityMap(gl, SIZE_PX)

    def draw_source(self, figure: Figure, camera: CameraModel, pieces: list[Piece]) -> None:
        self._source.draw(figure, SOURCE, View(camera), _covers(pieces), named=False)

    def draw_driving(
        self, figure: Figure, cameras: Cameras, pieces: list[Piece], out: Slot
    ) -> None:
        driving, source = cameras
        self._driving.draw(figure, DRIVING, View(driving), _covers(pieces))
        self._driving.bind(figure, DRIVING)
        figure.bind_one(SOURCE, 3)
        self._source.depths.bind_to_storage_buffer(4)
        figure.bind_one("named", 5)
        out.bind(MAPS_BYTES, 6)
        set_uniforms(
            self._shader,
            size_px=SIZE_PX,
            clip_from_world=clip_from_world(driving).T,
            driving_from_world=camera_from_world(driving).T,
            source_from_world=camera_from_world(source).T,
            focal_px=float(source.focal_px),
            centre_px=source.centre_px,
            reach_m=REACH_M,
            near_m=NEAR_M,
            surface_tolerance_m=SURFACE_TOLERANCE_M,
            thin_tolerance_m=HAIR_TOLERANCE_M,
            finer=SOURCE_SCALE,
            thin_kinds=_bits(CUT_OUTS),
            two_sided_kinds=_bits(TWO_SIDED),
        )
        run_over(self._gl, self._shader, SIZE_PX)


def _covers(pieces: list[Piece]) -> list[Cover]:
    solid = [piece.indices for piece in pieces if piece.alpha is None]
    cut_out = [
        Cover(piece.indices, Rule.HALF, piece.alpha, piece.strength, piece.kind)
        for piece in pieces
        if piece.alpha is not None
    ]
    return [*(Cover(indices) for indices in _joined(solid)), *cut_out]


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges that touch become one."""
    joined: list[tuple[int, int]] = []
    for first, count in sorted(ranges):
        if joined and sum(joined[-1]) == first:
            joined[-1] = (joined[-1][0], joined[-1][1] + count)
        else:
            joined.append((first, count))
    return joined


def _bits(kinds: tuple[Kind, ...]) -> int:
    return sum(1 << int(kind) for kind in kinds)


class _AsGraphics:
    def __init__(self, gl: moderngl.Context) -> None:
        self._gl = gl
        self._shader = gl.program(
            vertex_shader=(SHADERS / "truth.vert").read_text(),
            fragment_shader=(SHADERS / "truth.frag").read_text(),
        )
        self._gather = compute_shader(gl, "truth")
        self._maps, self._target = self._targets(1)
        self._source_maps, self._source_target = self._targets(SOURCE_SCALE)

    def _targets(self, scale: int) -> tuple[list[moderngl.Texture], moderngl.Framebuffer]:
        size = (FRAME_WIDTH_PX * scale, FRAME_HEIGHT_PX * scale)
        maps = [self._gl.texture(size, 4, dtype="f4") for _ in range(2)]
        for texture in maps:
            texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
        return maps, self._gl.framebuffer(maps, self._gl.depth_renderbuffer(size))

    def draw_source(self, figure: Figure, camera: CameraModel, pieces: list[Piece]) -> None:
        # Where the source shows nothing, nothing hides.
        self._source_target.use()
        self._source_target.clear(alpha=np.inf)
        self._maps[0].use(1)
        self._draw(figure, SOURCE, (camera, camera), pieces)

    def draw_driving(
        self, figure: Figure, cameras: Cameras, pieces: list[Piece], out: Slot
    ) -> None:
        self._target.use()
        self._target.clear()
        self._source_maps[0].use(1)
        self._draw(figure, DRIVING, cameras, pieces)
        out.bind(MAPS_BYTES)
        for unit, texture in enumerate(self._maps):
            texture.use(unit)
        set_uniforms(self._gather, point_map=0, surface_map=1)
        run_over(self._gl, self._gather, SIZE_PX)

    def _draw(self, figure: Figure, pose: str, cameras: Cameras, pieces: list[Piece]) -> None:
        """Only the driving frame looks into the source's depths, which are texture 1."""
        gl, shader, (here, source) = self._gl, self._shader, cameras
        gl.disable(moderngl.BLEND | moderngl.CULL_FACE)
        gl.enable(moderngl.DEPTH_TEST)
        set_uniforms(
            shader,
            clip_from_world=clip_from_world(here).T,
            driving_from_world=camera_from_world(here).T,
            source_from_world=camera_from_world(source).T,
            source_depth_map=1,
            focal_px=float(source.focal_px),
            centre_px=source.centre_px,
            size_px=SIZE_PX,
            reach_m=REACH_M,
            compare=int(pose == DRIVING),
        )
        for piece in pieces:
            thin = piece.kind in CUT_OUTS
            if piece.alpha is not None:
                piece.alpha.use(0)
            set_uniforms(
                shader,
                cut_out=int(piece.alpha is not None),
                alpha_map=0,
                strength=piece.strength,
                thin=int(thin),
                two_sided=int(piece.kind in TWO_SIDED),
                tolerance_m=HAIR_TOLERANCE_M if thin else SURFACE_TOLERANCE_M,
            )
            for label, first, count in piece.runs.tolist():
                set_uniforms(shader, label=label)
                figure.render(shader, pose, (first, count))
