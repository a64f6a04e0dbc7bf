"""Depths of a figure seen from the lights.

GPUs of data centres rasterise with a thirtieth of their cores, so there a compute shader does it, a
thread for each small triangle. Software OpenGL is far quicker at drawing.
"""

from dataclasses import dataclass
from functools import lru_cache

import moderngl
import numpy as np

from training.people.character import Kind
from training.people.figure import Figure
from training.people.gl_compute import (
    SHADERS,
    compute_shader,
    drawn_by,
    fill,
    run_over,
    set_uniforms,
)
from training.people.lighting import Lighting, LightSample, sample_lights

SIZE_PX = 1024
HALF_M, HALF_DEEP_M = 0.52, 1.2
# Lights of one pass, and threads of a group; as in shaders/shadow.comp and light.comp.
MOST = 12
TILES = (3, 4)
THREADS = 64
NOTHING_THERE = int(np.float32(1).view(np.int32))


@dataclass(frozen=True, slots=True)
class LightGroup:
    """Samples of area lights, the rest of MOST zero: direction, colour (MOST, 3); spread (MOST,),
    see LightSample; shadow_from_world (MOST, 4, 4) float32, columns first as OpenGL wants them."""

    count: int
    direction: np.ndarray
    colour: np.ndarray
    spread: np.ndarray
    shadow_from_world: np.ndarray


@lru_cache(maxsize=256)
def light_groups(lighting: Lighting, passes: int) -> list[list[LightGroup]]:
    """For each pass the samples of the area lights, at most MOST together."""
    rng = np.random.default_rng(0)
    groups = []
    for _ in range(passes):
        samples = [s for s in sample_lights(lighting, rng, passes) if s.colour.any()]
        groups.append([_group(samples[k : k + MOST]) for k in range(0, len(samples), MOST)])
    return groups


def _group(samples: list[LightSample]) -> LightGroup:
    shapes = ((3,), (3,), (), (4, 4))
    direction, colour, spread, shadow = (np.zeros((MOST, *s), "f4") for s in shapes)
    for k, sample in enumerate(samples):
        direction[k], colour[k], spread[k] = sample.direction, sample.colour, sample.spread
        shadow[k] = shadow_matrix(sample.direction).T
    return LightGroup(len(samples), direction, colour, spread, shadow)


class ShadowMaps:
    """ShadowMaps(gl): `depths`, a square of SIZE_PX floats for each light of a group.

    in_compute: rasterise in a compute shader, None: where OpenGL is a GPU's
    """

    def __init__(self, gl: moderngl.Context, in_compute: bool | None = None) -> None:
        self._gl = gl
        self.depths = gl.buffer(reserve=4 * MOST * SIZE_PX**2)
        self._raster = drawn_by(gl, in_compute, lambda: _InCompute(gl), lambda: _AsGraphics(gl))

    def draw(
        self,
        figure: Figure,
        pose: str,
        lights: LightGroup,
        textures: dict[str, moderngl.Texture],
        seed: int,
    ) -> None:
        """seed: of the pass, for what textures cut out."""
        # Cards cast the shadow of the hairs on them; brows, lashes and lenses cast none.
        cut_out = [
            (area, textures[part.texture])
            for part, area in zip(figure.character.parts, figure.ranges, strict=True)
            if part.kind == Kind.HAIR and part.texture
        ]
        areas = [(figure.solid, None), *cut_out]
        self._raster.draw(_Casters(figure, pose, areas, seed), lights, self.depths)
        self._gl.memory_barrier()

    def bind(self, binding: int) -> None:
        """Become a shader's buffer."""
        self.depths.bind_to_storage_buffer(binding)


@dataclass(frozen=True, slots=True)
class _Casters:
    """areas: ranges of indices, each with the texture that cuts it out, if any."""

    figure: Figure
    pose: str
    areas: list[tuple[tuple[int, int], moderngl.Texture | None]]
    seed: int


class _InCompute:
    """A thread for each triangle and light: fast where there are many cores for it."""

    def __init__(self, gl: moderngl.Context) -> None:
        self._gl = gl
        self._fill, self._draw = (compute_shader(gl, name) for name in ("fill", "shadow"))

    def draw(self, casters: _Casters, lights: LightGroup, depths: moderngl.Buffer) -> None:
        fill(self._fill, depths, lights.count * SIZE_PX**2, NOTHING_THERE)
        self._gl.memory_barrier()
        casters.figure.bind(casters.pose, first_binding=1)
        set_uniforms(
            self._draw,
            colour_map=0,
            clip_from_world=lights.shadow_from_world,
            size_px=SIZE_PX,
            seed=float(casters.seed),
        )
        for (first, count), texture in casters.areas:
            if texture is not None:
                texture.use(0)
            textured = int(texture is not None)
            set_uniforms(self._draw, textured=textured, first=first, triangles=count // 3)
            if count:
                self._draw.run(-(-count // (3 * THREADS)), lights.count, 1)


class _AsGraphics:
    """Tiles of a depth texture: fast where OpenGL is made of software."""

    def __init__(self, gl: moderngl.Context) -> None:
        self._gl = gl
        across, up = TILES
        self._depth = gl.depth_texture((SIZE_PX * across, SIZE_PX * up))
        self._depth.compare_func = ""
        self._depth.filter = (moderngl.NEAREST, moderngl.NEAREST)
        self._target = gl.framebuffer(depth_attachment=self._depth)
        # What nothing cuts out needs no fragment shader, which saves time.
        self._solid, self._cut_out = (
            gl.program(
                vertex_shader=(SHADERS / "surface.vert").read_text(),
                fragment_shader=(SHADERS / f"{name}.frag").read_text(),
            )
            for name in ("nothing", "shadow")
        )
        self._gather = compute_shader(gl, "shadow_gather")

    def draw(self, casters: _Casters, lights: LightGroup, depths: moderngl.Buffer) -> None:
        gl, target, across = self._gl, self._target, TILES[0]
        gl.enable(moderngl.DEPTH_TEST)
        gl.disable(moderngl.BLEND | moderngl.CULL_FACE)
        target.use()
        target.viewport = (0, 0, *target.size)
        target.clear(depth=1.0)
        for area, texture in casters.areas:
            program = self._solid if texture is None else self._cut_out
            if texture is not None:
                texture.use(0)
            set_uniforms(program, jitter=(0.0, 0.0), seed=float(casters.seed), colour_map=0)
            for tile in range(lights.count):
                place = (tile % across * SIZE_PX, tile // across * SIZE_PX)
                target.viewport = (*place, SIZE_PX, SIZE_PX)
                set_uniforms(program, clip_from_world=lights.shadow_from_world[tile])
                casters.figure.render(program, casters.pose, area)
        depths.bind_to_storage_buffer(0)
        self._depth.use(0)
        set_uniforms(self._gather, depth_map=0, size_px=SIZE_PX, across=across)
        rows = -(-lights.count // across)
        run_over(gl, self._gather, (across * SIZE_PX, rows * SIZE_PX))


def shadow_matrix(direction: np.ndarray) -> np.ndarray:
    """Orthographic (4, 4) around head and shoulders, seen from the light."""
    centre = np.array([0.0, -0.12, 0.02])
    helper = np.array([0.0, 1.0, 0.0]) if abs(direction[1]) < 0.95 else np.array([0.0, 0.0, 1.0])
    right = np.cross(helper, direction)
    right /= np.linalg.norm(right)
    view = np.eye(4)
    view[:3, :3] = np.stack([right, np.cross(direction, right), -direction])
    view[:3, 3] = -view[:3, :3] @ centre
    return np.diag([1 / HALF_M, 1 / HALF_M, 1 / HALF_DEEP_M, 1.0]) @ view
