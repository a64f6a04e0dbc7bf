"""A frame of a video as a pose of the person of a portrait: identity, shape and camera are known.

Pixels are those of the portrait, so every frame of a video is brought there by one and the same
transformation.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from pipeline.lid_reach import lid_reach
from pipeline.names import FACIAL_ACTIONS
from pipeline.portrait.body_fit import REACH, SIGMA, SeenShoulders, seen_shoulders
from pipeline.portrait.face_fit import (
    NEXT_FRAME,
    PORTRAIT,
    Earlier,
    FaceFit,
    FaceProblem,
    Lens,
    first_guess,
)
from pipeline.portrait.fit import PortraitFit
from pipeline.portrait.gauss_newton import NormalEquations
from pipeline.portrait.landmark_model import LandmarkModel, at_landmarks, landmark_model
from pipeline.portrait.landmarks import BodyLandmarks, FaceLandmarks
from pipeline.portrait.posture import SIZE, Torso, axis_angle, neck_angles, with_posture
from pipeline.rest_pose import resting_joint_rotation
from pipeline.skeleton import rotations_from_axis_angle
from pipeline.template import KEPT_EXPRESSION, TemplateModel, load_template

# How far an action moves between two frames at 30 a second; lips and lids are quicker than this
# suggests, because their landmarks outvote it.
ACTION_STEP_SIGMA = 0.12
POSTURE_STEP_SIGMA = 0.02
BODY_ITERATIONS = 3
# Of the head's place across and along the view.
HEAD_SIGMA_M = np.array([0.001, 0.001, 0.012])
# Of the neck's own stretch; the torso leans for the rest.
NECK_SIGMA_M = np.array([0.02, 0.015, 0.03])
LARGEST_NECK_M = 0.12
DERIVATIVE_STEP = 1e-3


@dataclass(frozen=True, slots=True)
class FrameFit:
    """One frame, absolute like SourcePose: actions (52,), head_rotation (3,), gaze (2, 2),
    joint_rotation (49, 3); and head_translation (3,) metres off the upright neck's end.

    face: the face before the camera and posture (7,), from which the next frame starts
    residual: median distance of the landmarks in inter-ocular distances
    """

    actions: np.ndarray
    head_rotation: np.ndarray
    head_translation: np.ndarray
    gaze: np.ndarray
    joint_rotation: np.ndarray
    face: FaceFit
    posture: np.ndarray
    residual: float


@dataclass(frozen=True, slots=True)
class RelativeMotion:
    """A frame as FaceFrame and BodyFrame want it: what is added to the portrait's own pose.

    actions (52,) in [0, 1]; head_rotation, head_translation (3,); gaze (2, 2);
    joint_rotation (49, 3) from the pose in which body motion rests
    """

    actions: np.ndarray
    head_rotation: np.ndarray
    head_translation: np.ndarray
    gaze: np.ndarray
    joint_rotation: np.ndarray


def fit_frame(
    face: FaceLandmarks,
    body: BodyLandmarks | None,
    fit: PortraitFit,
    previous: FrameFit | None = None,
    model: TemplateModel | None = None,
) -> FrameFit:
    """Pose, expression and gaze of one frame; `previous` is the frame before, if it was near."""
    person = _person(_Key(fit, model or load_template()))
    lens = Lens(fit.camera.focal_px, fit.camera.centre_px)
    if previous is None:
        guess, schedule, earlier = first_guess(person.landmarks, face, lens, 0), PORTRAIT, None
    else:
        guess, schedule = previous.face, NEXT_FRAME
        earlier = Earlier(previous.actions.astype(np.float64), ACTION_STEP_SIGMA)
    found = FaceProblem(person.landmarks, (), face, lens, earlier).solve(guess, schedule)
    posture, angles, shift = _BodyOfFrame(person, found, body, fit, previous).solve()
    miss = np.linalg.norm(found.predicted - face.points[: len(found.predicted), :2], axis=1)
    return FrameFit(
        found.actions.astype(np.float32),
        angles.astype(np.float32),
        shift.astype(np.float32),
        found.gaze.astype(np.float32),
        with_posture(person.rest_joints, posture),
        found,
        posture,
        float(np.median(miss) / max(face.inter_ocular_px, 1.0)),
    )


def relative_motion(
    frame: FrameFit, fit: PortraitFit, model: TemplateModel | None = None, least: float = 0.0
) -> RelativeMotion:
    """What a motion file holds, so that Template.step on the portrait gives the frame again.

    Actions that the portrait keeps (see template.KEPT_EXPRESSION) count from the portrait's; those
    of lips, jaw and blinks are absolute. Motion files hold nothing below a `least` of 0; -1 lets
    the portrait's own smile be taken away.
    """
    person = _person(_Key(fit, model or load_template()))
    source = fit.source
    kept = np.where(KEPT_EXPRESSION, source.actions, 0.0)
    actions = (frame.actions - kept) / person.lid_reach
    turned = rotations_from_axis_angle(frame.joint_rotation).astype(np.float64)
    unsource = rotations_from_axis_angle(source.joint_rotation).swapaxes(-1, -2)
    rest = rotations_from_axis_angle(person.rest_joints)
    # Arms, hands: hanging in both, so only the girdle's counter-turn remains of them.
    wanted = turned @ unsource.astype(np.float64) @ rest
    return RelativeMotion(
        np.clip(actions, least, 1.0).astype(np.float32),
        frame.head_rotation - source.head_rotation,
        frame.head_translation,
        frame.gaze - source.gaze,
        np.array([axis_angle(turn) for turn in wanted], np.float32),
    )


@dataclass(frozen=True, slots=True)
class _Person:
    """landmarks without identity; torso; rest_joints (49, 3); lid_reach (52,)."""

    landmarks: LandmarkModel
    torso: Torso
    rest_joints: np.ndarray
    lid_reach: np.ndarray


class _Key:
    def __init__(self, fit: PortraitFit, model: TemplateModel) -> None:
        self.fit, self.model = fit, model

    def __hash__(self) -> int:
        return id(self.fit)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.fit is self.fit and other.model is self.model


@lru_cache(maxsize=2)
def _person(key: _Key) -> _Person:
    fit, model = key.fit, key.model
    skeleton = model.skeleton(fit.identity)
    rest = model.identity_vertices(fit.identity) + fit.correction
    kept = np.where(KEPT_EXPRESSION, fit.source.actions, 0.0)
    return _Person(
        own_landmarks(fit, model),
        Torso(skeleton),
        resting_joint_rotation(skeleton),
        lid_reach(model, rest, kept),
    )


def own_landmarks(fit: PortraitFit, model: TemplateModel) -> LandmarkModel:
    """The landmarks of one person, without coefficients of identity."""
    general, identity = landmark_model(model), fit.identity.astype(np.float64)
    centre, radius = general.eyes(identity)
    upright = general.points(identity, np.zeros(len(FACIAL_ACTIONS)))
    return replace(
        general,
        rest=upright + at_landmarks(model, fit.correction),
        identity=np.zeros((0, *general.rest.shape)),
        eye_rest=centre,
        eye_identity=np.zeros((0, *centre.shape)),
        eye_radius_rest_m=radius,
        eye_radius_identity=np.zeros((0, len(radius))),
    )


class _BodyOfFrame:
    """Unknowns: posture, then the stretch of the neck (3,) metres."""

    def __init__(
        self,
        person: _Person,
        face: FaceFit,
        body: BodyLandmarks | None,
        fit: PortraitFit,
        previous: FrameFit | None,
    ) -> None:
        self._torso, self._camera, self._previous = person.torso, fit.camera, previous
        self._portrait = np.concatenate([fit.posture, np.zeros(3)])
        self._sigma = np.concatenate([SIGMA[:SIZE], NECK_SIGMA_M])
        self._reach = np.concatenate([REACH[:SIZE], np.full(3, LARGEST_NECK_M)])
        self._seen = SeenShoulders.of(body)
        rotation = fit.camera.rotation.astype(np.float64)
        self._head_turn = rotation.T @ face.rotation
        self._head_place = rotation.T @ (face.translation - fit.camera.translation)
        self._neck_near = None if previous is None else previous.head_rotation
        # The distance is the least certain: a little of the face's size is as much of it.
        self._head_weight = rotation / HEAD_SIGMA_M[:, None]

    def solve(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Posture (7,), head_rotation (3,) and head_translation (3,)."""
        at = self._portrait.copy()
        if self._previous is not None:
            at[:SIZE] = self._previous.posture
            at[SIZE:] = self._previous.head_translation
        start = at.copy()
        for _ in range(BODY_ITERATIONS):
            at = at + self._step(at, start)
        return at[:SIZE], self._neck(at), at[SIZE:]

    def _neck(self, at: np.ndarray) -> np.ndarray:
        wanted = self._torso.chest(at[:SIZE]).T @ self._head_turn
        self._neck_near = neck_angles(wanted, self._neck_near)
        return self._neck_near

    def _residuals(self, at: np.ndarray) -> np.ndarray:
        posed = self._torso.pose(at[:SIZE], self._neck(at), at[SIZE:])
        head = self._head_weight @ (self._head_place - posed.head_place)
        shoulders = (self._seen.target - seen_shoulders(posed, self._camera)).ravel()
        return np.concatenate([head, shoulders * self._seen.root_weight])

    def _step(self, at: np.ndarray, start: np.ndarray) -> np.ndarray:
        residual = self._residuals(at)
        jacobian = np.empty((len(residual), len(at)))
        for column in range(len(at)):
            moved = at.copy()
            moved[column] += DERIVATIVE_STEP
            jacobian[:, column] = (residual - self._residuals(moved)) / DERIVATIVE_STEP
        equations = NormalEquations.empty(len(at))
        equations.add(jacobian, residual)
        equations.add_prior(at, self._portrait, self._sigma)
        if self._previous is not None:
            equations.add_prior(at, start, np.full(len(at), POSTURE_STEP_SIGMA))
        low, high = self._portrait - self._reach, self._portrait + self._reach
        return equations.step(low - at, high - at)
