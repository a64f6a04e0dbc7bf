"""Torso, shoulders and arms under a fitted head, from the landmarks of the body.

The head is where the face says. Under it the torso stays upright as far as the shoulders allow:
few angles with priors are fitted to the two shoulder landmarks, and the neck takes up what is left
between torso and head.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.names import JOINT_INDEX, NECK_JOINTS, SPINE_JOINTS
from pipeline.portrait.face_fit import FaceFit, Lens
from pipeline.portrait.gauss_newton import NormalEquations
from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint
from pipeline.rest_pose import resting_joint_rotation
from pipeline.skeleton import (
    Skeleton,
    rotation_from_head_angles,
    rotations_from_axis_angle,
)
from pipeline.template import NECK_SHARES, TemplateModel

ITERATIONS = 8
NECK_ITERATIONS = 3
SHOULDERS = (BodyPoint.LEFT_SHOULDER, BodyPoint.RIGHT_SHOULDER)
LEAST_VISIBILITY = 0.5
# Of a shoulder landmark, in distances between the shoulders.
SHOULDER_SIGMA = 0.01
# The tracker's shoulder lies above the joint, near the outline; metres outwards, up and forward.
LANDMARK_OFF_JOINT_M = np.array([0.003, 0.038, 0.0])
# The girdle's turn is shared by clavicle and shoulder blade.
GIRDLE = (("clavicle", 0.35), ("shoulder01", 0.65))
# Identity coefficients that only the body shows.
WIDTHS = ("measure-shoulder-dist-incr", "torso-vshape-incr", "neck-scale-vert-incr")
# Unknowns: pitch of the camera; yaw, pitch and roll of the torso; lift and advance of the left
# and the right shoulder; then WIDTHS. Radians.
MEAN = np.array([0, 0, 0, 0, -0.2, 0, -0.2, 0] + [0.0] * len(WIDTHS))
SIGMA = np.array([0.03, 0.15, 0.05, 0.06, 0.15, 0.12, 0.15, 0.12] + [0.5] * len(WIDTHS))
LIMIT = np.array([0.15, 0.7, 0.15, 0.3, 0.6, 0.5, 0.6, 0.5] + [1.2] * len(WIDTHS))
DERIVATIVE_STEP = 1e-3


@dataclass(frozen=True, slots=True)
class BodyFit:
    """identity (K,) with the widths of the body; head_rotation (3,); joint_rotation (49, 3);
    camera; shoulder_error: mean miss of the shoulder landmarks in shoulder widths, or None."""

    identity: np.ndarray
    head_rotation: np.ndarray
    joint_rotation: np.ndarray
    camera: CameraModel
    shoulder_error: float | None


def fit_body(
    model: TemplateModel, face: FaceFit, body: BodyLandmarks | None, lens: Lens
) -> BodyFit:
    """The most probable posture; without body landmarks the upright one."""
    problem = _BodyProblem(model, face, body, lens)
    unknown = problem.solve()
    return problem.result(unknown)


@dataclass(frozen=True, slots=True)
class _Posed:
    skeleton: Skeleton
    camera: CameraModel
    head_rotation: np.ndarray
    chest: np.ndarray
    positions: np.ndarray


class _BodyProblem:
    def __init__(
        self, model: TemplateModel, face: FaceFit, body: BodyLandmarks | None, lens: Lens
    ) -> None:
        self._model, self._face, self._lens = model, face, lens
        names = model.joint_names
        self._spine = [names.index(name) for name in SPINE_JOINTS]
        self._neck = [names.index(name) for name in NECK_JOINTS]
        self._girdle = [[names.index(f"{n}.{side}") for n, _ in GIRDLE] for side in "LR"]
        self._shoulders = [names.index(f"upperarm01.{side}") for side in "LR"]
        self._widths = [model.identity_names.index(name) for name in WIDTHS]
        self._target = np.zeros((2, 2))
        self._trust = np.zeros(2)
        if body is not None:
            self._target = body.points[list(SHOULDERS), :2].astype(np.float64)
            seen = body.visibility[list(SHOULDERS)]
            self._trust = np.where(seen >= LEAST_VISIBILITY, seen, 0.0)
        self._unit_px = max(float(np.linalg.norm(self._target[0] - self._target[1])), 40.0)

    def solve(self) -> np.ndarray:
        at = MEAN.copy()
        weight = np.repeat(self._trust, 2) / (SHOULDER_SIGMA * self._unit_px)
        for _ in range(ITERATIONS if self._trust.any() else 0):
            predicted = self._shoulder_px(self._posed(at))
            jacobian = np.empty((4, len(at)))
            for column in range(len(at)):
                moved = at.copy()
                moved[column] += DERIVATIVE_STEP
                change = self._shoulder_px(self._posed(moved)) - predicted
                jacobian[:, column] = change.ravel() / DERIVATIVE_STEP
            equations = NormalEquations.empty(len(at))
            miss = (self._target - predicted).ravel()
            equations.add(jacobian * weight[:, None], miss * weight)
            equations.add_prior(at, MEAN, SIGMA)
            at = at + equations.step(-LIMIT - at, LIMIT - at)
        return at

    def result(self, unknown: np.ndarray) -> BodyFit:
        posed = self._posed(unknown)
        error = None
        if self._trust.all():
            miss = np.linalg.norm(self._shoulder_px(posed) - self._target, axis=1)
            error = float(miss.mean() / self._unit_px)
        return BodyFit(
            self._identity(unknown),
            posed.head_rotation,
            self._joints(unknown, posed.skeleton),
            posed.camera,
            error,
        )

    def _identity(self, unknown: np.ndarray) -> np.ndarray:
        identity = self._face.identity.copy()
        identity[self._widths] = unknown[8:]
        return identity

    def _posed(self, unknown: np.ndarray) -> _Posed:
        skeleton = self._model.skeleton(self._identity(unknown).astype(np.float32))
        local = np.tile(np.eye(3, dtype=np.float32), (len(self._model.joint_names), 1, 1))
        local[self._spine] = _torso_turns(unknown)
        for joints, turns in zip(self._girdle, _girdle_turns(unknown), strict=True):
            local[joints] = turns
        pitch = rotations_from_axis_angle(np.array([unknown[0], 0, 0])).astype(np.float64)
        camera_rotation = pitch @ np.diag([1.0, -1.0, -1.0])
        turned, _ = skeleton.forward_kinematics(local)
        chest = turned[self._spine[-1]].astype(np.float64)
        head_rotation = neck_angles(chest.T @ camera_rotation.T @ self._face.rotation)
        local[self._neck] = _neck_turns(head_rotation)
        _, positions = skeleton.forward_kinematics(local)
        positions = positions.astype(np.float64)
        translation = self._face.translation - camera_rotation @ positions[self._neck[-1]]
        camera = CameraModel(
            self._lens.focal_px, self._lens.centre_px, camera_rotation, translation
        )
        return _Posed(skeleton, camera, head_rotation, chest, positions)

    def _shoulder_px(self, posed: _Posed) -> np.ndarray:
        """Where the tracker would see the shoulders (2, 2) px."""
        outwards = np.array([[1.0, 1.0, 1.0], [-1.0, 1.0, 1.0]]) * LANDMARK_OFF_JOINT_M
        places = posed.positions[self._shoulders] + outwards @ posed.chest.T
        return posed.camera.project(places)[0]

    def _joints(self, unknown: np.ndarray, skeleton: Skeleton) -> np.ndarray:
        """(49, 3) axis-angle; arms hang as at rest whatever the girdle does."""
        joints = resting_joint_rotation(skeleton).astype(np.float64)
        joints[[JOINT_INDEX[name] for name in SPINE_JOINTS]] = _torso_vectors(unknown)
        for side, lift, advance in zip("LR", unknown[[4, 6]], unknown[[5, 7]], strict=True):
            turned = np.eye(3)
            for name, share in GIRDLE:
                vector = _girdle_vector(side, lift, advance) * share
                joints[JOINT_INDEX[f"{name}.{side}"]] = vector
                turned = turned @ rotations_from_axis_angle(vector)
            upper = JOINT_INDEX[f"upperarm01.{side}"]
            hanging = turned.T @ rotations_from_axis_angle(joints[upper])
            joints[upper] = axis_angle(hanging)
        return joints.astype(np.float32)


def _torso_vectors(unknown: np.ndarray) -> np.ndarray:
    """(5, 3) axis-angle of the spine: yaw to the person's left, pitch down, roll to the left."""
    yaw, pitch, roll = unknown[1:4]
    return np.tile(np.array([pitch, yaw, -roll]) / len(SPINE_JOINTS), (len(SPINE_JOINTS), 1))


def _torso_turns(unknown: np.ndarray) -> np.ndarray:
    return rotations_from_axis_angle(_torso_vectors(unknown))


def _girdle_vector(side: str, lift: float, advance: float) -> np.ndarray:
    """Axis-angle that lifts a shoulder and brings it forward."""
    sign = 1.0 if side == "L" else -1.0
    return np.array([0.0, -sign * advance, sign * lift])


def _girdle_turns(unknown: np.ndarray) -> list[np.ndarray]:
    shares = np.array([share for _, share in GIRDLE])
    return [
        rotations_from_axis_angle(
            shares[:, None] * _girdle_vector(side, *unknown[first : first + 2])
        )
        for side, first in (("L", 4), ("R", 6))
    ]


def _neck_turns(head_rotation: np.ndarray) -> np.ndarray:
    return rotation_from_head_angles(np.outer(NECK_SHARES, head_rotation))


def neck_angles(wanted: np.ndarray) -> np.ndarray:
    """Yaw, pitch, roll (3,) whose shares along the neck turn the head by `wanted` (3, 3)."""
    angles = _head_angles(wanted)
    for _ in range(NECK_ITERATIONS):
        angles = angles + _head_angles(wanted) - _head_angles(_chained(angles))
    return angles


def _chained(angles: np.ndarray) -> np.ndarray:
    first, second, third, fourth = _neck_turns(angles).astype(np.float64)
    return first @ second @ third @ fourth


def _head_angles(rotation: np.ndarray) -> np.ndarray:
    """Inverse of skeleton.rotation_from_head_angles."""
    pitch = np.arcsin(np.clip(-rotation[1, 2], -1, 1))
    yaw = np.arctan2(rotation[0, 2], rotation[2, 2])
    roll = -np.arctan2(rotation[1, 0], rotation[1, 1])
    return np.array([yaw, pitch, roll])


def axis_angle(rotation: np.ndarray) -> np.ndarray:
    """(3,) radians of a rotation (3, 3) by less than pi."""
    twice = np.array(
        [
            rotation[2, 1] - rotation[1, 2],
            rotation[0, 2] - rotation[2, 0],
            rotation[1, 0] - rotation[0, 1],
        ]
    )
    sine = 0.5 * float(np.linalg.norm(twice))
    angle = np.arctan2(sine, 0.5 * (np.trace(rotation) - 1.0))
    return twice * (angle / (2.0 * sine) if sine > 1e-8 else 0.5)
