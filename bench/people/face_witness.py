"""Where an independent tracker sees the points of a face, and how sure it is of them.

It is asked about the picture and about its mirror image. The tracker has no sides, so that what it
answers differently is its own error and not the template's.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from pipeline.portrait.landmark_model import IRIS
from pipeline.portrait.landmarks import FaceBox
from pipeline.portrait.trackers import Trackers
from pipeline.template import load_template
from training.people.tracked_place import tracked_place
from training.template.place_landmarks import Places, mirror_of

# Eyes and ears of a detector's points change sides, points of an iris beside its centre too.
MIRRORED_BOX_POINTS = (1, 0, 2, 3, 5, 4)
MIRRORED_IRIS = (0, 3, 2, 1, 4)


@dataclass(frozen=True, slots=True)
class SeenFace:
    """points (478, 2) px in the picture; scatter (478,) px: how far they are from the mean of both
    answers."""

    points: np.ndarray
    scatter: np.ndarray


def seen_face(picture: np.ndarray, face: FaceBox, trackers: Trackers) -> SeenFace:
    """The face of a detector's box in a picture (H, W, 3) uint8."""
    width_px = picture.shape[1]
    there = np.ascontiguousarray(picture[:, ::-1])
    plain = _tracked(picture, face, trackers)
    mirrored = _tracked(there, _mirrored(face, width_px), trackers)[counterparts()]
    mirrored = np.array([width_px, 0]) + mirrored * [-1, 1]
    return SeenFace(plain, np.linalg.norm(plain - mirrored, axis=1) / 2)


@cache
def counterparts() -> np.ndarray:
    """(478,) index of each point's counterpart on the other side of the face."""
    place = tracked_place()
    mesh = mirror_of(Places(place.corners, place.weights).read(load_template().rest_vertices))
    rims = {k: IRIS[1 - side][MIRRORED_IRIS[place]]
            for side in range(2) for place, k in enumerate(IRIS[side])}  # fmt: skip
    return np.concatenate([mesh, [rims[k] for k in sorted(rims)]])


def _tracked(picture: np.ndarray, face: FaceBox, trackers: Trackers) -> np.ndarray:
    """(478, 2) px."""
    first = trackers.face_landmarks(picture, face)
    return trackers.face_landmarks(picture, first).points[:, :2].astype(np.float64)


def _mirrored(face: FaceBox, width_px: int) -> FaceBox:
    points = np.array([width_px, 0]) + face.points * [-1, 1]
    left_px = width_px - face.left_px - face.width_px
    return FaceBox(
        left_px, face.top_px, face.width_px, face.height_px, face.score,
        points[list(MIRRORED_BOX_POINTS)],
    )  # fmt: skip
