"""The 478 landmarks of the face as a linear function of identity and actions.

All of them move rigidly with the joint `head` (at most 3 % of a landmark hangs on the neck), so a
face is fitted on these points alone, without skinning the mesh.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from pipeline.model_folder import check_sums
from pipeline.names import FACIAL_ACTIONS
from pipeline.template import EYE_JOINTS, FOLDER, TemplateModel

MESH_LANDMARKS = 468
# MediaPipe counts the person's right iris first.
IRIS = ((473, 474, 475, 476, 477), (468, 469, 470, 471, 472))
# The face's outline and what lies beside it before the ears: where it is seen turns with the head.
OUTLINE = (
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377,
    152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
    447, 137, 227, 366, 215, 435, 433, 213, 177, 401,
)  # fmt: skip
LIPS = (
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
)  # fmt: skip
LIDS = (
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173,
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LandmarkPlace:
    """corners (468, 3) vertices and weights (468, 3): where on the mesh the tracker sees each
    point. Lips and lids are those of the template itself, by which they are drawn."""

    corners: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True, slots=True)
class LandmarkModel:
    """place of the points on the mesh
    rest (468, 3), identity (K, 468, 3), actions (52, 468, 3): metres from the joint `head`
    eye_rest (2, 3), eye_identity (K, 2, 3): centres of the eyes, left first
    eye_radius_rest_m (2,), eye_radius_identity (K, 2): metres"""

    place: LandmarkPlace
    rest: np.ndarray
    identity: np.ndarray
    actions: np.ndarray
    eye_rest: np.ndarray
    eye_identity: np.ndarray
    eye_radius_rest_m: np.ndarray
    eye_radius_identity: np.ndarray

    def points(self, identity: np.ndarray, actions: np.ndarray) -> np.ndarray:
        """Landmarks (468, 3) metres in the axes of the head."""
        moved = np.tensordot(identity, self.identity, 1) + np.tensordot(actions, self.actions, 1)
        return self.rest + moved

    def eyes(self, identity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Centres (2, 3) and radii (2,) of the eyeballs, metres in the axes of the head."""
        centre = self.eye_rest + np.tensordot(identity, self.eye_identity, 1)
        return centre, self.eye_radius_rest_m + identity @ self.eye_radius_identity


class _ById:
    """Lets a model of large arrays be the key of a cache."""

    def __init__(self, model: TemplateModel) -> None:
        self.model = model

    def __hash__(self) -> int:
        return id(self.model)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.model is self.model


def landmark_model(model: TemplateModel) -> LandmarkModel:
    """The landmarks of a template; computed once per process.

    Raises:
        ModelError: the table of landmarks is missing or damaged
    """
    return _cached(_ById(model))


@lru_cache(maxsize=2)
def _cached(key: _ById) -> LandmarkModel:
    return _build(key.model, FOLDER)


def at_landmarks(model: TemplateModel, values: np.ndarray) -> np.ndarray:
    """Values of vertices (..., V, 3) at the landmarks (..., 468, 3)."""
    place = landmark_model(model).place
    return (values[..., place.corners, :] * place.weights[..., None]).sum(-2)


def _read_place(folder: Path) -> LandmarkPlace:
    check_sums(folder, ["face_mesh.npz"])
    with np.load(folder / "face_mesh.npz") as file:
        return LandmarkPlace(file["corners"].astype(np.int32), file["weights"].astype(np.float32))


def _build(model: TemplateModel, folder: Path) -> LandmarkModel:
    head = model.joint_names.index("head")
    joints = [model.joint_names.index(name) for name in EYE_JOINTS]
    origin = model.rest_joints[head]
    # Every identity is centred on its head joint, so the basis needs no shift.
    landmarks = _read_place(folder)
    used, compact = np.unique(landmarks.corners, return_inverse=True)
    corners = compact.reshape(MESH_LANDMARKS, 3)
    weights = landmarks.weights[..., None].astype(np.float64)

    def read(values: np.ndarray) -> np.ndarray:
        return (values[..., corners, :] * weights).sum(-2)

    place = np.full(len(model.rest_vertices), -1)
    place[model.action_vertices] = np.arange(len(model.action_vertices))
    deltas = np.zeros((len(FACIAL_ACTIONS), len(used), 3))
    moving = place[used] >= 0
    deltas[:, moving] = model.action_deltas[:, place[used[moving]]]
    radius, radius_basis = zip(*(_eye_radius(model, joint) for joint in joints), strict=True)
    return LandmarkModel(
        landmarks,
        read(model.rest_vertices[used]) - origin,
        read(model.identity_basis[:, used]),
        read(deltas),
        model.rest_joints[joints].astype(np.float64) - origin,
        model.identity_joint_basis[:, joints].astype(np.float64),
        np.array(radius),
        np.stack(radius_basis, 1),
    )


def _eye_radius(model: TemplateModel, joint: int) -> tuple[float, np.ndarray]:
    """Mean distance of an eyeball's vertices from its joint, and its derivative (K,)."""
    owned = model.skin_weights[:, joint] > 0.5
    spoke = model.rest_vertices[owned] - model.rest_joints[joint]
    length = np.linalg.norm(spoke, axis=1)
    change = model.identity_basis[:, owned] - model.identity_joint_basis[:, joint, None]
    along = (change * (spoke / length[:, None])).sum(-1)
    return float(length.mean()), along.mean(1)
