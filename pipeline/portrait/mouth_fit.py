"""The last millimetre of an open mouth, by actions alone.

What the actions leave of an opening would stay in the shape of the head, and the mouth could never
close again. The actions of jaw and lips drive the mouth absolutely later on, so they may here take
whatever values describe the picture best.
"""

from dataclasses import replace

import numpy as np

from pipeline.face_landmarks import LOWER_LIP_INNER, UPPER_LIP_INNER
from pipeline.names import FACIAL_ACTIONS
from pipeline.portrait.face_fit import FaceFit, Lens
from pipeline.portrait.gauss_newton import NormalEquations
from pipeline.portrait.landmark_model import LIPS, LandmarkModel
from pipeline.template import KEPT_EXPRESSION, lids_following_gaze

# An inner gap of this share of the inter-ocular distance is an open mouth.
OPEN_SHARE = 0.045
ITERATIONS = 3
INNER_SIGMA_PX, OUTER_SIGMA_PX = 0.5, 2.0
ACTION_SIGMA = 0.5
FIXED = ("mouthClose", "tongueOut", "jawForward")
FREE = [
    index
    for index, name in enumerate(FACIAL_ACTIONS)
    if name.startswith(("jaw", "mouth")) and name not in FIXED and not KEPT_EXPRESSION[index]
]


def is_open(target: np.ndarray, inter_ocular_px: float) -> bool:
    """Whether landmarks (468, 2) px show a gap between the lips."""
    gap = target[list(LOWER_LIP_INNER), 1] - target[list(UPPER_LIP_INNER), 1]
    return bool(gap.max() > OPEN_SHARE * inter_ocular_px)


def fit_open_mouth(
    landmarks: LandmarkModel, fit: FaceFit, target: np.ndarray, lens: Lens
) -> FaceFit:
    """The fit with actions of jaw and lips that meet the lips (468, 2) px as well as they can."""
    lips = list(LIPS)
    inner = np.isin(lips, UPPER_LIP_INNER + LOWER_LIP_INNER)
    weight = np.repeat(1.0 / np.where(inner, INNER_SIGMA_PX, OUTER_SIGMA_PX), 2)
    basis = landmarks.actions[FREE][:, lips].transpose(1, 2, 0)
    start, actions = fit.actions[FREE], fit.actions.copy()
    for _ in range(ITERATIONS):
        head = landmarks.points(fit.identity, lids_following_gaze(actions, fit.gaze))
        seen = head @ fit.rotation.T + fit.translation
        scale = lens.focal_px / seen[lips, 2]
        jacobian = (fit.rotation[:2] @ basis) * scale[:, None, None]
        miss = (target - lens.project(seen))[lips]
        equations = NormalEquations.empty(len(FREE))
        equations.add(jacobian.reshape(len(weight), -1) * weight[:, None], miss.ravel() * weight)
        now = actions[FREE]
        equations.add_prior(now, start, np.full(len(FREE), ACTION_SIGMA))
        actions[FREE] = now + equations.step(-now, 1.0 - now)
    head = landmarks.points(fit.identity, lids_following_gaze(actions, fit.gaze))
    predicted = lens.project(head @ fit.rotation.T + fit.translation)
    return replace(fit, actions=actions, predicted=predicted)
