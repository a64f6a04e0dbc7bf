"""Offline renderer (OpenGL 3.3 through EGL, headless): many noisy passes, averaged.

Each pass shifts the picture by a fraction of a pixel, draws hair and brows with stochastic
coverage and lights the scene with a few random samples of the area lights, each with its own
shadow map. The mean has soft shadows, ambient occlusion, clean edges and an exact matte.
"""

from dataclasses import dataclass
from pathlib import Path

import moderngl
import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.camera import camera_from_world, clip_from_world, lens_position
from training.people.character import Kind
from training.people.lighting import AreaLight, Lighting, LightSample, sample_lights
from training.people.look import Look
from training.people.pose import PosedCharacter

SHADERS = Path(__file__).parent / "shaders"
SHADOW_SIZE_PX = 1024
SHADOW_HALF_M = 0.52
MAPS = ("albedo_map", "normal_map", "second_map", "extra_map")


@dataclass(frozen=True, slots=True)
class Shot:
    """Everything one frame shows."""

    posed: PosedCharacter
    look: Look
    camera: CameraModel
    lighting: Lighting


class Renderer:
    """Draws 512x768 portraits; one instance holds the GL context and textures."""

    def __init__(self, textures: dict[str, np.ndarray], supersample: int = 2):
        self._gl = moderngl.create_context(standalone=True, backend="egl")  # pyright: ignore[reportArgumentType]
        self._supersample = supersample
        self._size = (FRAME_WIDTH_PX * supersample, FRAME_HEIGHT_PX * supersample)
        self._surface = self._program("surface.vert", "gbuffer.frag")
        self._shadow = self._program("surface.vert", "shadow.frag")
        self._light = self._program("quad.vert", "light.frag")
        self._blur = self._program("quad.vert", "subsurface.frag")
        self._resolve = self._program("quad.vert", "resolve.frag")
        self._quads = {
            id(p): self._gl.vertex_array(p, []) for p in (self._light, self._blur, self._resolve)
        }
        self._textures = {name: self._texture(pixels) for name, pixels in textures.items()}
        self._make_targets()

    @property
    def context(self) -> moderngl.Context:
        """For what else is drawn in this process, such as ground truth."""
        return self._gl

    def _program(self, vertex: str, fragment: str) -> moderngl.Program:
        return self._gl.program(
            vertex_shader=(SHADERS / vertex).read_text(),
            fragment_shader=(SHADERS / fragment).read_text(),
        )

    def _texture(self, pixels: np.ndarray) -> moderngl.Texture:
        flipped = np.ascontiguousarray(pixels[::-1])
        texture = self._gl.texture(flipped.shape[1::-1], 4, flipped.tobytes())
        texture.build_mipmaps()
        texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        texture.anisotropy = 8.0
        return texture

    def _make_targets(self) -> None:
        gl, size = self._gl, self._size
        target = lambda dtype: self._clamped(gl.texture(size, 4, dtype=dtype))  # noqa: E731
        self._maps = [target("f2"), target("f2"), target("f4"), target("f2")]
        self._gbuffer = gl.framebuffer(self._maps, gl.depth_renderbuffer(size))
        self._diffuse, self._direct, self._swap = target("f4"), target("f4"), target("f4")
        self._lit = gl.framebuffer([self._diffuse, self._direct])
        self._blurred = [gl.framebuffer([self._swap]), gl.framebuffer([self._diffuse])]
        self._pixel = gl.texture((FRAME_WIDTH_PX, FRAME_HEIGHT_PX), 4, dtype="f4")
        self._out = gl.framebuffer([self._pixel])
        self._depth = gl.depth_texture((SHADOW_SIZE_PX, SHADOW_SIZE_PX))
        self._depth.compare_func = "<="
        self._depth.filter = (moderngl.LINEAR, moderngl.LINEAR)
        self._depth.repeat_x = self._depth.repeat_y = False
        self._shadow_target = gl.framebuffer(depth_attachment=self._depth)
        noise = np.random.default_rng(0).integers(0, 256, 64**3 * 4, np.uint8)
        self._noise = gl.texture3d((64, 64, 64), 4, noise.tobytes())
        self._noise.filter = (moderngl.LINEAR, moderngl.LINEAR)

    @staticmethod
    def _clamped(texture: moderngl.Texture) -> moderngl.Texture:
        texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
        texture.repeat_x = texture.repeat_y = False
        return texture

    def render(self, shot: Shot, passes: int) -> np.ndarray:
        """Premultiplied linear radiance and coverage, (768, 512, 4) float32."""
        draws = self._upload(shot.posed)
        rng = np.random.default_rng(0)
        total = np.zeros((FRAME_HEIGHT_PX, FRAME_WIDTH_PX, 4), np.float64)
        for k in range(passes):
            self._draw_surfaces(draws, shot, k)
            self._draw_lights(draws, shot.camera, sample_lights(shot.lighting, rng), k)
            self._draw_subsurface(shot.camera)
            total += self._draw_resolved(shot.camera, shot.lighting)
        _release(draws)
        return (total / passes).astype(np.float32)

    def albedo(self, shot: Shot) -> np.ndarray:
        """What the nearest surface reflects without any light: (768, 512, 3) float32 linear, zero
        where nothing is."""
        draws = self._upload(shot.posed)
        self._draw_surfaces(draws, shot, 0)
        _release(draws)
        flat = np.frombuffer(self._maps[0].read(), np.float16).reshape(*self._size[::-1], 4)
        parts = flat[::-1, :, :3].astype(np.float32).reshape(
            FRAME_HEIGHT_PX, self._supersample, FRAME_WIDTH_PX, self._supersample, 3
        )  # fmt: skip
        return parts.mean((1, 3))

    def _upload(self, posed: PosedCharacter) -> list:
        draws = []
        for part in posed.character.parts:
            stream = np.concatenate(
                [
                    posed.vertices[part.source],
                    posed.normals[part.source],
                    posed.character.rest[part.source],
                    part.tangent,
                    part.uv,
                ],
                1,
            )
            buffer = self._gl.buffer(stream.astype("f4").tobytes())
            index = self._gl.buffer(part.triangles.astype("i4").tobytes())
            names = ("in_position", "in_normal", "in_rest", "in_tangent", "in_uv")
            arrays = [
                self._gl.vertex_array(
                    program, [(buffer, *_used(program, names))], index, skip_errors=True
                )
                for program in (self._surface, self._shadow)
            ]
            draws.append((part, [*arrays, buffer, index]))
        return draws

    def _draw_surfaces(self, draws, shot: Shot, seed: int) -> None:
        gl, posed, camera = self._gl, shot.posed, shot.camera
        self._gbuffer.use()
        self._gbuffer.clear()
        gl.disable(moderngl.BLEND | moderngl.CULL_FACE)
        gl.enable(moderngl.DEPTH_TEST)
        set_uniforms(
            self._surface,
            clip_from_world=clip_from_world(camera).T,
            camera_from_world=camera_from_world(camera).T,
            camera_position=lens_position(camera),
            jitter=_jitter(seed, self._size),
            head_rotation=posed.head_rotation.T,
            seed=float(seed + 1),
            eye_centre=posed.eye_centre,
            gaze=posed.gaze,
            eye_radius=posed.character.eye_radius_m,
            teeth_front=posed.character.teeth_front_m,
            **shot.look.uniforms(),
        )
        self._noise.use(7)
        set_uniforms(self._surface, noise_map=7, colour_map=0, normal_map=1, cavity_map=2)
        for part, arrays in draws:
            extra = {"has_normal_map": 0, "has_cavity_map": 0}
            if part.texture:
                self._textures[part.texture].use(0)
            for unit, key, suffix in ((1, "normal", "_normal"), (2, "cavity", "_ao")):
                name = part.relief + suffix
                if name in self._textures:
                    self._textures[name].use(unit)
                    extra[f"has_{key}_map"] = 1
            if part.material:
                set_uniforms(self._surface, **part.material.uniforms())
            extra["has_material"] = int(part.material is not None)
            set_uniforms(
                self._surface, kind=int(part.kind), textured=int(bool(part.texture)), **extra
            )
            arrays[0].render(moderngl.TRIANGLES)

    def _draw_lights(self, draws, camera, samples: list[LightSample], seed) -> None:
        gl = self._gl
        self._lit.use()
        self._lit.clear()
        for sample in samples:
            shadow = _shadow_matrix(sample.direction)
            gl.enable(moderngl.DEPTH_TEST)
            gl.disable(moderngl.BLEND)
            self._shadow_target.use()
            self._shadow_target.clear(depth=1.0)
            set_uniforms(
                self._shadow, clip_from_world=shadow.T, jitter=(0.0, 0.0), seed=float(seed)
            )
            for part, arrays in draws:
                if part.kind == Kind.HAIR and not part.texture:
                    continue  # the cards below cast the hair's shadow
                if part.texture:
                    self._textures[part.texture].use(0)
                set_uniforms(self._shadow, kind=int(part.kind), textured=int(bool(part.texture)))
                arrays[1].render(moderngl.TRIANGLES)
            gl.disable(moderngl.DEPTH_TEST)
            gl.enable(moderngl.BLEND)
            gl.blend_func = moderngl.ONE, moderngl.ONE
            self._lit.use()
            self._bind_maps(self._light, camera)
            self._depth.use(6)
            set_uniforms(
                self._light,
                shadow_map=6,
                light_direction=sample.direction,
                light_colour=sample.colour,
                shadow_from_world=shadow.T,
                shadow_texel_m=2 * SHADOW_HALF_M / SHADOW_SIZE_PX,
                casts=1,
            )
            self._quads[id(self._light)].render(moderngl.TRIANGLES, vertices=3)

    def _draw_subsurface(self, camera: CameraModel) -> None:
        self._gl.disable(moderngl.BLEND | moderngl.DEPTH_TEST)
        pixels_per_metre = camera.focal_px * self._supersample
        for source, target, axis in (
            (self._diffuse, self._blurred[0], (1.0, 0.0)),
            (self._swap, self._blurred[1], (0.0, 1.0)),
        ):
            target.use()
            self._bind_maps(self._blur, camera)
            source.use(4)
            set_uniforms(self._blur, irradiance_map=4, axis=axis, pixels_per_metre=pixels_per_metre)
            self._quads[id(self._blur)].render(moderngl.TRIANGLES, vertices=3)

    def _draw_resolved(self, camera: CameraModel, lighting: Lighting) -> np.ndarray:
        self._out.use()
        self._out.clear()
        self._bind_maps(self._resolve, camera)
        self._diffuse.use(4)
        self._direct.use(5)
        set_uniforms(
            self._resolve,
            irradiance_map=4,
            direct_map=5,
            supersample=self._supersample,
            **_catch_lights(lighting.boxes[:2]),
        )
        self._quads[id(self._resolve)].render(moderngl.TRIANGLES, vertices=3)
        flat = np.frombuffer(self._pixel.read(), np.float32)
        return flat.reshape(FRAME_HEIGHT_PX, FRAME_WIDTH_PX, 4)[::-1]

    def _bind_maps(self, program: moderngl.Program, camera: CameraModel) -> None:
        for unit, name in enumerate(MAPS):
            self._maps[unit].use(unit)
            set_uniforms(program, **{name: unit})
        w, h = FRAME_WIDTH_PX, FRAME_HEIGHT_PX
        f, (cx, cy) = camera.focal_px, camera.centre_px
        set_uniforms(
            program,
            camera_position=lens_position(camera),
            world_from_camera=np.linalg.inv(camera_from_world(camera)).T,
            lens=(f / w, f / h, cx / w, cy / h),
        )


def _release(draws: list) -> None:
    for _, arrays in draws:
        for item in arrays:
            item.release()


def _used(program: moderngl.Program, names: tuple[str, ...]) -> tuple:
    """Buffer layout that skips attributes the compiler has dropped."""
    sizes = (3, 3, 3, 3, 2)
    layout = [
        f"{size}f" if name in program else f"{4 * size}x"
        for name, size in zip(names, sizes, strict=True)
    ]
    return " ".join(layout), *(name for name in names if name in program)


def set_uniforms(program: moderngl.Program, **values) -> None:
    for name, value in values.items():
        if name not in program:
            continue
        uniform = program[name]
        assert isinstance(uniform, moderngl.Uniform)
        if isinstance(value, int | float):
            uniform.value = value
        else:
            uniform.write(np.ascontiguousarray(value, "f4").tobytes())


def _jitter(k: int, size: tuple[int, int]) -> tuple[float, float]:
    """Sub-pixel shift of pass k in clip units (R2 sequence, Roberts 2018)."""
    shift = np.array([0.7548776662 * (k + 1), 0.5698402910 * (k + 1)]) % 1 - 0.5
    return tuple(2 * shift / np.array(size))


def _shadow_matrix(direction: np.ndarray) -> np.ndarray:
    """Orthographic (4, 4) around head and shoulders, seen from the light."""
    centre = np.array([0.0, -0.12, 0.02])
    helper = np.array([0.0, 1.0, 0.0]) if abs(direction[1]) < 0.95 else np.array([0.0, 0.0, 1.0])
    right = np.cross(helper, direction)
    right /= np.linalg.norm(right)
    view = np.eye(4)
    view[:3, :3] = np.stack([right, np.cross(direction, right), -direction])
    view[:3, 3] = -view[:3, :3] @ centre
    return np.diag([1 / SHADOW_HALF_M, 1 / SHADOW_HALF_M, 1 / 1.2, 1.0]) @ view


def _catch_lights(boxes: tuple[AreaLight, ...]) -> dict[str, np.ndarray]:
    """Mirror images of the first two boxes on the eyes, as uniforms."""
    direction = np.stack([box.direction for box in boxes])
    right = np.cross([0.0, 1.0, 0.0], direction)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    size = np.array([[1.3 * np.tan(box.radius_rad)] * 2 for box in boxes])
    colour = np.array([box.colour for box in boxes])
    solid = np.pi * size[:, :1] ** 2
    return {
        "box_direction": direction,
        "box_right": right,
        "box_up": np.cross(direction, right),
        "box_size": size,
        "box_colour": np.minimum(0.045 * colour / solid, 1.6),
    }
