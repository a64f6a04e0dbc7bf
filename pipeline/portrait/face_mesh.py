"""478 points of a face with lips, eyes and irises refined (MediaPipe's attention mesh)."""

import math
from dataclasses import replace

import cv2
import numpy as np

from pipeline.portrait.landmarks import FaceBox, FaceLandmarks
from pipeline.portrait.tracker_models import TrackerModels
from pipeline.portrait.turned_square import TurnedSquare

SIZE_PX = 192
MARGIN = 1.5
# A detected face is looked at so often, in regions of these sizes: that halves the points' noise.
LOOKS = (0.95, 1.0, 1.05)
POINTS = 478
RIGHT_EYE_OUTER, LEFT_EYE_OUTER = 33, 263
# Places of the refined points among the 478; "first" is the person's right side.
LIPS = (
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
    76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408,
    62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
)  # fmt: skip
FIRST_EYE = (
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 130, 25, 110, 24,
    23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190, 226, 31, 228, 229, 230, 231, 232, 233, 244,
    113, 225, 224, 223, 222, 221, 189, 35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121,
    128, 245, 156, 70, 63, 105, 66, 107, 55, 193,
)  # fmt: skip
SECOND_EYE = (
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398, 359, 255, 339,
    254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261, 448, 449, 450, 451,
    452, 453, 464, 342, 445, 444, 443, 442, 441, 413, 265, 353, 276, 283, 282, 295, 372, 340, 346,
    347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336, 285, 417,
)  # fmt: skip
LID_POINTS = 16
REFINED = {
    "lips": LIPS,
    "first_eye": FIRST_EYE,
    "second_eye": SECOND_EYE,
    "first_iris": tuple(range(468, 473)),
    "second_iris": tuple(range(473, 478)),
}


def face_landmarks(
    models: TrackerModels, picture: np.ndarray, face: FaceBox | FaceLandmarks
) -> FaceLandmarks:
    """The points of one face.

    picture: (H, W, 3) uint8
    face: from the detector, or the landmarks of the frame before
    """
    if isinstance(face, FaceLandmarks):
        return _seen(models, picture, region_of(face.points))
    # The detector's box is coarse; where the mesh lies is known better after one look.
    region = region_of(_seen(models, picture, region_of_box(face)).points)
    looks = [_seen(models, picture, replace(region, side=region.side * part)) for part in LOOKS]
    points = np.mean([look.points for look in looks], 0)
    return FaceLandmarks(points, sum(look.score for look in looks) / len(looks))


def region_of_box(face: FaceBox) -> TurnedSquare:
    """The square that the mesh wants, turned so that the detector's eyes are level."""
    x, y = face.left_px + face.width_px / 2, face.top_px + face.height_px / 2
    across = face.points[1] - face.points[0]
    side = max(face.width_px, face.height_px) * MARGIN
    return TurnedSquare(x, y, max(side, 1.0), math.atan2(across[1], across[0]))


def region_of(points: np.ndarray) -> TurnedSquare:
    """The square that the mesh wants, from points (478, 3) px of a face."""
    across = points[LEFT_EYE_OUTER, :2] - points[RIGHT_EYE_OUTER, :2]
    return TurnedSquare.enclosing(points[:468, :2], math.atan2(across[1], across[0]), MARGIN)


def _seen(models: TrackerModels, picture: np.ndarray, region: TurnedSquare) -> FaceLandmarks:
    outputs = models.run("face_mesh", region.crop(picture, SIZE_PX, cv2.BORDER_REPLICATE))
    points = np.zeros((POINTS, 3))
    points[:468] = outputs["mesh"].reshape(468, 3)
    for name, places in REFINED.items():
        points[list(places), :2] = outputs[name].reshape(-1, 2)
    for iris, lids in (("first_iris", FIRST_EYE), ("second_iris", SECOND_EYE)):
        points[list(REFINED[iris]), 2] = points[list(lids[:LID_POINTS]), 2].mean()
    placed = region.to_picture(points[:, :2] / SIZE_PX)
    depth = points[:, 2:] * region.side / SIZE_PX
    score = 1 / (1 + math.exp(-float(outputs["logit"].ravel()[0])))
    return FaceLandmarks(np.concatenate([placed, depth], 1).astype(np.float32), score)
