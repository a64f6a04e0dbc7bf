"""Rendered people whose mouth is open or whose eyes have an iris, and a renderer for each."""

from dataclasses import replace

import numpy as np

from pipeline.avatar import Avatar, load_avatar
from pipeline.face_landmarks import landmark_points
from pipeline.motion_field import MotionField
from pipeline.renderer import Renderer
from pipeline.rest_pose import resting_joint_rotation
from pipeline.template import EYE_JOINTS, KEPT_EXPRESSION, Template, load_template
from tests.people import face_frame, make_avatar, resting_body

SMILE = {
    "jawOpen": 0.12,
    "mouthSmileLeft": 0.5,
    "mouthSmileRight": 0.5,
    "mouthUpperUpLeft": 0.8,
    "mouthUpperUpRight": 0.8,
}
IRIS_M, IRIS_COLOUR = 0.0058, (70, 50, 40)


class Face:
    """An avatar and everything that draws it."""

    def __init__(self, avatar: Avatar, template: Template) -> None:
        self.avatar, self.template = avatar, template
        self.motion_field = MotionField(avatar, template)
        self.source = self.motion_field.source
        self.renderer = Renderer(avatar, template, self.motion_field)
        self.body = resting_body(template.model, avatar.identity)

    def field(self, **face):
        return self.motion_field.step(self.template.step(face_frame(**face), self.body))

    def picture(self, **face) -> np.ndarray:
        return self.renderer.step(self.field(**face))

    def as_in_portrait(self) -> np.ndarray:
        """Driven by the portrait's own actions, as far as no motion is needed for them."""
        frame = replace(face_frame(), actions=self.avatar.source.actions * ~KEPT_EXPRESSION)
        return self.renderer.step(self.motion_field.step(self.template.step(frame, self.body)))

    def box(self, landmarks, margin: int) -> tuple[slice, slice]:
        points = landmark_points(self.template.model, self.source.points, landmarks)
        low, high = points.min(0).astype(int) - margin, points.max(0).astype(int) + margin
        return slice(low[1], high[1]), slice(low[0], high[0])


def gallery_face(name: str = "maya") -> Face:
    """A person of the gallery, lips closed."""
    avatar = load_avatar(name)
    model = load_template()
    rest = resting_joint_rotation(model.skeleton(avatar.identity))
    return Face(avatar, Template(model, avatar.identity, avatar.source, rest, avatar.correction))


def smiling_face(folder) -> Face:
    """Lips parted over white teeth."""
    return Face(*with_irises(*make_avatar(folder, SMILE)))


def with_irises(avatar: Avatar, template: Template) -> tuple[Avatar, Template]:
    """The same avatar with dark discs painted on its eyeballs."""
    portrait = avatar.portrait.copy()
    for centre, radius in irises(avatar, template):
        rows, columns = np.indices(portrait.shape[:2]) + 0.5
        disc = np.clip(radius + 0.5 - np.hypot(columns - centre[0], rows - centre[1]), 0, 1)
        # Only on the white of the eye, which the plain shading leaves colourless.
        disc *= np.ptp(avatar.portrait.astype(int), axis=2) < 12
        portrait = portrait + (np.array(IRIS_COLOUR) - portrait) * disc[..., None]
    return replace(avatar, portrait=portrait.round().astype(np.uint8)), template


def irises(avatar: Avatar, template: Template) -> list[tuple[np.ndarray, float]]:
    """Centre (2,) px and radius px of both, left first."""
    geometry, model, found = template.source_geometry(), template.model, []
    for name in EYE_JOINTS:
        joint = model.joint_names.index(name)
        owned = model.skin_weights[:, joint] > 0.5
        arm = geometry.vertices[owned] - geometry.positions[joint]
        reach = np.linalg.norm(arm, axis=1).mean()
        front = geometry.positions[joint] + reach * geometry.rotations[joint][:, 2]
        points, depth = avatar.camera.project(front[None])
        found.append((points[0], float(IRIS_M * avatar.camera.focal_px / depth[0])))
    return found


def psnr(first: np.ndarray, second: np.ndarray) -> float:
    error = ((first.astype(float) - second) ** 2).mean()
    return float(10 * np.log10(255**2 / max(error, 1e-9)))
