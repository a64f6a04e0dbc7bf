"""Torso, shoulders and arms under a fitted head, from the landmarks of the body.

The head is where the face says. Under it the torso stays upright as far as the shoulders allow:
few angles with priors are fitted to the two shoulder landmarks, and the neck takes up what is left
between torso and head.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.portrait import posture as postures
from pipeline.portrait.arm_fit import arms_of
from pipeline.portrait.face_fit import FaceFit, Lens
from pipeline.portrait.gauss_newton import NormalEquations
from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint
from pipeline.portrait.posture import PosedTorso, Torso, neck_angles, with_posture
from pipeline.rest_pose import resting_joint_rotation
from pipeline.skeleton import Skeleton, rotations_from_axis_angle
from pipeline.template import TemplateModel

ITERATIONS = 8
SHOULDERS = (BodyPoint.LEFT_SHOULDER, BodyPoint.RIGHT_SHOULDER)
LEAST_VISIBILITY = 0.5
# Of a shoulder landmark, in distances between the shoulders.
SHOULDER_SIGMA = 0.01
# The tracker's shoulder lies above the joint, near the outline; metres outwards, up and forward.
LANDMARK_OFF_JOINT_M = np.array([0.003, 0.038, 0.0])
# Identity coefficients that only the body shows.
WIDTHS = ("measure-shoulder-dist-incr", "torso-vshape-incr", "neck-scale-vert-incr")
# Unknowns: the posture, the pitch of the camera (radians), then WIDTHS.
PITCH, WIDTH = postures.SIZE, slice(postures.SIZE + 1, None)
MEAN = np.concatenate([postures.RELAXED, [0.0], np.zeros(len(WIDTHS))])
SIGMA = np.array([0.15, 0.08, 0.06, 0.15, 0.12, 0.15, 0.12, 0.03] + [0.5] * len(WIDTHS))
REACH = np.array([0.7, 0.35, 0.3, 0.6, 0.5, 0.6, 0.5, 0.15] + [1.2] * len(WIDTHS))
DERIVATIVE_STEP = 1e-3
# Shoulders that stay further away than this, in their own width, are somebody else's.
FOREIGN_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class SeenShoulders:
    """target (2, 2) px, left first; trust (2,) in [0, 1]; width_px between them."""

    target: np.ndarray
    trust: np.ndarray
    width_px: float

    @classmethod
    def of(cls, body: BodyLandmarks | None) -> "SeenShoulders":
        if body is None:
            return cls(np.zeros((2, 2)), np.zeros(2), 1.0)
        target = body.points[list(SHOULDERS), :2].astype(np.float64)
        seen = body.visibility[list(SHOULDERS)]
        width_px = max(float(np.linalg.norm(target[0] - target[1])), 40.0)
        return cls(target, np.where(seen >= LEAST_VISIBILITY, seen, 0.0), width_px)

    @property
    def root_weight(self) -> np.ndarray:
        """(4,) one over the standard deviation of each coordinate."""
        return np.repeat(self.trust, 2) / (SHOULDER_SIGMA * self.width_px)

    def missed(self, predicted: np.ndarray) -> float | None:
        """Mean distance in shoulder widths; None unless both are seen."""
        if not self.trust.all():
            return None
        return float(np.linalg.norm(predicted - self.target, axis=1).mean() / self.width_px)


@dataclass(frozen=True, slots=True)
class BodyFit:
    """identity (K,) with the widths of the body; head_rotation (3,); posture (7,), see `posture`;
    joint_rotation (49, 3); camera; shoulder_error: mean miss of the shoulder landmarks in shoulder
    widths, or None."""

    identity: np.ndarray
    head_rotation: np.ndarray
    posture: np.ndarray
    joint_rotation: np.ndarray
    camera: CameraModel
    shoulder_error: float | None


def fit_body(
    model: TemplateModel, face: FaceFit, body: BodyLandmarks | None, lens: Lens
) -> BodyFit:
    """The most probable posture; without body landmarks, or with those of somebody else, the
    upright one."""
    fit = _BodyProblem(model, face, body, lens).solve()
    if fit.shoulder_error is not None and fit.shoulder_error > FOREIGN_SHARE:
        return _BodyProblem(model, face, None, lens).solve()
    return fit


def seen_shoulders(posed: PosedTorso, camera: CameraModel) -> np.ndarray:
    """Where the tracker would see the shoulders (2, 2) px."""
    outwards = np.array([[1.0, 1.0, 1.0], [-1.0, 1.0, 1.0]]) * LANDMARK_OFF_JOINT_M
    return camera.project(posed.shoulders + outwards @ posed.chest.T)[0]


@dataclass(frozen=True, slots=True)
class _State:
    skeleton: Skeleton
    camera: CameraModel
    head_rotation: np.ndarray
    posed: PosedTorso


class _BodyProblem:
    def __init__(
        self, model: TemplateModel, face: FaceFit, body: BodyLandmarks | None, lens: Lens
    ) -> None:
        self._model, self._face, self._lens, self._body = model, face, lens, body
        self._widths = [model.identity_names.index(name) for name in WIDTHS]
        self._seen = SeenShoulders.of(body)
        self._neck_near: np.ndarray | None = None

    def solve(self) -> BodyFit:
        at = MEAN.copy()
        for _ in range(ITERATIONS if self._seen.trust.any() else 0):
            at = at + self._step(at)
        state = self._state(at)
        joints = with_posture(resting_joint_rotation(state.skeleton), at[: postures.SIZE])
        if self._body is not None:
            joints = arms_of(self._body, state.skeleton, joints, state.camera)
        return BodyFit(
            self._identity(at),
            state.head_rotation,
            at[: postures.SIZE],
            joints,
            state.camera,
            self._seen.missed(seen_shoulders(state.posed, state.camera)),
        )

    def _step(self, at: np.ndarray) -> np.ndarray:
        predicted = self._predicted(at)
        jacobian = np.empty((4, len(at)))
        for column in range(len(at)):
            moved = at.copy()
            moved[column] += DERIVATIVE_STEP
            jacobian[:, column] = (self._predicted(moved) - predicted).ravel() / DERIVATIVE_STEP
        equations = NormalEquations.empty(len(at))
        weight = self._seen.root_weight
        miss = (self._seen.target - predicted).ravel()
        equations.add(jacobian * weight[:, None], miss * weight)
        equations.add_prior(at, MEAN, SIGMA)
        return equations.step(MEAN - REACH - at, MEAN + REACH - at)

    def _predicted(self, at: np.ndarray) -> np.ndarray:
        state = self._state(at)
        return seen_shoulders(state.posed, state.camera)

    def _identity(self, at: np.ndarray) -> np.ndarray:
        identity = self._face.identity.copy()
        identity[self._widths] = at[WIDTH]
        return identity

    def _state(self, at: np.ndarray) -> _State:
        skeleton = self._model.skeleton(self._identity(at).astype(np.float32))
        torso, posture = Torso(skeleton), at[: postures.SIZE]
        pitch = rotations_from_axis_angle(np.array([at[PITCH], 0, 0])).astype(np.float64)
        rotation = pitch @ np.diag([1.0, -1.0, -1.0])
        wanted = torso.chest(posture).T @ rotation.T @ self._face.rotation
        head_rotation = self._neck_near = neck_angles(wanted, self._neck_near)
        posed = torso.pose(posture, head_rotation, np.zeros(3))
        translation = self._face.translation - rotation @ posed.head_place
        camera = CameraModel(self._lens.focal_px, self._lens.centre_px, rotation, translation)
        return _State(skeleton, camera, head_rotation, posed)
