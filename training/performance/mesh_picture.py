"""The template itself as a picture: a shaded mesh on which every pose can be judged."""

import numpy as np

from pipeline.avatar import load_avatar
from pipeline.body_pose import BodyPose
from pipeline.camera_model import CameraModel
from pipeline.colour import to_linear, to_srgb_bytes
from pipeline.rasterizer import rasterize
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.rest_pose import resting_joint_rotation
from pipeline.source_view import vertex_normals
from pipeline.template import Geometry, Part, SourcePose, Template, load_template

_SKIN = (0.80, 0.62, 0.53)
_COLOURS = {
    Part.TORSO: (0.30, 0.38, 0.50),
    Part.UPPER_ARM: (0.30, 0.38, 0.50),
    Part.EYE: (0.93, 0.93, 0.93),
    Part.CAVITY: (0.36, 0.14, 0.13),
    Part.UPPER_TEETH: (0.92, 0.90, 0.86),
    Part.LOWER_TEETH: (0.92, 0.90, 0.86),
    Part.TONGUE: (0.66, 0.33, 0.32),
}
_IRIS, _PUPIL = (0.25, 0.33, 0.36), (0.05, 0.05, 0.05)
_IRIS_RADIUS_M, _PUPIL_RADIUS_M = 0.0058, 0.0026
_BACKDROP = (0.86, 0.87, 0.88)
_KEY, _FILL = np.array([0.45, 0.55, 0.70]), np.array([-0.75, 0.05, 0.55])
_KEY_STRENGTH, _FILL_STRENGTH, _AMBIENT = 0.72, 0.20, 0.22
_RIM = 0.18


class MeshPicture:
    """MeshPicture(): one body of the gallery in its portrait's camera; `template` and `pose` are of
    that body.

    scale: pixels per pixel of the portrait
    """

    def __init__(self, avatar_name: str | None = None, scale: float = 1.0) -> None:
        avatar = load_avatar(avatar_name)
        model = load_template()
        skeleton = model.skeleton(avatar.identity)
        rest = resting_joint_rotation(skeleton)
        neutral = SourcePose(np.zeros(52, np.float32), np.zeros(3), np.zeros((2, 2)), rest)
        self.template = Template(model, avatar.identity, neutral, rest)
        self.pose = BodyPose(skeleton)
        camera = avatar.camera
        self._camera = CameraModel(
            camera.focal_px * scale, camera.centre_px * scale, camera.rotation, camera.translation
        )
        self.width_px = round(FRAME_WIDTH_PX * scale)
        self.height_px = round(FRAME_HEIGHT_PX * scale)
        self._triangles = model.triangles
        self._albedo = self._paint(model.identity_vertices(avatar.identity))

    def draw(self, geometry: Geometry) -> np.ndarray:
        """(height_px, width_px, 3) uint8 sRGB."""
        points, depth = self._camera.project(geometry.vertices)
        raster = rasterize(points, depth, self._triangles, self.width_px, self.height_px)
        normals = vertex_normals(geometry.vertices, self._triangles).astype(np.float32)
        values = np.concatenate((normals, self._albedo), axis=1)
        seen = raster.interpolate(self._triangles, values)
        picture = np.tile(to_linear(np.array(_BACKDROP)), (*seen.shape[:2], 1))
        covered = raster.covered
        picture[covered] = self._shaded(seen[covered])
        return np.rint(to_srgb_bytes(picture)).astype(np.uint8)

    @staticmethod
    def _shaded(seen: np.ndarray) -> np.ndarray:
        """(N, 6) normal and albedo -> (N, 3) linear."""
        normal = seen[:, :3] / np.maximum(np.linalg.norm(seen[:, :3], axis=1, keepdims=True), 1e-6)
        light = np.full(len(seen), _AMBIENT)
        for way, strength in ((_KEY, _KEY_STRENGTH), (_FILL, _FILL_STRENGTH)):
            cosine = normal @ (way / np.linalg.norm(way))
            light += strength * np.clip((cosine + 0.15) / 1.15, 0.0, 1.0)
        light -= _RIM * (1.0 - np.clip(normal[:, 2], 0.0, 1.0)) ** 2
        return seen[:, 3:] * np.maximum(light, 0.03)[:, None]

    def _paint(self, rest: np.ndarray) -> np.ndarray:
        """(V, 3) linear albedo; the last part that a vertex belongs to decides."""
        model = self.template.model
        colour = np.tile(to_linear(np.array(_SKIN)), (len(rest), 1))
        for part, value in _COLOURS.items():
            colour[np.unique(model.triangles[model.part == part])] = to_linear(np.array(value))
        eyes = np.unique(model.triangles[model.part == Part.EYE])
        skeleton = self.template.skeleton
        for side in "LR":
            centre = skeleton.rest_positions[skeleton.index(f"eye.{side}")]
            way = rest[eyes] - centre
            off_axis = np.hypot(way[:, 0], way[:, 1])
            near = (way[:, 2] > 0) & (np.abs(way[:, 0]) < 0.02)
            colour[eyes[near & (off_axis < _IRIS_RADIUS_M)]] = to_linear(np.array(_IRIS))
            colour[eyes[near & (off_axis < _PUPIL_RADIUS_M)]] = to_linear(np.array(_PUPIL))
        return colour.astype(np.float32)
