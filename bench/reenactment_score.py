"""How a driven picture is held against the true picture of that moment."""

from dataclasses import dataclass

import cv2
import numpy as np

from bench.picture_scores import face_mask, point_error_px, psnr_db, ssim
from pipeline.errors import AvatarError
from pipeline.portrait.landmark_model import LIPS
from pipeline.portrait.landmarks import FaceBox, FaceLandmarks
from pipeline.portrait.trackers import Trackers


@dataclass(frozen=True, slots=True)
class Score:
    """Of one driven frame against the true one, within the hull of the true face's points.

    psnr_db, ssim; landmark_px, lips_px: mean distance of the tracked points in both pictures
    copy_psnr_db: of the source picture instead of the driven one, what doing nothing gives
    """

    name: str
    psnr_db: float
    ssim: float
    landmark_px: float
    lips_px: float
    copy_psnr_db: float


class Judge:
    """Compares pictures in pixels of the source picture."""

    def __init__(self, trackers: Trackers) -> None:
        self._trackers = trackers

    def face(self, picture: np.ndarray, near: FaceLandmarks | None = None) -> FaceLandmarks:
        """The largest face, tracked twice; `near` where it was in another picture.

        Raises AvatarError where there is none.
        """
        start = near or self._largest(picture)
        return self._trackers.face_landmarks(picture, self._trackers.face_landmarks(picture, start))

    def _largest(self, picture: np.ndarray) -> FaceBox:
        boxes = self._trackers.faces(picture)
        if not boxes:
            raise AvatarError("No face was found in one of the pictures; leave it out.")
        return max(boxes, key=lambda box: box.width_px)

    def score(self, name: str, driven: np.ndarray, truth: np.ndarray, source: np.ndarray) -> Score:
        """All (H, W, 3) uint8, same size."""
        real = self.face(truth)
        seen = self.face(driven, real)
        mask = face_mask(real.points, truth.shape[:2])
        lips = list(LIPS)
        apart = np.linalg.norm(seen.points[lips, :2] - real.points[lips, :2], axis=1)
        return Score(
            name,
            round(psnr_db(driven, truth, mask), 2),
            round(ssim(driven, truth, mask), 4),
            round(point_error_px(seen.points, real.points), 2),
            round(float(apart.mean()), 2),
            round(psnr_db(source, truth, mask), 2),
        )


def on_source(rendered: np.ndarray, matrix: np.ndarray, source: np.ndarray) -> np.ndarray:
    """The rendered portrait (768, 512, 3) laid back over the picture it was cut from.

    matrix: (2, 3) picture to portrait, pixel centres at halves
    """
    half = np.full(2, 0.5)
    on_pixels = np.c_[matrix[:, :2], matrix[:, 2] + matrix[:, :2] @ half - half]
    size = source.shape[1::-1]
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    if scale > 1:
        # Averaged over what one pixel of the picture covers, as a smaller picture would be.
        rendered = cv2.GaussianBlur(rendered, (0, 0), 0.5 * float(np.sqrt(scale**2 - 1)))
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    back = cv2.warpAffine(rendered, on_pixels, size, flags=flags)
    inside = np.full(rendered.shape[:2], 255, np.uint8)
    covered = cv2.warpAffine(inside, on_pixels, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
    return np.where(covered[..., None] == 255, back, source)
