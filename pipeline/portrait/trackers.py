"""What can be found of people in a picture: faces, their points, bodies, hands, outlines.

The networks are MediaPipe's (Apache-2.0) as plain ONNX; resources/models/trackers has their card.
"""

from pathlib import Path

import numpy as np

from pipeline.portrait.body_tracker import body_landmarks
from pipeline.portrait.face_detector import find_faces
from pipeline.portrait.face_mesh import face_landmarks
from pipeline.portrait.hand_tracker import find_hands
from pipeline.portrait.landmarks import BodyLandmarks, FaceBox, FaceLandmarks, HandLandmarks
from pipeline.portrait.person_segmentation import person_probability
from pipeline.portrait.tracker_models import FOLDER, TrackerModels


class Trackers:
    """All trackers on one model folder. Pictures are (H, W, 3) uint8 RGB of any size."""

    def __init__(self, models: TrackerModels) -> None:
        self._models = models

    @staticmethod
    def load(folder: Path = FOLDER, threads: int = 2) -> "Trackers":
        """Trackers whose networks are read when they are first used.

        Raises:
            ModelError: the folder is missing or damaged; later, too, of a single network
        """
        return Trackers(TrackerModels(folder, threads))

    def faces(self, picture: np.ndarray) -> list[FaceBox]:
        """Every face, best score first, also small and tilted ones."""
        return find_faces(self._models, _checked(picture))

    def face_landmarks(self, picture: np.ndarray, face: FaceBox | FaceLandmarks) -> FaceLandmarks:
        """478 points of a face that was detected, or tracked in the frame before."""
        return face_landmarks(self._models, _checked(picture), face)

    def body_landmarks(
        self,
        picture: np.ndarray,
        face: FaceBox | None,
        previous: BodyLandmarks | None = None,
    ) -> BodyLandmarks | None:
        """33 points of the body below a face; `previous`: those of the frame before."""
        return body_landmarks(self._models, _checked(picture), face, previous)

    def hands(self, picture: np.ndarray, body: BodyLandmarks | None = None) -> list[HandLandmarks]:
        """21 points of each hand, best score first; `body` tells where to look closely."""
        return find_hands(self._models, _checked(picture), body)

    def person_probability(self, picture: np.ndarray) -> np.ndarray:
        """(H, W) float32 in [0, 1]: how likely each pixel shows a person."""
        return person_probability(self._models, _checked(picture))


def _checked(picture: np.ndarray) -> np.ndarray:
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3 or not picture.size:
        raise ValueError(f"not a picture: {picture.dtype} {picture.shape}")
    return picture
