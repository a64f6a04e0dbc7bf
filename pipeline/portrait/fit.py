"""From the landmarks of a portrait to the template: who it shows, in which pose, before which
camera."""

from dataclasses import dataclass, replace

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.portrait.body_fit import fit_body
from pipeline.portrait.face_fit import FaceFit, FaceProblem, Lens, first_guess
from pipeline.portrait.landmark_model import (
    IRIS,
    MESH_LANDMARKS,
    LandmarkModel,
    at_landmarks,
    landmark_model,
)
from pipeline.portrait.landmarks import BodyLandmarks, FaceLandmarks
from pipeline.portrait.mouth_fit import fit_open_mouth, is_open
from pipeline.portrait.shape_correction import shape_correction
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.template import SourcePose, TemplateModel, lids_following_gaze, load_template

# A picture does not tell its focal length; this one suits portraits from about 1.5 m.
FOCAL_PX = 1600.0


@dataclass(frozen=True, slots=True)
class FitResiduals:
    """What the fit misses: face_before, face_after the shape correction: median distance of the
    landmarks in inter-ocular distances; shoulders: mean distance in shoulder widths, or None."""

    face_before: float
    face_after: float
    shoulders: float | None


@dataclass(frozen=True, slots=True)
class PortraitFit:
    """identity (K,) float32; correction (V, 3) float32 metres, added to the rest shape
    source: the pose in the portrait; posture (7,): its torso and shoulders, see `posture`
    camera; eye_radius_m of the template's eyeball and
    iris_radius_m of the picture's iris
    """

    identity: np.ndarray
    correction: np.ndarray
    source: SourcePose
    posture: np.ndarray
    camera: CameraModel
    eye_radius_m: float
    iris_radius_m: float
    residuals: FitResiduals


def fit_portrait(
    face: FaceLandmarks,
    body: BodyLandmarks | None,
    model: TemplateModel | None = None,
) -> PortraitFit:
    """Fit the template to landmarks in pixels of the 512x768 portrait."""
    model = model or load_template()
    landmarks = landmark_model(model)
    lens = Lens(FOCAL_PX, np.array([FRAME_WIDTH_PX, FRAME_HEIGHT_PX]) / 2.0)
    guess = first_guess(landmarks, face, lens, len(model.identity_names))
    fitted = FaceProblem(landmarks, model.identity_names, face, lens).solve(guess)
    target = face.points[:MESH_LANDMARKS, :2].astype(np.float64)
    if is_open(target, face.inter_ocular_px):
        fitted = fit_open_mouth(landmarks, fitted, target, lens)
    body_fit = fit_body(model, fitted, body, lens)
    fitted = replace(fitted, identity=body_fit.identity)
    correction = shape_correction(model, landmarks, fitted, target, lens)
    source = SourcePose(
        fitted.actions.astype(np.float32),
        body_fit.head_rotation.astype(np.float32),
        fitted.gaze.astype(np.float32),
        body_fit.joint_rotation,
    )
    head = landmarks.points(fitted.identity, lids_following_gaze(fitted.actions, fitted.gaze))
    unit_px = max(face.inter_ocular_px, 1.0)

    def missed(points: np.ndarray) -> float:
        seen = lens.project(points @ fitted.rotation.T + fitted.translation)
        return float(np.median(np.linalg.norm(seen - target, axis=1)) / unit_px)

    residuals = FitResiduals(
        missed(head), missed(head + at_landmarks(model, correction)), body_fit.shoulder_error
    )
    return PortraitFit(
        fitted.identity.astype(np.float32),
        correction,
        source,
        body_fit.posture,
        body_fit.camera,
        float(landmarks.eyes(fitted.identity)[1].mean()),
        _iris_radius_m(landmarks, fitted, face, lens),
        residuals,
    )


def _iris_radius_m(
    landmarks: LandmarkModel, fit: FaceFit, face: FaceLandmarks, lens: Lens
) -> float:
    """Mean over both eyes; the wider extent, since the lids may hide the upper and lower rim."""
    centres, _ = landmarks.eyes(fit.identity)
    depth = (centres @ fit.rotation.T + fit.translation)[:, 2]
    radii = []
    for eye, points in enumerate(IRIS):
        ring = face.points[list(points[1:]), :2]
        diameter_px = max(np.linalg.norm(ring[0] - ring[2]), np.linalg.norm(ring[1] - ring[3]))
        radii.append(0.5 * diameter_px * depth[eye] / lens.focal_px)
    return float(np.mean(radii))
