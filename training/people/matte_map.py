"""The share of each pixel that a figure covers, of 4 x 4 samples.

As with shadow_maps.py, a compute shader rasterises where OpenGL is a GPU's.
"""

from dataclasses import dataclass
from pathlib import Path

import moderngl

from pipeline.camera_model import CameraModel
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.camera import camera_from_world, clip_from_world
from training.people.figure import Figure
from training.people.gl_compute import Slot, drawn_by, run_over, set_uniforms

SHADERS = Path(__file__).parent / "shaders"
SCALE = 4
SIZE_PX = (FRAME_WIDTH_PX, FRAME_HEIGHT_PX)
PIXELS = FRAME_WIDTH_PX * FRAME_HEIGHT_PX
# Of a frame that MatteMap.draw makes.
MATTE_BYTES = 4 * PIXELS
# Threads of a group, as in shaders/coverage.comp and fill.comp; threads of each triangle.
THREADS, FILLERS, SLICES = 64, 256, 8


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
        set_uniforms(
            self._raster.shader,
            clip_from_world=clip_from_world(camera).T,
            driving_from_world=camera_from_world(camera).T,
            size_px=SIZE_PX,
            alpha_map=0,
        )
        self._raster.begin(figure, pose)
        for area in areas:
            if area.alpha is not None:
                area.alpha.use(0)
            cut_out = int(area.alpha is not None)
            set_uniforms(self._raster.shader, cut_out=cut_out, strength=area.strength)
            self._raster.add(figure, pose, area.indices)
        self._raster.end(out)


class _InCompute:
    def __init__(self, gl: moderngl.Context) -> None:
        self._gl = gl
        self._fill, self.shader, self._mean = (
            gl.compute_shader((SHADERS / f"{name}.comp").read_text())
            for name in ("fill", "coverage", "matte_bits")
        )
        self._samples = gl.buffer(reserve=4 * PIXELS)

    def begin(self, figure: Figure, pose: str) -> None:
        self._samples.bind_to_storage_buffer(0)
        set_uniforms(self._fill, count=PIXELS, value=0)
        self._fill.run(-(-PIXELS // (16 * FILLERS)), 1, 1)
        self._gl.memory_barrier()
        figure.bind(pose, first_binding=1)

    def add(self, figure: Figure, pose: str, indices: tuple[int, int]) -> None:
        first, count = indices
        if count:
            set_uniforms(self.shader, first=first, triangles=count // 3)
            self.shader.run(-(-count // (3 * THREADS)), SLICES, 1)

    def end(self, out: Slot) -> None:
        self._gl.memory_barrier()
        out.bind(MATTE_BYTES)
        self._samples.bind_to_storage_buffer(1)
        set_uniforms(self._mean, width=FRAME_WIDTH_PX, height=FRAME_HEIGHT_PX)
        run_over(self._gl, self._mean, SIZE_PX)


class _AsGraphics:
    def __init__(self, gl: moderngl.Context) -> None:
        self._gl = gl
        self.shader = gl.program(
            vertex_shader=(SHADERS / "truth.vert").read_text(),
            fragment_shader=(SHADERS / "coverage.frag").read_text(),
        )
        self._mean = gl.compute_shader((SHADERS / "matte.comp").read_text())
        self._covered = gl.texture((FRAME_WIDTH_PX * SCALE, FRAME_HEIGHT_PX * SCALE), 1, dtype="f1")
        self._target = gl.framebuffer([self._covered])

    def begin(self, figure: Figure, pose: str) -> None:
        self._target.use()
        self._target.clear()
        self._gl.disable(moderngl.BLEND | moderngl.CULL_FACE | moderngl.DEPTH_TEST)

    def add(self, figure: Figure, pose: str, indices: tuple[int, int]) -> None:
        figure.render(self.shader, pose, indices)

    def end(self, out: Slot) -> None:
        out.bind(MATTE_BYTES)
        self._covered.use(0)
        set_uniforms(self._mean, covered_map=0, scale=SCALE)
        run_over(self._gl, self._mean, SIZE_PX)
