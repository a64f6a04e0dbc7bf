"""The blocks of pixels that triangles may cover: work of equal size for compute shaders.

A thread that walks through a large triangle alone keeps the GPU waiting for it. So triangles are
projected once, a thread each, and cut into blocks, a job each (shaders/blocks.comp); shaders that
include block.glsl share the jobs among CREWS groups of threads, however many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import moderngl
import numpy as np

from pipeline.camera_model import CameraModel
from training.people.camera import NEAR_M, clip_from_world
from training.people.figure import Figure
from training.people.gl_compute import compute_shader, fill, set_uniforms

# Threads of a group, ranges and blocks of a triangle at most; as in shaders/blocks.comp.
THREADS, MOST_COVERS, MOST_BLOCKS = 64, 24, 32
CORNERS_BINDING, JOBS_BINDING = 5, 6
_CORNER_BYTES, _HEAD_BYTES, _JOB_BYTES = 48, 8, 8


@dataclass(frozen=True, slots=True)
class Grid:
    """What is drawn: size (width, height) of the picture; jitter: shift in clip units; margin_px:
    how far from a pixel's centre its samples are."""

    camera: CameraModel
    size: tuple[int, int]
    jitter: tuple[float, float] = (0.0, 0.0)
    margin_px: float = 0.0


class TriangleBlocks:
    """TriangleBlocks(gl): those of the pose found last."""

    def __init__(self, gl: moderngl.Context) -> None:
        self._gl = gl
        self._fill, self._find = (compute_shader(gl, name) for name in ("fill", "blocks"))
        self._corners, self._jobs = (gl.buffer(reserve=_HEAD_BYTES) for _ in range(2))

    def find(
        self, figure: Figure, pose: str, grid: Grid, ranges: Sequence[tuple[int, int]]
    ) -> None:
        """ranges: (first index, count), at most MOST_COVERS; jobs say to which a triangle belongs.
        Whoever takes the jobs must wait for them."""
        assert len(ranges) <= MOST_COVERS, f"{len(ranges)} surfaces are too many at once"
        self._reserve(figure.triangles)
        fill(self._fill, self._jobs, 1, 0)
        self._gl.memory_barrier()
        figure.bind(pose, 1)
        self.bind()
        set_uniforms(
            self._find,
            clip_from_world=clip_from_world(grid.camera).T, jitter=grid.jitter, near_m=NEAR_M,
            margin_px=grid.margin_px, covers=len(ranges), triangles=figure.triangles,
            size_px=grid.size,
            ranges=_padded([(first // 3, count // 3, 0, 0) for first, count in ranges]),
        )  # fmt: skip
        self._find.run(-(-figure.triangles // THREADS), 1, 1)

    def bind(self) -> None:
        """Become what block.glsl reads."""
        self._corners.bind_to_storage_buffer(CORNERS_BINDING)
        self._jobs.bind_to_storage_buffer(JOBS_BINDING)

    def _reserve(self, triangles: int) -> None:
        if self._corners.size < _CORNER_BYTES * triangles:
            self._corners.release()
            self._jobs.release()
            jobs_bytes = _HEAD_BYTES + _JOB_BYTES * MOST_BLOCKS * triangles
            self._corners = self._gl.buffer(reserve=_CORNER_BYTES * triangles)
            self._jobs = self._gl.buffer(reserve=jobs_bytes)


def _padded(rows: list[tuple[int, int, int, int]]) -> np.ndarray:
    array = np.zeros((MOST_COVERS, 4), np.int32)
    array[: len(rows)] = rows
    return array
