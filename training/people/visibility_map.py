"""The nearest triangle of each pixel, found by compute shaders.

GPUs of data centres draw triangles with a thirtieth of their cores. What is seen once its number is
known is shaded in compute too, each pixel once: see gbuffer.py and truth_map.py.
"""

from dataclasses import dataclass
from enum import IntEnum

import moderngl
import numpy as np

from pipeline.camera_model import CameraModel
from training.people.alpha_maps import use_alpha_maps
from training.people.camera import NEAR_M, lens_position
from training.people.figure import Figure
from training.people.gl_compute import CREWS, compute_shader, fill, set_uniforms
from training.people.triangle_blocks import MOST_COVERS, Grid, TriangleBlocks

NUMBERS_BINDING, FIGURE_BINDING, DEPTH_BINDING = 0, 1, 4
NOBODY = -1
NOTHING_THERE = int(np.float32(1).view(np.int32))


class Rule(IntEnum):
    """Which points of a cut-out are there: all, those covered by more than half, or a share of
    them as large as the cover, by thresholds that walk from pass to pass."""

    SOLID = 0
    HALF = 1
    WALKING = 2


@dataclass(frozen=True, slots=True)
class Cover:
    """A range of indices; alpha: the texture that cuts it out, times strength (of lenses, which
    have none, strength is the opacity); kind: Kind, for thresholds."""

    indices: tuple[int, int]
    rule: Rule = Rule.SOLID
    alpha: moderngl.Texture | None = None
    strength: float = 1.0
    kind: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """camera: where from; jitter: shift in clip units; seed: of the thresholds."""

    camera: CameraModel
    jitter: tuple[float, float] = (0.0, 0.0)
    seed: float = 0.0


class VisibilityMap:
    """VisibilityMap(gl, size): of pictures `size` (width, height) pixels large, bottom row first.

    numbers: of triangles in the figure's index, NOBODY where none is; depths: bits of
    1 - NEAR_M / depth
    """

    def __init__(self, gl: moderngl.Context, size: tuple[int, int]) -> None:
        self._gl, self._size = gl, size
        self._fill = compute_shader(gl, "fill")
        self._raster = compute_shader(gl, "visibility", "block.glsl", "cut_out.glsl")
        self._blocks = TriangleBlocks(gl)
        self._pixels = size[0] * size[1]
        self.numbers, self.depths = (gl.buffer(reserve=4 * self._pixels) for _ in range(2))

    def draw(
        self, figure: Figure, pose: str, view: View, covers: list[Cover], named: bool = True
    ) -> None:
        """named: find numbers as well as depths."""
        grid = Grid(view.camera, self._size, view.jitter)
        fill(self._fill, self.depths, self._pixels, NOTHING_THERE)
        if named:
            fill(self._fill, self.numbers, self._pixels, NOBODY)
        self._blocks.find(figure, pose, grid, [cover.indices for cover in covers])
        self._gl.memory_barrier()
        self.bind(figure, pose)
        self._set(view, covers)
        for naming in range(1 + named):
            set_uniforms(self._raster, naming=naming)
            self._raster.run(CREWS, 1, 1)
            self._gl.memory_barrier()

    def bind(self, figure: Figure, pose: str) -> None:
        """Numbers, the figure, depths and corners become a shader's buffers 0 to 5."""
        self.numbers.bind_to_storage_buffer(NUMBERS_BINDING)
        figure.bind(pose, FIGURE_BINDING)
        self.depths.bind_to_storage_buffer(DEPTH_BINDING)
        self._blocks.bind()

    def _set(self, view: View, covers: list[Cover]) -> None:
        rule, strength = np.zeros((MOST_COVERS, 4), np.int32), np.zeros(MOST_COVERS, np.float32)
        maps = use_alpha_maps(self._raster, [cover.alpha for cover in covers])
        for k, (cover, number) in enumerate(zip(covers, maps, strict=True)):
            rule[k, :3], strength[k] = (cover.rule, cover.kind, number), cover.strength
        set_uniforms(
            self._raster,
            camera_position=lens_position(view.camera), seed=view.seed, near_m=NEAR_M, cover=rule,
            strength=strength, size_px=self._size,
        )  # fmt: skip
