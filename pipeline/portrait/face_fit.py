"""Identity, expression and pose of a face from its landmarks.

A maximum a posteriori fit by bounded Gauss-Newton (Levenberg's classic for 3D morphable models,
Blanz and Vetter 1999, on landmarks): the template is linear in identity and actions, the pose is
a rigid motion before a pinhole camera. Residuals are counted in inter-ocular distances.
"""

from dataclasses import dataclass, replace

import numpy as np

from pipeline.face_landmarks import LOWER_LIP_INNER, UPPER_LIP_INNER
from pipeline.names import ACTION_INDEX, FACIAL_ACTIONS
from pipeline.portrait.gauss_newton import NormalEquations
from pipeline.portrait.gaze_fit import gaze_from_irises
from pipeline.portrait.landmark_model import (
    IRIS,
    LIDS,
    LIPS,
    MESH_LANDMARKS,
    OUTLINE,
    LandmarkModel,
)
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.skeleton import rotations_from_axis_angle
from pipeline.template import lids_following_gaze

# Standard deviations: of a landmark in inter-ocular distances, and of the unknowns.
LANDMARK_SIGMA = 0.018
COMPONENT_SIGMA = 1.0
LOCAL_SIGMA = 0.25
ACTION_SIGMA = 0.6
# What opens or rolls closed lips explains little that other actions do not.
RARE_ACTION_SIGMA = 0.08
SIDES_SIGMA = 0.25
# A picture tells no scale: eyes are as far apart, and faces as large, as in the mean adult.
EYE_DISTANCE_SIGMA_M = 0.0015
FACE_SIZE_SIGMA = 0.02
LIP_GAP_SIGMA_M = 0.0002
# Of the vector between the irises against that between the eyes, in inter-ocular distances.
EYE_SIGMA = 0.008
# Actions are rare: the mean of their exponential prior.
ACTION_MEAN = 0.12
PRINCIPAL = 24
LARGEST_TURN_RAD = 0.3
POSE = 6
OUTLINE_WEIGHT, MARGIN_WEIGHT = 0.25, 3.0
# One-sided changes: asymmetry is taken for pose.
ONE_SIDED = ("mouth-trans-out", "nose-trans-out", "neck-trans-out", "head-trans-out")
# What a face's landmarks cannot tell.
UNSEEN = ("ear-", "neck-", "torso-", "measure-", "head-back", "head-trans", "forehead-scale")
RARE = ("mouthClose", "mouthRoll", "mouthPress", "mouthFunnel", "cheekPuff", "mouthShrug",
        "jawForward")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Schedule:
    """Steps of a fit; the first ones move the pose alone, the gaze is read in the last ones."""

    iterations: int
    pose_only: int
    gaze_from: int


PORTRAIT = Schedule(12, 2, 4)
NEXT_FRAME = Schedule(4, 0, 1)


@dataclass(frozen=True, slots=True)
class FaceFit:
    """identity (K,), actions (52,), gaze (2, 2) radians relative to the head
    rotation (3, 3), translation (3,): head axes to camera axes, metres
    predicted (468, 2) px: the template's landmarks"""

    identity: np.ndarray
    actions: np.ndarray
    gaze: np.ndarray
    rotation: np.ndarray
    translation: np.ndarray
    predicted: np.ndarray


@dataclass(frozen=True, slots=True)
class Lens:
    """focal_px and principal point (2,) px of the portrait's camera."""

    focal_px: float
    centre_px: np.ndarray

    def project(self, points: np.ndarray) -> np.ndarray:
        """Points (N, 3) in camera axes -> (N, 2) px."""
        return points[:, :2] * (self.focal_px / points[:, 2:]) + self.centre_px


def landmark_weights() -> np.ndarray:
    """(468,) how far each landmark is believed."""
    weights = np.ones(MESH_LANDMARKS)
    weights[list(OUTLINE)] = OUTLINE_WEIGHT
    weights[list(LIPS + LIDS)] = MARGIN_WEIGHT
    return weights


def first_guess(
    model: LandmarkModel, face: FaceLandmarks, lens: Lens, identity_size: int
) -> FaceFit:
    """Pose of the mean face by orthogonal Procrustes on the tracker's own depths."""
    seen = face.points[:MESH_LANDMARKS].astype(np.float64)
    seen_centre, rest_centre = seen.mean(0), model.rest.mean(0)
    spread, rest_spread = seen - seen_centre, model.rest - rest_centre
    u, scales, vt = np.linalg.svd(spread.T @ rest_spread)
    mirror = np.array([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    rotation = u * mirror @ vt
    px_per_m = (scales * mirror).sum() / np.square(rest_spread).sum()
    depth = lens.focal_px / px_per_m
    middle = np.append((seen_centre[:2] - lens.centre_px) * depth / lens.focal_px, depth)
    translation = middle - rotation @ rest_centre
    return FaceFit(
        np.zeros(identity_size), np.zeros(len(FACIAL_ACTIONS)), np.zeros((2, 2)), rotation,
        translation, lens.project(model.rest @ rotation.T + translation),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the frame before says of this one: actions (52,) and how far they may have moved."""

    actions: np.ndarray
    sigma: float


class FaceProblem:
    """What is known of one face; solve() improves a guess.

    identity_names: of the coefficients of `model`, none where the person is known
    earlier: the frame before in a video
    """

    def __init__(
        self,
        model: LandmarkModel,
        identity_names: tuple[str, ...],
        face: FaceLandmarks,
        lens: Lens,
        earlier: Earlier | None = None,
    ) -> None:
        self._model, self._face, self._lens = model, face, lens
        self._identity_size = len(identity_names)
        self._target = face.points[:MESH_LANDMARKS, :2].astype(np.float64)
        self._unit_px = max(face.inter_ocular_px, 1.0)
        sigma_px = LANDMARK_SIGMA * self._unit_px
        self._root_weight = np.sqrt(landmark_weights()) / sigma_px
        self._basis = np.concatenate([model.identity, model.actions]).transpose(1, 2, 0)
        self._sigma = np.concatenate([_identity_sigma(identity_names), _action_sigma()])
        self._low, self._high = _bounds(identity_names)
        self._pairs = np.array(_action_pairs()) + self._identity_size
        self._scale_rows = np.concatenate([_scale_rows(model), _closed_mouth_rows(model)])
        self._earlier = earlier

    def solve(self, guess: FaceFit, schedule: Schedule = PORTRAIT) -> FaceFit:
        """The most probable face near the guess."""
        fit = guess
        for iteration in range(schedule.iterations):
            fit = self._improved(fit, iteration < schedule.pose_only)
            if iteration >= schedule.gaze_from:
                gaze = gaze_from_irises(self._model, self._face, self._lens, fit)
                fit = replace(fit, gaze=gaze)
        return fit

    def _improved(self, fit: FaceFit, pose_only: bool) -> FaceFit:
        shape = np.concatenate([fit.identity, fit.actions])
        head = self._head_points(fit)
        turned = head @ fit.rotation.T
        seen = turned + fit.translation
        size = len(shape)
        jacobian = np.empty((MESH_LANDMARKS, 2, size + POSE))
        slope = projection_slope(seen, self._lens.focal_px)
        jacobian[..., :size] = (slope @ fit.rotation) @ self._basis
        # A small turn w of the head moves a point by w x turned.
        jacobian[..., size : size + 3] = slope @ -_cross_matrices(turned)
        jacobian[..., size + 3 :] = slope
        weighted = (jacobian * self._root_weight[:, None, None]).reshape(-1, size + POSE)
        residual = (self._target - self._lens.project(seen)) * self._root_weight[:, None]
        equations = NormalEquations.empty(size + POSE)
        equations.add(weighted, residual.ravel())
        at = np.concatenate([shape, np.zeros(POSE)])
        loose = np.full(POSE, 1e3)
        equations.add_prior(at, np.zeros(size + POSE), np.concatenate([self._sigma, loose]))
        equations.add_coupling(at, self._pairs, SIDES_SIGMA)
        if self._earlier:
            expected = np.concatenate([fit.identity, self._earlier.actions, np.zeros(POSE)])
            sigma = np.full(size + POSE, 1e3)
            sigma[self._identity_size : size] = self._earlier.sigma
            equations.add_prior(at, expected, sigma)
        equations.gradient[self._identity_size : size] -= 1.0 / ACTION_MEAN
        equations.add(*self._eye_rows(fit))
        scale_rows = np.zeros((len(self._scale_rows), size + POSE))
        scale_rows[:, : self._identity_size] = self._scale_rows
        equations.add(scale_rows, -scale_rows @ at)
        return self._moved(fit, equations, pose_only)

    def _eye_rows(self, fit: FaceFit) -> tuple[np.ndarray, np.ndarray]:
        """Both eyes look the same way: from iris to iris it is as far as from eye to eye."""
        centres, _ = self._model.eyes(fit.identity)
        turned = centres @ fit.rotation.T
        seen = turned + fit.translation
        slope = projection_slope(seen, self._lens.focal_px)
        size = self._identity_size
        jacobian = np.zeros((2, 2, len(self._sigma) + POSE))
        jacobian[..., :size] = slope @ fit.rotation @ self._model.eye_identity.transpose(1, 2, 0)
        jacobian[..., -POSE:-3] = slope @ -_cross_matrices(turned)
        jacobian[..., -3:] = slope
        irises = np.stack([self._face.points[list(ring), :2].mean(0) for ring in IRIS])
        miss = irises - self._lens.project(seen)
        weight = 1.0 / (EYE_SIGMA * self._unit_px)
        return (jacobian[0] - jacobian[1]) * weight, (miss[0] - miss[1]) * weight

    def _moved(self, fit: FaceFit, equations: NormalEquations, pose_only: bool) -> FaceFit:
        shape = np.concatenate([fit.identity, fit.actions])
        low, high = self._low - shape, self._high - shape
        if pose_only:
            low, high = np.zeros_like(low), np.zeros_like(high)
        turn = np.full(3, LARGEST_TURN_RAD)
        far = np.full(3, np.inf)
        step = equations.step(np.concatenate([low, -turn, -far]), np.concatenate([high, turn, far]))
        shape = shape + step[: len(shape)]
        turn, shift = step[len(shape) : -3], step[-3:]
        moved = replace(
            fit,
            identity=shape[: self._identity_size],
            actions=shape[self._identity_size :],
            rotation=rotations_from_axis_angle(turn).astype(np.float64) @ fit.rotation,
            translation=fit.translation + shift,
        )
        seen = self._head_points(moved) @ moved.rotation.T + moved.translation
        return replace(moved, predicted=self._lens.project(seen))

    def _head_points(self, fit: FaceFit) -> np.ndarray:
        return self._model.points(fit.identity, lids_following_gaze(fit.actions, fit.gaze))


def projection_slope(seen: np.ndarray, focal_px: float) -> np.ndarray:
    """Derivative (N, 2, 3) of pixels by camera coordinates (N, 3)."""
    x, y, z = seen.T
    slope = np.zeros((len(seen), 2, 3))
    slope[:, 0, 0] = slope[:, 1, 1] = focal_px / z
    slope[:, 0, 2], slope[:, 1, 2] = -focal_px * x / z**2, -focal_px * y / z**2
    return slope


def _cross_matrices(vectors: np.ndarray) -> np.ndarray:
    """(N, 3, 3) matrices of the cross product with each of (N, 3) vectors."""
    x, y, z = vectors.T
    zero = np.zeros_like(x)
    return np.stack([zero, -z, y, z, zero, -x, -y, x, zero], -1).reshape(-1, 3, 3)


def _scale_rows(model: LandmarkModel) -> np.ndarray:
    """(2, K) what a coefficient adds to the distance of the eyes and to the size of the face, each
    in its standard deviation."""
    eyes = model.eye_identity[:, 0, 0] - model.eye_identity[:, 1, 0]
    spread = model.rest - model.rest.mean(0)
    growth = (model.identity * spread).sum((1, 2)) / np.square(spread).sum()
    return np.stack([eyes / EYE_DISTANCE_SIGMA_M, growth / FACE_SIZE_SIGMA])


def _closed_mouth_rows(model: LandmarkModel) -> np.ndarray:
    """(9, K) what a coefficient adds to the gap between closed lips, in its standard deviation:
    an open mouth is an action, or it would never close."""
    upper, lower = list(UPPER_LIP_INNER[1:-1]), list(LOWER_LIP_INNER[1:-1])
    return (model.identity[:, upper, 1] - model.identity[:, lower, 1]).T / LIP_GAP_SIGMA_M


def _identity_sigma(names: tuple[str, ...]) -> np.ndarray:
    return np.array([COMPONENT_SIGMA if n.startswith("component") else LOCAL_SIGMA for n in names])


def _action_sigma() -> np.ndarray:
    return np.array(
        [RARE_ACTION_SIGMA if name.startswith(RARE) else ACTION_SIGMA for name in FACIAL_ACTIONS]
    )


def _bounds(names: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest value of each coefficient and action."""
    high = [
        3.0 if n.startswith("component") else 0.0 if n.startswith(UNSEEN + ONE_SIDED) else 1.2
        for n in names
    ]
    unknown = ("eyeLook", "tongueOut", "mouthClose")
    top = [0.0 if name.startswith(unknown) else 1.0 for name in FACIAL_ACTIONS]
    return np.array([-h for h in high] + [0.0] * len(top)), np.array(high + top)


def _action_pairs() -> list[tuple[int, int]]:
    """Actions of the left and the right side of the face."""
    sided = [n for n in FACIAL_ACTIONS if n.endswith("Left") and n not in ("jawLeft", "mouthLeft")]
    return [(ACTION_INDEX[n], ACTION_INDEX[n.removesuffix("Left") + "Right"]) for n in sided]
