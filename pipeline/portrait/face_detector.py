"""Finds faces of any size and tilt in a picture with a detector that knows large upright ones.

BlazeFace's short-range model (MediaPipe) sees 128 pixels and misses a face below a sixth of them.
So it also looks at tiles, and at the turned picture where there is nothing to be found upright.
"""

import math
from functools import cache

import cv2
import numpy as np

from pipeline.portrait.anchors import Detections, anchors, apart, decode, joined, merged
from pipeline.portrait.landmarks import FaceBox
from pipeline.portrait.tracker_models import TrackerModels
from pipeline.portrait.turned_square import TurnedSquare

SIZE_PX = 128
STRIDES_PX = (8, 16, 16, 16)
THRESHOLD = 0.5
SMALLEST_TILE_PX = 128
# A larger picture is looked at reduced to this: even its tiles are then larger than the network's.
LARGEST_PX = 2048
# Tiles this many times smaller than the picture are looked at while no face is larger than
# this part of the picture's longer side.
TILES = ((2, 1.0), (4, 0.12), (8, 0.0))
ANGLES_DEG = (30, -30, 60, -60, 90, -90, 180)
# A find is looked at again from as near as this (sides of the square in sides of the box), as it
# was found and turned by half a turn: it may be no face, or stand on its head with mouth for eyes.
CLOSE_UPS = (1.6, 2.2, 3.0)
FACE = 0.8


def find_faces(models: TrackerModels, picture: np.ndarray) -> list[FaceBox]:
    """All faces of a picture (H, W, 3) uint8, best score first."""
    sides = np.array(picture.shape[1::-1])
    scale = np.ones(2)
    if sides.max() > LARGEST_PX:
        size = np.maximum(np.round(sides * (LARGEST_PX / sides.max())), 1).astype(int)
        picture = cv2.resize(picture, size.tolist(), interpolation=cv2.INTER_AREA)
        scale = sides / size
    found = _found(models, picture)
    return [_face_box(found, index, scale) for index in np.argsort(-found.score, kind="stable")]


def _found(models: TrackerModels, picture: np.ndarray) -> Detections:
    whole = TurnedSquare.around(picture)
    found = _confirmed(models, picture, _detected(models, picture, whole))
    for parts, largest in TILES:
        widest = found.size.max() / whole.side if len(found) else 0.0
        if widest <= largest:
            found = _also_in_tiles(models, picture, found, whole, parts)
    for angle_deg in ANGLES_DEG:
        if not len(found):
            found = _turned(models, picture, math.radians(angle_deg))
    return found


def _turned(models: TrackerModels, picture: np.ndarray, angle: float) -> Detections:
    upright = TurnedSquare.around(picture)
    reach = abs(math.cos(angle)) + abs(math.sin(angle))
    whole = TurnedSquare(upright.x, upright.y, upright.side * reach, angle)
    found = _confirmed(models, picture, _detected(models, picture, whole))
    return _also_in_tiles(models, picture, found, whole, 2)


def _also_in_tiles(
    models: TrackerModels,
    picture: np.ndarray,
    found: Detections,
    whole: TurnedSquare,
    parts: int,
) -> Detections:
    if whole.side / parts < SMALLEST_TILE_PX:
        return found
    tiles = [_detected(models, picture, tile) for tile in _tiles(picture, whole, parts)]
    fresh = apart(merged(joined(tiles)), found)
    return merged(joined([found, _confirmed(models, picture, fresh)]))


def _confirmed(models: TrackerModels, picture: np.ndarray, found: Detections) -> Detections:
    """Those that are faces from near, as seen from there."""
    kept = [found.chosen(slice(0))]
    for (x, y), size, points in zip(found.centre, found.size.max(1), found.points, strict=True):
        angle = math.atan2(*(points[1] - points[0])[::-1])
        ways = []
        for turn in (angle, angle + math.pi):
            squares = [TurnedSquare(float(x), float(y), size * k, turn) for k in CLOSE_UPS]
            seen = joined([_detected(models, picture, square) for square in squares])
            near = (np.abs(seen.centre - (x, y)) < size / 2).all(1)
            ways.append(merged(seen.chosen(near)))
        best = max(ways, key=lambda way: way.score.max(initial=0.0))
        kept.append(best.chosen(best.score >= FACE).chosen(slice(1)))
    return merged(joined(kept))


def _detected(models: TrackerModels, picture: np.ndarray, region: TurnedSquare) -> Detections:
    crop = region.crop(picture, SIZE_PX, cv2.BORDER_CONSTANT) * 2 - 1
    outputs = models.run("face_detector", crop)
    seen = decode(outputs["boxes"], outputs["logits"], _anchors(), SIZE_PX, THRESHOLD)
    return merged(seen.placed(region))


def _tiles(picture: np.ndarray, whole: TurnedSquare, parts: int) -> list[TurnedSquare]:
    """Squares that overlap by half, as many as touch the picture."""
    height, width = picture.shape[:2]
    side = whole.side / parts
    steps = np.arange(2 * parts - 1) / (2 * parts) + 0.5 / parts
    centres = whole.to_picture(np.stack(np.meshgrid(steps, steps), -1).reshape(-1, 2))
    beyond = np.abs(centres - (whole.x, whole.y)) - np.array([width, height]) / 2
    inside = (beyond < side / 4).all(1)
    return [TurnedSquare(float(x), float(y), side, whole.angle) for x, y in centres[inside]]


def _face_box(found: Detections, index: int, scale: np.ndarray) -> FaceBox:
    width, height = found.size[index] * scale
    left, top = (found.centre[index] - found.size[index] / 2) * scale
    points = (found.points[index] * scale).astype(np.float32)
    return FaceBox(
        float(left), float(top), float(width), float(height), float(found.score[index]), points
    )


@cache
def _anchors() -> np.ndarray:
    return anchors(SIZE_PX, STRIDES_PX)
