"""The share of each pixel that a figure covers, of 4 x 4 samples.

As with shadow_maps.py, a compute shader rasterises where OpenGL is a GPU's.
"""

from dataclasses import dataclass

import moderngl
import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.alpha_maps import use_alpha_maps
from training.people.camera import camera_from_world, clip_from_world
from training.people.figure import Figure
from training.people.gl_compute import (
    CREWS,
    SHADERS,
    Slot,
    compute_shader,
    drawn_by,
    fill,
    run_over,
    set_uniforms,
)
from training.people.triangle_blocks import MOST_COVERS, Grid, TriangleBlocks

SCALE = 4
SIZE_PX = (FRAME_WIDTH_PX, FRAME_HEIGHT_PX)
PIXELS = FRAME_WIDTH_PX * FRAME_HEIGHT_PX
# Of a frame that MatteMap.draw makes.
MATTE_BYTES = 4 * PIXELS
# From a pixel's centre to its outermost samples, across and up.
MARGIN_PX = 0.375


@dataclass(frozen=True, slots=True)
class Area:
    """A range of indices; alpha: the texture that cuts it out, if any, its values times
    strength."""

    indices: tuple[int, int]
    alpha: moderngl.Texture | None = None
    strength: float = 1.0


class MatteMap:
    """MatteMap(gl); in_compute: rasterise in a compute shader, None: where OpenGL is a GPU's."""

    def __init__(self, gl: moderngl.Context, in_compute: bool | None = None) -> None:
        self._raster = drawn_by(gl, in_compute, lambda: _InCompute(gl), lambda: _AsGraphics(gl))

    def draw(
        self, figure: Figure, pose: str, camera: CameraModel, areas: list[Area], out: Slot
    ) -> None:
        """Floats in [0, 1], (768, 512), top row first, into a buffer."""
        self._raster.draw(figure, pose, camera, areas, out)


class _InCompute:
    def __init__(self, gl: moderngl.Context) -> None:
        self._gl = gl
        self._fill, self._mean = (compute_shader(gl, name) for name in ("fill", "matte_bits"))
        self._raster = compute_shader(gl, "coverage", "block.glsl", "cut_out.glsl")
        self._blocks = TriangleBlocks(gl)
        self._samples = gl.buffer(reserve=4 * PIXELS)

    def draw(
        self, figure: Figure, pose: str, camera: CameraModel, areas: list[Area], out: Slot
    ) -> None:
        gl, raster = self._gl, self._raster
        fill(self._fill, self._samples, PIXELS, 0)
        grid = Grid(camera, SIZE_PX, margin_px=MARGIN_PX)
        self._blocks.find(figure, pose, grid, [area.indices for area in areas])
        gl.memory_barrier()
        self._samples.bind_to_storage_buffer(0)
        maps, strength = np.full(MOST_COVERS, -1, np.int32), np.ones(MOST_COVERS, np.float32)
        maps[: len(areas)] = use_alpha_maps(raster, [area.alpha for area in areas])
        strength[: len(areas)] = [area.strength for area in areas]
        set_uniforms(raster, alpha_map=maps, strength=strength, size_px=SIZE_PX)
        raster.run(CREWS, 1, 1)
        gl.memory_barrier()
        out.bind(MATTE_BYTES)
        self._samples.bind_to_storage_buffer(1)
        set_uniforms(self._mean, width=FRAME_WIDTH_PX, height=FRAME_HEIGHT_PX)
        run_over(gl, self._mean, SIZE_PX)


class _AsGraphics:
    def __init__(self, gl: moderngl.Context) -> None:
        self._gl = gl
        self._shader = gl.program(
            vertex_shader=(SHADERS / "truth.vert").read_text(),
            fragment_shader=(SHADERS / "coverage.frag").read_text(),
        )
        self._mean = compute_shader(gl, "matte")
        self._covered = gl.texture((FRAME_WIDTH_PX * SCALE, FRAME_HEIGHT_PX * SCALE), 1, dtype="f1")
        self._target = gl.framebuffer([self._covered])

    def draw(
        self, figure: Figure, pose: str, camera: CameraModel, areas: list[Area], out: Slot
    ) -> None:
        self._target.use()
        self._target.clear()
        self._gl.disable(moderngl.BLEND | moderngl.CULL_FACE | moderngl.DEPTH_TEST)
        set_uniforms(
            self._shader,
            clip_from_world=clip_from_world(camera).T,
            driving_from_world=camera_from_world(camera).T,
            alpha_map=0,
        )
        for area in areas:
            if area.alpha is not None:
                area.alpha.use(0)
            cut_out = int(area.alpha is not None)
            set_uniforms(self._shader, cut_out=cut_out, strength=area.strength)
            figure.render(self._shader, pose, area.indices)
        out.bind(MATTE_BYTES)
        self._covered.use(0)
        set_uniforms(self._mean, covered_map=0, scale=SCALE)
        run_over(self._gl, self._mean, SIZE_PX)
