"""Renderer (OpenGL 4.3 through EGL, headless): many noisy passes, averaged.

Each pass shifts the picture by a fraction of a pixel, draws hair and brows with stochastic
coverage and lights the scene with a few random samples of the area lights, each with its own
shadow map and shadows as soft as its share of the light. The mean has soft shadows without steps,
ambient occlusion, clean edges and an exact matte.

Surfaces and shadows are drawn as graphics by software OpenGL alone: data centre GPUs rasterise
with a thirtieth of their cores, so there compute shaders do that too, as everywhere light, blur and
sums.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import moderngl
import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from training.people.camera import camera_from_world, lens_position
from training.people.face_map import face_maps
from training.people.figure import DRIVING, Figure
from training.people.gbuffer import Gbuffer, clamped, covers
from training.people.gl_compute import (
    Slot,
    compute_shader,
    headless_context,
    on_gpu,
    run_over,
    set_uniforms,
)
from training.people.lighting import AreaLight, Lighting
from training.people.look import Look
from training.people.pose import PosedCharacter
from training.people.shadow_maps import HALF_DEEP_M, HALF_M, LightGroup, ShadowMaps, light_groups
from training.people.shadow_maps import SIZE_PX as SHADOW_PX
from training.people.surfaces import Surfaces, SurfaceSums
from training.people.visibility_map import View
from training.people.wrinkle import furrows

MAPS = ("albedo_map", "normal_map", "second_map", "extra_map")
# Of a frame that Renderer.draw makes.
FRAME_BYTES = 16 * FRAME_WIDTH_PX * FRAME_HEIGHT_PX


@dataclass(frozen=True, slots=True)
class Shot:
    """Everything one frame shows."""

    posed: PosedCharacter
    look: Look
    camera: CameraModel
    lighting: Lighting


class Renderer:
    """Draws 512x768 portraits; one instance holds the GL context and textures.

    in_compute: without graphics, None: where OpenGL is a GPU's
    """

    def __init__(
        self,
        textures: dict[str, np.ndarray],
        supersample: int = 2,
        context: moderngl.Context | None = None,
        in_compute: bool | None = None,
    ):
        self._gl = context or headless_context()
        self._supersample = supersample
        self._size = (FRAME_WIDTH_PX * supersample, FRAME_HEIGHT_PX * supersample)
        self._light, self._blur, self._resolve = (
            compute_shader(self._gl, name) for name in ("light", "subsurface", "resolve")
        )
        self._textures: dict[str, moderngl.Texture] = {}
        self.add_textures(textures)
        self._face_maps = [self._texture(pixels) for pixels in face_maps()]
        self._figure: Figure | None = None
        self._make_targets(in_compute)

    @property
    def context(self) -> moderngl.Context:
        """For what else is drawn in this process, such as ground truth."""
        return self._gl

    def add_textures(self, textures: dict[str, np.ndarray]) -> None:
        """RGBA uint8 pictures by name, top row first; one of a known name takes its place."""
        for name, pixels in textures.items():
            if name in self._textures:
                self._textures[name].release()
            self._textures[name] = self._texture(pixels)

    def drop_textures(self, names: list[str]) -> None:
        for name in names:
            self._textures.pop(name).release()

    def _texture(self, pixels: np.ndarray) -> moderngl.Texture:
        flipped = np.ascontiguousarray(pixels[::-1])
        texture = self._gl.texture(flipped.shape[1::-1], 4, flipped.tobytes())
        texture.build_mipmaps()
        texture.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
        if on_gpu(self._gl):  # software OpenGL may not come back from it
            texture.anisotropy = 8.0
        return texture

    def _make_targets(self, in_compute: bool | None) -> None:
        gl, size = self._gl, self._size
        self._gbuffer = Gbuffer(gl, size, in_compute)
        self._maps = self._gbuffer.maps
        self._diffuse, self._direct, self._swap = (
            clamped(gl.texture(size, 4, dtype="f4")) for _ in range(3)
        )
        self._frame = gl.buffer(reserve=FRAME_BYTES)
        self._shadows = ShadowMaps(gl, in_compute)
        noise = np.random.default_rng(0).integers(0, 256, 64**3 * 4, np.uint8)
        self._noise = gl.texture3d((64, 64, 64), 4, noise.tobytes())
        self._noise.filter = (moderngl.LINEAR, moderngl.LINEAR)

    def render(self, shot: Shot, passes: int) -> np.ndarray:
        """Premultiplied linear radiance and coverage, (768, 512, 4) float32."""
        self.draw(self._posed(shot), DRIVING, shot, passes, Slot(self._frame))
        flat = np.frombuffer(self._frame.read(), np.float32)
        return flat.reshape(FRAME_HEIGHT_PX, FRAME_WIDTH_PX, 4)

    def draw(self, figure: Figure, pose: str, shot: Shot, passes: int, out: Slot) -> None:
        """The same into a buffer on the GPU: of `figure`, whose `pose` has shot's vertices."""
        for k in self._lit(figure, pose, shot, passes):
            out.bind(FRAME_BYTES)
            self._run_resolve(shot, k > 0, 1 / passes)

    def albedo(self, shot: Shot, passes: int) -> np.ndarray:
        """What surfaces reflect without any light: (768, 512, 4) float32 linear colour and the
        number of the Kind, 0 where nothing is; means over samples, so kinds are whole numbers
        where a pixel shows one material."""
        figure = self._posed(shot)
        total = np.zeros((*self._size[::-1], 4), np.float32)
        for k in range(passes):
            self._draw_surfaces(figure, DRIVING, shot, k)
            total += self._read(self._maps[0])[::-1]
        samples = total.reshape(FRAME_HEIGHT_PX, self._supersample, FRAME_WIDTH_PX, -1, 4)
        return samples.mean((1, 3)) / passes

    def surfaces(self, shot: Shot, passes: int) -> Surfaces:
        """Maps (768 s, 512 s), s the supersampling, of what is there and how it is lit."""
        figure, (width_px, height_px) = self._posed(shot), self._size
        sums = SurfaceSums(height_px, width_px)
        for _ in self._lit(figure, DRIVING, shot, passes):
            albedo, normal, second = (self._read(texture) for texture in self._maps[:3])
            sums.add(albedo, normal, second, [self._read(self._diffuse), self._read(self._direct)])
        return sums.mean()

    def _lit(self, figure: Figure, pose: str, shot: Shot, passes: int) -> Iterator[int]:
        """Each pass, when its surfaces are drawn and lit."""
        for k, groups in enumerate(light_groups(shot.lighting, passes)):
            self._draw_surfaces(figure, pose, shot, k)
            for number, lights in enumerate(groups):
                self._shadows.draw(figure, pose, lights, self._textures, k)
                self._run_lights(shot.camera, lights, k, added=number > 0)
            self._run_subsurface(shot.camera)
            yield k

    def _read(self, texture: moderngl.Texture) -> np.ndarray:
        """(H, W, 4) float32, bottom row first."""
        flat = np.frombuffer(texture.read(), f"<{texture.dtype}")
        return flat.reshape(*self._size[::-1], 4).astype(np.float32)

    def _posed(self, shot: Shot) -> Figure:
        """The character's figure, kept for its next pose, in the shot's as DRIVING."""
        posed = shot.posed
        if self._figure is None or self._figure.character is not posed.character:
            if self._figure is not None:
                self._figure.release()
            self._figure = Figure(self._gl, posed.character)
        self._figure.write(DRIVING, posed.vertices, posed.normals)
        return self._figure

    def _draw_surfaces(self, figure: Figure, pose: str, shot: Shot, seed: int) -> None:
        posed, camera, shader = shot.posed, shot.camera, self._gbuffer.shader
        view = View(camera, _jitter(seed, self._size), float(seed + 1))
        self._gbuffer.begin(figure, pose, view, covers(figure, shot.look, self._textures))
        set_uniforms(
            shader,
            camera_from_world=camera_from_world(camera).T,
            camera_position=lens_position(camera),
            head_rotation=posed.head_rotation.T,
            eye_centre=posed.eye_centre,
            gaze=posed.gaze,
            eye_radius=posed.character.eye_radius_m,
            teeth_front=posed.character.teeth_front_m,
            furrows=furrows(posed.actions, shot.look.wrinkles),
            **shot.look.uniforms(),
        )
        for unit, texture in enumerate(self._face_maps):
            texture.use(3 + unit)
        set_uniforms(shader, fold_map=3, paint_map=4)
        self._noise.use(7)
        set_uniforms(shader, noise_map=7, colour_map=0, normal_map=1, cavity_map=2)
        for part, area in zip(figure.character.parts, figure.ranges, strict=True):
            extra = {"has_normal_map": 0, "has_cavity_map": 0}
            if part.texture:
                self._textures[part.texture].use(0)
            for unit, key, suffix in ((1, "normal", "_normal"), (2, "cavity", "_ao")):
                name = part.relief + suffix
                if name in self._textures:
                    self._textures[name].use(unit)
                    extra[f"has_{key}_map"] = 1
            if part.material:
                set_uniforms(shader, **part.material.uniforms())
            extra["has_material"] = int(part.material is not None)
            set_uniforms(shader, kind=int(part.kind), textured=int(bool(part.texture)), **extra)
            self._gbuffer.add(figure, pose, area)
        self._gbuffer.end()

    def _run_lights(self, camera: CameraModel, lights: LightGroup, seed: int, added: bool) -> None:
        self._bind_maps(self._light, camera)
        self._shadows.bind(1)
        self._diffuse.bind_to_image(0)
        self._direct.bind_to_image(1)
        set_uniforms(
            self._light,
            light_direction=lights.direction,
            light_colour=lights.colour,
            light_spread=lights.spread,
            shadow_from_world=lights.shadow_from_world,
            lights=lights.count,
            size_px=SHADOW_PX,
            shadow_m=(2 * HALF_M, 2 * HALF_M, 2 * HALF_DEEP_M),
            seed=float(seed),
            added=int(added),
        )
        run_over(self._gl, self._light, self._size)

    def _run_subsurface(self, camera: CameraModel) -> None:
        pixels_per_metre = camera.focal_px * self._supersample
        for source, target, axis in (
            (self._diffuse, self._swap, (1.0, 0.0)),
            (self._swap, self._diffuse, (0.0, 1.0)),
        ):
            self._bind_maps(self._blur, camera)
            source.use(4)
            target.bind_to_image(0)
            set_uniforms(self._blur, irradiance_map=4, axis=axis, pixels_per_metre=pixels_per_metre)
            run_over(self._gl, self._blur, self._size)

    def _run_resolve(self, shot: Shot, added: bool, share: float) -> None:
        self._bind_maps(self._resolve, shot.camera)
        self._diffuse.use(4)
        self._direct.use(5)
        set_uniforms(
            self._resolve,
            irradiance_map=4,
            direct_map=5,
            supersample=self._supersample,
            added=int(added),
            share=share,
            **_catch_lights(shot.lighting.boxes[:2]),
        )
        run_over(self._gl, self._resolve, (FRAME_WIDTH_PX, FRAME_HEIGHT_PX))

    def _bind_maps(self, program: moderngl.ComputeShader, camera: CameraModel) -> None:
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


def _jitter(k: int, size: tuple[int, int]) -> tuple[float, float]:
    """Sub-pixel shift of pass k in clip units (R2 sequence, Roberts 2018)."""
    shift = np.array([0.7548776662 * (k + 1), 0.5698402910 * (k + 1)]) % 1 - 0.5
    return tuple(2 * shift / np.array(size))


@lru_cache(maxsize=256)
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
