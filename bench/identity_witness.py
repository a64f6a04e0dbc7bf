"""Is it still the same person? dlib's face recogniser as a witness.

No network was trained or tuned on it. Five people of the gallery were chosen by it, though: of
their distances to others it says what was aimed at, not what an independent judge would find.

Needs `pip install dlib-bin face_recognition_models` (network and 5-point predictor: CC0). Two
pictures of one person are usually closer than 0.6, those of different people farther apart.
"""

from importlib.util import find_spec
from pathlib import Path

import numpy as np

from pipeline.errors import ModelError

# The recogniser's usual face box: side and centre from the points of the face mesh.
BROWS, CHIN = (105, 334), 152
BOX_SCALE, BOX_DOWN = 1.12, 0.52


class IdentityWitness:
    """Descriptors of faces; their Euclidean distance says how alike two are."""

    def __init__(self) -> None:
        """Raises ModelError when its packages are not installed."""
        found = find_spec("face_recognition_models")
        if found is None or not found.submodule_search_locations or find_spec("dlib") is None:
            raise ModelError(
                "The identity witness is not installed: pip install dlib-bin "
                "face_recognition_models, or leave it out with --no-identity."
            )
        import dlib

        folder = Path(next(iter(found.submodule_search_locations)), "models")
        self._dlib = dlib
        self._predictor = dlib.shape_predictor(  # pyright: ignore[reportAttributeAccessIssue]
            str(folder / "shape_predictor_5_face_landmarks.dat")
        )
        self._network = dlib.face_recognition_model_v1(  # pyright: ignore[reportAttributeAccessIssue]
            str(folder / "dlib_face_recognition_resnet_model_v1.dat")
        )

    def descriptor(self, picture: np.ndarray, points: np.ndarray) -> np.ndarray:
        """(128,) of the face at points (478, 3) px of a picture (H, W, 3) uint8."""
        left, top, right, bottom = face_box(points)
        box = self._dlib.rectangle(left, top, right, bottom)  # pyright: ignore[reportAttributeAccessIssue]
        picture = np.ascontiguousarray(picture)
        shape = self._predictor(picture, box)
        return np.array(self._network.compute_face_descriptor(picture, shape))


def face_box(points: np.ndarray) -> tuple[int, int, int, int]:
    """left, top, right, bottom px of the square from brows to chin that dlib expects."""
    brows, chin = points[list(BROWS), :2].mean(0), points[CHIN, :2]
    middle = brows + BOX_DOWN * (chin - brows)
    half = BOX_SCALE * np.linalg.norm(chin - brows) / 2
    left, top = np.round(middle - half).astype(int)
    right, bottom = np.round(middle + half).astype(int)
    return int(left), int(top), int(right), int(bottom)
