"""Finds faces of any size and tilt in a picture with a detector that knows large upright ones.

BlazeFace's short-range model (MediaPipe) sees 128 pixels and misses a face below a sixth of them.
So it also looks at tiles, and at the turned picture where there is nothing to be found upright.
"""

import math
from functools import cache

import cv2
import numpy as np

from pipeline.portrait.anchors import Detections, anchors, apart, decode, joined, merged
from pipeline.portrait.face_mesh import face_score
from pipeline.portrait.landmarks import FaceBox
from pipeline.portrait.tracker_models import TrackerModels
from pipeline.portrait.turned_square import TurnedSquare

SIZE_PX = 128
STRIDES_PX = (8, 16, 16, 16)
THRESHOLD = 0.5
SMALLEST_TILE_PX = 64
# Tiles this many times smaller than the picture are looked at while no face is larger than
# this part of the picture's longer side.
TILES = ((2, 1.0), (4, 0.2), (8, 0.0))
ANGLES_DEG = (30, -30, 60, -60, 90, -90, 180)
# Below this score the mesh's network is asked too, and must say so much.
SURE = 0.8
SECOND_OPINION = 0.5


def find_faces(models: TrackerModels, picture: np.ndarray) -> list[FaceBox]:
    """All faces of a picture (H, W, 3) uint8, best score first."""
    for angle_deg in (0, *ANGLES_DEG):
        if faces := _at_angle(models, picture, math.radians(angle_deg)):
            return faces
    return []


def _at_angle(models: TrackerModels, picture: np.ndarray, angle: float) -> list[FaceBox]:
    upright = TurnedSquare.around(picture)
    reach = abs(math.cos(angle)) + abs(math.sin(angle))
    whole = TurnedSquare(upright.x, upright.y, upright.side * reach, angle)
    found = _confirmed(models, picture, merged(_detected(models, picture, whole)))
    for parts, largest in TILES:
        widest = found.size.max() / upright.side if len(found) else 0.0
        if widest <= largest and whole.side / parts >= SMALLEST_TILE_PX:
            tiles = [_detected(models, picture, tile) for tile in _tiles(picture, whole, parts)]
            fresh = apart(merged(joined(tiles)), found)
            found = joined([found, _confirmed(models, picture, fresh)])
    return [_face_box(found, index) for index in np.argsort(-found.score, kind="stable")]


def _detected(models: TrackerModels, picture: np.ndarray, region: TurnedSquare) -> Detections:
    crop = region.crop(picture, SIZE_PX, cv2.BORDER_CONSTANT) * 2 - 1
    outputs = models.run("face_detector", crop)
    seen = decode(outputs["boxes"], outputs["logits"], _anchors(), SIZE_PX, THRESHOLD)
    return Detections(
        seen.score,
        region.to_picture(seen.centre),
        seen.size * region.side,
        region.to_picture(seen.points),
    )


def _confirmed(models: TrackerModels, picture: np.ndarray, found: Detections) -> Detections:
    kept = [
        found.score[index] >= SURE
        or face_score(models, picture, _face_box(found, index)) >= SECOND_OPINION
        for index in range(len(found))
    ]
    return found.chosen(np.array(kept, bool))


def _tiles(picture: np.ndarray, whole: TurnedSquare, parts: int) -> list[TurnedSquare]:
    """Squares that overlap by half, as many as touch the picture."""
    height, width = picture.shape[:2]
    side = whole.side / parts
    steps = np.arange(2 * parts - 1) / (2 * parts) + 0.5 / parts
    centres = whole.to_picture(np.stack(np.meshgrid(steps, steps), -1).reshape(-1, 2))
    beyond = np.abs(centres - (whole.x, whole.y)) - np.array([width, height]) / 2
    inside = (beyond < side / 4).all(1)
    return [TurnedSquare(float(x), float(y), side, whole.angle) for x, y in centres[inside]]


def _face_box(found: Detections, index: int) -> FaceBox:
    width, height = found.size[index]
    left, top = found.centre[index] - found.size[index] / 2
    score, points = float(found.score[index]), found.points[index].astype(np.float32)
    return FaceBox(float(left), float(top), float(width), float(height), score, points)


@cache
def _anchors() -> np.ndarray:
    return anchors(SIZE_PX, STRIDES_PX)
