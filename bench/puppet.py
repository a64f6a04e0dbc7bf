"""An avatar under the product's own stages, moved frame by frame, to be judged from outside."""

from collections.abc import Callable

import numpy as np

from pipeline.avatar import Avatar
from pipeline.motion_field import Field, MotionField
from pipeline.names import IMPLICIT_SIZE, SPINE_JOINTS
from pipeline.portrait.body_fit import LANDMARK_OFF_JOINT_M
from pipeline.portrait.landmark_model import MESH_LANDMARKS, at_landmarks
from pipeline.renderer import Renderer
from pipeline.rest_pose import resting_joint_rotation
from pipeline.stages import RendererStage
from pipeline.stream_types import BodyFrame, FaceFrame
from pipeline.template import Geometry, Template, load_template

MakeRenderer = Callable[[Avatar, Template, MotionField], RendererStage]
Moves = list[tuple[FaceFrame, BodyFrame]]
Tell = Callable[[Moves], Moves]


def as_it_is(moves: Moves) -> Moves:
    """A motion for a renderer that is told nothing beside it."""
    return moves


class Puppet:
    """Template, motion field and renderer of one avatar.

    make: the renderer to be judged; tell: puts into a motion, given whole, what the renderer is
    told beside it
    """

    def __init__(
        self, avatar: Avatar, make: MakeRenderer = Renderer, tell: Tell = as_it_is
    ) -> None:
        model = load_template()
        rest = resting_joint_rotation(model.skeleton(avatar.identity))
        self.avatar = avatar
        self.template = Template(model, avatar.identity, avatar.source, rest, avatar.correction)
        self.motion_field = MotionField(avatar, self.template)
        self._renderer = make(avatar, self.template, self.motion_field)
        self.told = tell
        self._body = BodyFrame(0, rest, np.zeros(IMPLICIT_SIZE, np.float32))

    def moves(self, faces: list[FaceFrame]) -> Moves:
        """Neighbours in time, over arms that rest, with what the renderer is told."""
        return self.told([(face, self._body) for face in faces])

    def geometry(self, face: FaceFrame, body: BodyFrame | None = None) -> Geometry:
        """The template as face and body move it; without a body the arms rest."""
        return self.template.step(face, body or self._body)

    def field(self, face: FaceFrame, body: BodyFrame | None = None) -> Field:
        """What a renderer is given of one frame."""
        return self.motion_field.step(self.geometry(face, body))

    def picture(self, face: FaceFrame, body: BodyFrame | None = None) -> np.ndarray:
        """Rendered pixels (768, 512, 3) uint8."""
        return self._renderer.step(self.field(face, body))

    def own_picture(self) -> np.ndarray:
        """Rendered pixels (768, 512, 3) uint8 of the pose in the portrait itself."""
        return self._renderer.step(self.motion_field.step(self.template.source_geometry()))

    def landmarks(self, geometry: Geometry) -> np.ndarray:
        """The template's own landmarks (478, 3) px, depth as a face tracker counts it."""
        model = self.template.model
        rings = model.landmark_vertices[MESH_LANDMARKS:], model.landmark_weights[MESH_LANDMARKS:]
        irises = (geometry.vertices[rings[0]] * rings[1][..., None]).sum(1)
        points = np.concatenate([at_landmarks(model, geometry.vertices), irises])
        pixels, depth = self.avatar.camera.project(points)
        middle = depth.mean()
        return np.column_stack([pixels, (depth - middle) * self.avatar.camera.focal_px / middle])

    def shoulders_px(self) -> np.ndarray:
        """Left and right shoulder (2, 2) px of the portrait, where a body tracker sees them."""
        geometry = self.template.source_geometry()
        names = self.template.model.joint_names
        joints = geometry.positions[[names.index(f"upperarm01.{side}") for side in "LR"]]
        chest = geometry.rotations[names.index(SPINE_JOINTS[-1])]
        outwards = np.array([[1.0, 1.0, 1.0], [-1.0, 1.0, 1.0]]) * LANDMARK_OFF_JOINT_M
        return self.avatar.camera.project(joints + outwards @ chest.T)[0]
