"""What the identity cannot express: the remaining error of the landmarks, lifted to the mesh.

The errors are moved back into the rest head and spread by a thin-plate spline. The spline lives on
a face whose lips are parted, because upper and lower lip touch at rest but have errors of their
own; so the lower teeth and the tongue follow the lower lip, the upper teeth the upper one.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.face_landmarks import LOWER_LIP_INNER, UPPER_LIP_INNER
from pipeline.names import ACTION_INDEX
from pipeline.portrait.face_fit import FaceFit, Lens
from pipeline.portrait.landmark_model import (
    LIDS,
    LIPS,
    MESH_LANDMARKS,
    OUTLINE,
    LandmarkModel,
    at_landmarks,
)
from pipeline.portrait.thin_plate import ThinPlate
from pipeline.template import EYE_JOINTS, Part, TemplateModel, lids_following_gaze

PARTED_LIPS = 0.6
ROUNDS = 2
# Smoothing in metres: what a landmark may be missed by, in units of the spline's own stiffness.
SMOOTHING_M, OUTLINE_SMOOTHING_M, MARGIN_SMOOTHING_M = 0.01, 0.15, 0.001
LARGEST_M = 0.012
LARGEST_PARTING_M = 0.0007
# From the landmarks outwards: full up to the first distance, none from the second on.
FULL_WITHIN_M, NONE_BEYOND_M = 0.012, 0.075
DUPLICATE_M = 5e-4
# A triangle keeps at least this share of its area and never turns over.
LEAST_AREA = 0.2
UNFOLDING_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class CorrectionSpace:
    """The mesh on which corrections are spread; one per identity.

    vertices (V, 3): rest shape with parted lips; landmarks (468, 3) on it; near (N,): vertices
    that may move; fade (N,) in [0, 1]; centres (M,): landmarks that carry the spline
    """

    vertices: np.ndarray
    landmarks: np.ndarray
    near: np.ndarray
    fade: np.ndarray
    centres: np.ndarray


def shape_correction(
    model: TemplateModel, landmarks: LandmarkModel, fit: FaceFit, target: np.ndarray, lens: Lens
) -> np.ndarray:
    """(V, 3) float32 metres to be added to the rest shape, so that it meets target (468, 2) px."""
    space = _space(model, fit.identity)
    correction = np.zeros_like(space.vertices)
    head = landmarks.points(fit.identity, lids_following_gaze(fit.actions, fit.gaze))
    for _ in range(ROUNDS):
        seen = (head + at_landmarks(model, correction)) @ fit.rotation.T + fit.translation
        error = (target - lens.project(seen)) * (seen[:, 2:] / lens.focal_px)
        # Across the line of sight only: a picture says nothing about depth.
        lifted = error @ fit.rotation[:2]
        present = at_landmarks(model, correction)
        wanted = _closable(present + lifted)
        correction = correction + _spread(space, wanted - present)
        correction = _limited(correction)
    return _with_rigid_parts(model, space, _unfolded(model, space, correction)).astype(np.float32)


def _closable(moves: np.ndarray) -> np.ndarray:
    """Landmark moves (468, 3) that hardly part the inner lips: an opening that no action explains
    must not stay when the mouth closes."""
    moves = moves.copy()
    upper, lower = list(UPPER_LIP_INNER[1:-1]), list(LOWER_LIP_INNER[1:-1])
    parting = moves[upper, 1] - moves[lower, 1]
    excess = np.maximum(parting - LARGEST_PARTING_M, 0)
    moves[upper, 1] -= excess / 2
    moves[lower, 1] += excess / 2
    return moves


def _space(model: TemplateModel, identity: np.ndarray) -> CorrectionSpace:
    vertices = model.identity_vertices(identity.astype(np.float32)).astype(np.float64)
    jaw = model.action_deltas[ACTION_INDEX["jawOpen"]]
    vertices[model.action_vertices] += PARTED_LIPS * jaw
    landmarks = at_landmarks(model, vertices)
    centres = _distinct(landmarks)
    low, high = landmarks.min(0) - NONE_BEYOND_M, landmarks.max(0) + NONE_BEYOND_M
    near = np.flatnonzero(((vertices > low) & (vertices < high)).all(1))
    nearest = np.full(len(near), np.inf)
    for first in range(0, len(near), 2048):
        block = vertices[near[first : first + 2048], None] - landmarks[None, centres]
        nearest[first : first + 2048] = np.sqrt(np.square(block).sum(-1).min(1))
    way = (nearest - FULL_WITHIN_M) / (NONE_BEYOND_M - FULL_WITHIN_M)
    way = np.clip(way, 0, 1)
    fade = 1 - way * way * (3 - 2 * way)
    return CorrectionSpace(vertices, landmarks, near, fade, centres)


def _distinct(landmarks: np.ndarray) -> np.ndarray:
    """Indices of landmarks (468, 3) at different places; where two share one, the contours by
    which lips and lids are drawn come first."""
    drawn = np.array([*UPPER_LIP_INNER, *LOWER_LIP_INNER, *LIDS])
    order = np.concatenate([drawn, np.setdiff1d(np.arange(MESH_LANDMARKS), drawn)])
    order = order[np.sort(np.unique(order, return_index=True)[1])]
    gap = np.linalg.norm(landmarks[order][:, None] - landmarks[order], axis=-1)
    return order[~np.tril(gap < DUPLICATE_M, -1).any(1)]


def _spread(space: CorrectionSpace, lifted: np.ndarray) -> np.ndarray:
    """A smooth field (V, 3) that has the values `lifted` (468, 3) at the landmarks."""
    smoothing = np.full(MESH_LANDMARKS, SMOOTHING_M)
    smoothing[list(OUTLINE)] = OUTLINE_SMOOTHING_M
    smoothing[list(LIPS + LIDS)] = MARGIN_SMOOTHING_M
    used = space.centres
    spline = ThinPlate.fit(space.landmarks[used], lifted[used], smoothing[used])
    field = np.zeros_like(space.vertices)
    field[space.near] = spline.at(space.vertices[space.near]) * space.fade[:, None]
    return field


def _limited(correction: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(correction, axis=1, keepdims=True)
    return correction * (np.tanh(length / LARGEST_M) * LARGEST_M / np.maximum(length, 1e-12))


def _unfolded(model: TemplateModel, space: CorrectionSpace, correction: np.ndarray) -> np.ndarray:
    """Smooth the correction where it would turn triangles over or crush them."""
    triangles = model.triangles[np.isin(model.part, (Part.HEAD, Part.CAVITY, Part.TORSO))]
    moving = np.zeros(len(correction), bool)
    moving[space.near] = True
    triangles = triangles[moving[triangles].any(1)]
    before = _doubled_areas(space.vertices, triangles)
    size = np.square(before).sum(1)
    for _ in range(UNFOLDING_ROUNDS):
        after = _doubled_areas(space.vertices + correction, triangles)
        bad = triangles[(before * after).sum(1) < LEAST_AREA * size]
        if not len(bad):
            break
        total, count = np.zeros_like(correction), np.zeros(len(correction))
        around = triangles[np.isin(triangles, bad).any(1)]
        for corner in range(3):
            for other in (1, 2):
                neighbour = around[:, (corner + other) % 3]
                np.add.at(total, around[:, corner], correction[neighbour])
                np.add.at(count, around[:, corner], 1)
        loose = np.unique(bad)
        correction = correction.copy()
        correction[loose] = 0.5 * (correction[loose] + total[loose] / count[loose, None])
    return correction


def _doubled_areas(vertices: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    a, b, c = (vertices[triangles[:, corner]] for corner in range(3))
    return np.cross(b - a, c - a)


def _with_rigid_parts(
    model: TemplateModel, space: CorrectionSpace, correction: np.ndarray
) -> np.ndarray:
    """Eyeballs stay balls and go with their sockets; teeth and tongue bend no more than evenly."""
    correction = correction.copy()
    for name, sign in zip(EYE_JOINTS, (1, -1), strict=True):
        owned = model.skin_weights[:, model.joint_names.index(name)] > 0.5
        lids = [i for i in LIDS if sign * space.landmarks[i, 0] > 0]
        correction[owned] = at_landmarks(model, correction)[lids].mean(0)
    for part in (Part.UPPER_TEETH, Part.LOWER_TEETH, Part.TONGUE):
        owned = np.unique(model.triangles[model.part == part])
        places = space.vertices[owned]
        even = np.concatenate([places - places.mean(0), np.ones((len(owned), 1))], 1)
        solved, *_ = np.linalg.lstsq(even, correction[owned], rcond=None)
        correction[owned] = even @ solved
    return correction
