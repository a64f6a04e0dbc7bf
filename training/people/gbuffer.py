"""What the lights fall on: colour, normal, depth and gloss of the surface at each sample.

Two ways that give the same: OpenGL draws it, or, on a GPU, compute shaders find the nearest
triangles (visibility_map.py) and shade each sample once.
"""

import moderngl

from training.people.camera import clip_from_world
from training.people.character import Kind, Part
from training.people.figure import Figure
from training.people.gl_compute import (
    CREWS,
    GROUP,
    SHADERS,
    compute_shader,
    drawn_by,
    run_over,
    set_uniforms,
)
from training.people.look import Look
from training.people.visibility_map import Cover, Rule, View, VisibilityMap

# Of tiles.comp's words, for gbuffer.comp.
TILES_BINDING = 4
TYPES = ("f2", "f2", "f4", "f2")


class Gbuffer:
    """Gbuffer(gl, size): `maps`, four textures of size (width, height), as gbuffer.frag says.

    Set uniforms of `shader` between begin() and add(), which takes each part once, in order.
    in_compute: without graphics, None: where OpenGL is a GPU's
    """

    def __init__(
        self, gl: moderngl.Context, size: tuple[int, int], in_compute: bool | None = None
    ) -> None:
        self.maps = [clamped(gl.texture(size, 4, dtype=dtype)) for dtype in TYPES]
        self._raster = drawn_by(
            gl, in_compute, lambda: _InCompute(gl, self.maps), lambda: _AsGraphics(gl, self.maps)
        )

    @property
    def shader(self) -> moderngl.Program | moderngl.ComputeShader:
        return self._raster.shader

    def begin(self, figure: Figure, pose: str, view: View, covers: list[Cover]) -> None:
        """covers: of all parts, as covers() says."""
        self._raster.begin(figure, pose, view, covers)
        set_uniforms(
            self.shader,
            clip_from_world=clip_from_world(view.camera).T,
            jitter=view.jitter,
            seed=view.seed,
        )

    def add(self, figure: Figure, pose: str, indices: tuple[int, int]) -> None:
        """A part whose textures and uniforms are set."""
        self._raster.add(figure, pose, indices)

    def end(self) -> None:
        """What follows sees the maps."""
        self._raster.end()


def covers(figure: Figure, look: Look, textures: dict[str, moderngl.Texture]) -> list[Cover]:
    """Which points of each part are there, as gbuffer.frag has it; textures: RGBA by name."""
    found = [Cover(figure.solid)]
    for part, indices in zip(figure.character.parts, figure.ranges, strict=True):
        strength = {Kind.BROW: look.brow_strength, Kind.LASH: 1.1, Kind.HAIR: 1.0}.get(part.kind)
        if part.kind == Kind.LENS:
            found.append(Cover(indices, Rule.WALKING, None, _opacity(part), part.kind))
        elif strength is not None and part.texture:
            texture = textures[part.texture]
            found.append(Cover(indices, Rule.WALKING, texture, strength, part.kind))
        elif strength is not None:
            found.append(Cover(indices))
    return found


def _opacity(part: Part) -> float:
    return 1.0 if part.material is None else part.material.opacity


def clamped(texture: moderngl.Texture) -> moderngl.Texture:
    texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
    texture.repeat_x = texture.repeat_y = False
    return texture


class _AsGraphics:
    def __init__(self, gl: moderngl.Context, maps: list[moderngl.Texture]) -> None:
        self._gl = gl
        self.shader = gl.program(
            vertex_shader=(SHADERS / "surface.vert").read_text(),
            fragment_shader=(SHADERS / "gbuffer.frag").read_text(),
        )
        self._target = gl.framebuffer(maps, gl.depth_renderbuffer(maps[0].size))

    def begin(self, *_) -> None:
        self._target.use()
        self._target.clear()
        self._gl.disable(moderngl.BLEND | moderngl.CULL_FACE)
        self._gl.enable(moderngl.DEPTH_TEST)

    def add(self, figure: Figure, pose: str, indices: tuple[int, int]) -> None:
        figure.render(self.shader, pose, indices)

    def end(self) -> None:
        pass


class _InCompute:
    def __init__(self, gl: moderngl.Context, maps: list[moderngl.Texture]) -> None:
        self._gl, self._maps = gl, maps
        self.shader = compute_shader(gl, "gbuffer", "block.glsl", "gbuffer.frag")
        self._tiles_of = compute_shader(gl, "tiles")
        self._seen = VisibilityMap(gl, maps[0].size)
        width_px, height_px = maps[0].size
        self._tiles = gl.buffer(reserve=4 * -(-width_px // GROUP) * -(-height_px // GROUP))
        self._part = 0

    def begin(self, figure: Figure, pose: str, view: View, covers: list[Cover]) -> None:
        size = self._maps[0].size
        self._seen.draw(figure, pose, view, covers)
        self._seen.bind(figure, pose)
        for unit, texture in enumerate(self._maps):
            texture.bind_to_image(unit, read=False, write=True)
        figure.bind_one("named", 1)
        self._tiles.bind_to_storage_buffer(2)
        set_uniforms(self._tiles_of, size_px=size)
        run_over(self._gl, self._tiles_of, size)
        self._seen.bind(figure, pose)
        self._tiles.bind_to_storage_buffer(TILES_BINDING)
        set_uniforms(self.shader, size_px=size)
        self._part = 0

    def add(self, figure: Figure, pose: str, indices: tuple[int, int]) -> None:
        first, count = indices
        set_uniforms(self.shader, first=first // 3, triangles=count // 3, part=self._part)
        self.shader.run(min(self._tiles.size // 4, CREWS), 1, 1)
        self._part += 1

    def end(self) -> None:
        self._gl.memory_barrier()
