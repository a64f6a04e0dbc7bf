"""Where the eyes look, from the centres of the irises."""

from typing import TYPE_CHECKING

import numpy as np

from pipeline.portrait.landmark_model import IRIS, LandmarkModel
from pipeline.portrait.landmarks import FaceLandmarks

if TYPE_CHECKING:
    from pipeline.portrait.face_fit import FaceFit, Lens

LARGEST_GAZE_RAD = 0.7


def gaze_from_irises(
    model: LandmarkModel, face: FaceLandmarks, lens: "Lens", fit: "FaceFit"
) -> np.ndarray:
    """Yaw and pitch (2, 2) radians of the left and right eye relative to the head.

    The line of sight through an iris meets the eyeball where its foremost point is.
    """
    centres, radii = model.eyes(fit.identity)
    gaze = np.zeros((2, 2))
    for eye, landmarks in enumerate(IRIS):
        iris = face.points[list(landmarks), :2].mean(0)
        ray = np.append((iris - lens.centre_px) / lens.focal_px, 1.0)
        ray /= np.linalg.norm(ray)
        centre = fit.rotation @ centres[eye] + fit.translation
        along = ray @ centre
        off_axis = centre - along * ray
        half_chord = np.sqrt(max(radii[eye] ** 2 - off_axis @ off_axis, 0.0))
        ahead = fit.rotation.T @ ((along - half_chord) * ray - centre)
        x, y, z = ahead / np.linalg.norm(ahead)
        gaze[eye] = np.arctan2(x, z), -np.arcsin(np.clip(y, -1, 1))
    return np.clip(gaze, -LARGEST_GAZE_RAD, LARGEST_GAZE_RAD)
