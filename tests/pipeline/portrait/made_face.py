"""Landmarks of people whose template is known exactly."""

from dataclasses import dataclass

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.names import ACTION_INDEX
from pipeline.portrait.body_fit import LANDMARK_OFF_JOINT_M
from pipeline.portrait.face_fit import ONE_SIDED, UNSEEN
from pipeline.portrait.landmark_model import IRIS, MESH_LANDMARKS, at_landmarks
from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint, FaceLandmarks
from pipeline.rest_pose import resting_joint_rotation
from pipeline.template import EYE_JOINTS, Geometry, SourcePose, Template, load_template

SHOULDERS = (
    ("upperarm01.L", BodyPoint.LEFT_SHOULDER, 1.0),
    ("upperarm01.R", BodyPoint.RIGHT_SHOULDER, -1.0),
)


@dataclass(frozen=True, slots=True)
class MadePerson:
    """The truth and what a perfect tracker, but for `noise_px`, would see of it."""

    identity: np.ndarray
    source: SourcePose
    geometry: Geometry
    camera: CameraModel
    face: FaceLandmarks
    body: BodyLandmarks


def make_person(
    seed: int,
    noise_px: float = 1.0,
    actions: dict[str, float] | None = None,
    head_rotation: tuple[float, float, float] = (0.15, -0.05, 0.03),
    gaze: tuple[float, float] = (0.1, 0.05),
) -> MadePerson:
    """A random adult in a known pose before the gallery's camera."""
    model, rng = load_template(), np.random.default_rng(seed)
    identity = np.zeros(len(model.identity_names), np.float32)
    for index, name in enumerate(model.identity_names):
        if name.startswith("component"):
            identity[index] = rng.normal(0, 0.7)
        elif not name.startswith(UNSEEN + ONE_SIDED):
            identity[index] = rng.normal(0, 0.15)
    values = np.zeros(len(ACTION_INDEX), np.float32)
    for name, amount in (actions or {}).items():
        values[ACTION_INDEX[name]] = amount
    rest = resting_joint_rotation(model.skeleton(identity))
    source = SourcePose(
        values,
        np.array(head_rotation, np.float32),
        np.tile(np.array(gaze, np.float32), (2, 1)),
        rest,
    )
    geometry = Template(model, identity, source, rest).source_geometry()
    camera = CameraModel(
        1600.0, np.array([256.0, 384.0]), np.diag([1.0, -1.0, -1.0]), np.array([0, -0.14, 1.5])
    )
    face, body = seen_face(geometry, camera), seen_body(geometry, camera)
    face.points[:MESH_LANDMARKS, :2] += rng.normal(0, noise_px, (MESH_LANDMARKS, 2))
    return MadePerson(identity, source, geometry, camera, face, body)


def seen_face(geometry: Geometry, camera: CameraModel) -> FaceLandmarks:
    """All 478 landmarks without noise."""
    model = load_template()
    pixels, depth = camera.project(geometry.vertices)
    points = np.zeros((478, 3), np.float32)
    away = (depth - depth.mean()) * camera.focal_px / depth.mean()
    points[:MESH_LANDMARKS] = at_landmarks(model, np.column_stack([pixels, away]))
    for name, landmarks in zip(EYE_JOINTS, IRIS, strict=True):
        joint = model.joint_names.index(name)
        owned = model.skin_weights[:, joint] > 0.5
        centre = geometry.positions[joint]
        radius = np.linalg.norm(geometry.vertices[owned] - centre, axis=1).mean()
        front = centre + radius * geometry.rotations[joint][:, 2]
        points[list(landmarks), :2] = camera.project(front[None])[0]
    return FaceLandmarks(points, 1.0)


def seen_body(geometry: Geometry, camera: CameraModel) -> BodyLandmarks:
    """The shoulders alone are visible."""
    model = load_template()
    points, visibility = np.zeros((33, 3), np.float32), np.zeros(33, np.float32)
    chest = geometry.rotations[model.joint_names.index("spine01")]
    for name, point, sign in SHOULDERS:
        off = chest @ (LANDMARK_OFF_JOINT_M * [sign, 1, 1])
        place = geometry.positions[model.joint_names.index(name)] + off
        points[point, :2] = camera.project(place[None])[0]
        visibility[point] = 1.0
    return BodyLandmarks(points, visibility, np.zeros((33, 3), np.float32), 1.0)
