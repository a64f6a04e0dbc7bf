"""The nearest triangle of each pixel, found by compute shaders.

GPUs of data centres draw triangles with a thirtieth of their cores. What is seen once its number is
known is shaded in compute too, each pixel once: see gbuffer.py and truth_map.py.
"""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import moderngl
import numpy as np

from pipeline.camera_model import CameraModel
from training.people.camera import NEAR_M, clip_from_world, lens_position
from training.people.figure import Figure
from training.people.gl_compute import set_uniforms

SHADERS = Path(__file__).parent / "shaders"
# Threads of a group, as in shaders/visibility.comp and fill.comp; threads of each triangle, which
# share its rows; bindings of the figure's buffers.
THREADS, FILLERS, SLICES = 64, 256, 8
FIGURE_BINDING, DEPTH_BINDING = 1, 4
NOBODY = -1
NOTHING_THERE = int(np.float32(1).view(np.int32))
# Where a texture keeps what it covers.
RED, ALPHA = (1.0, 0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0)


class Rule(IntEnum):
    """Which points of a cut-out are there: all, those covered by more than half, or a share of
    them as large as the cover, by thresholds that walk from pass to pass."""

    SOLID = 0
    HALF = 1
    WALKING = 2


@dataclass(frozen=True, slots=True)
class Cover:
    """A range of indices; alpha: the texture that cuts it out, its channel times strength (of
    lenses, which have none, strength is the opacity); kind: Kind, for thresholds."""

    indices: tuple[int, int]
    rule: Rule = Rule.SOLID
    alpha: moderngl.Texture | None = None
    channel: tuple[float, float, float, float] = RED
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
        self._fill, self._raster = (
            gl.compute_shader((SHADERS / f"{name}.comp").read_text())
            for name in ("fill", "visibility")
        )
        self._pixels = size[0] * size[1]
        self.numbers, self.depths = (gl.buffer(reserve=4 * self._pixels) for _ in range(2))

    def draw(
        self, figure: Figure, pose: str, view: View, covers: list[Cover], named: bool = True
    ) -> None:
        """named: find numbers as well as depths."""
        self._filled(self.depths, NOTHING_THERE)
        if named:
            self._filled(self.numbers, NOBODY)
        self._gl.memory_barrier()
        self.bind(figure, pose)
        set_uniforms(
            self._raster,
            clip_from_world=clip_from_world(view.camera).T,
            camera_position=lens_position(view.camera),
            jitter=view.jitter, seed=view.seed, near_m=NEAR_M, alpha_map=0,
        )  # fmt: skip
        self._raster["size_px"] = self._size
        for naming in range(1 + named):
            self._raster["naming"] = naming
            for cover in covers:
                self._add(cover)
            self._gl.memory_barrier()

    def bind(self, figure: Figure, pose: str) -> None:
        """Numbers, the figure and depths become a shader's buffers 0 to 4."""
        self.numbers.bind_to_storage_buffer(0)
        figure.bind(pose, FIGURE_BINDING)
        self.depths.bind_to_storage_buffer(DEPTH_BINDING)

    def _filled(self, words: moderngl.Buffer, value: int) -> None:
        words.bind_to_storage_buffer(0)
        set_uniforms(self._fill, count=self._pixels, value=value)
        self._fill.run(-(-self._pixels // (16 * FILLERS)), 1, 1)

    def _add(self, cover: Cover) -> None:
        first, count = cover.indices
        if not count:
            return
        if cover.alpha is not None:
            cover.alpha.use(0)
        set_uniforms(
            self._raster,
            first=first, triangles=count // 3, rule=int(cover.rule), kind=cover.kind,
            channel=cover.channel, strength=cover.strength,
        )  # fmt: skip
        self._raster.run(-(-count // (3 * THREADS)), SLICES, 1)
