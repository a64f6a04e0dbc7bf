"""21 points of each hand (MediaPipe's hand landmarks), found by the palm or from the wrist."""

import math
from dataclasses import replace
from functools import cache

import cv2
import numpy as np

from pipeline.portrait.anchors import Detections, anchors, decode, merged
from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint, HandLandmarks
from pipeline.portrait.tracker_models import TrackerModels
from pipeline.portrait.turned_square import TurnedSquare

PALM_PX = 192
STRIDES_PX = (8, 16, 16, 16)
SIZE_PX = 224
PALM_THRESHOLD = 0.5
THRESHOLD = 0.5
# A hand that no palm was found for must be clearer.
CLEAR = 0.7
# Region of the hand about a palm, and about the hand's own points: how much larger, how much of
# its side towards the fingers.
PALM_MARGIN, PALM_RAISED = 2.6, 0.5 / 2.6
MARGIN, RAISED = 2.0, 0.1 / 2.0
# The network's depths are this much too small.
DEPTH_SCALE = 0.4
WRIST, INDEX, MIDDLE, RING = 0, 5, 9, 13
# Points that move little when fingers bend.
FIRM = (0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18)
SIDES = (
    (BodyPoint.LEFT_ELBOW, BodyPoint.LEFT_WRIST),
    (BodyPoint.RIGHT_ELBOW, BodyPoint.RIGHT_WRIST),
)
VISIBLE = 0.3
# The region searched about a wrist and where it is sent on from the elbow, in forearms; and how
# short a forearm towards the viewer may seem, in shoulder widths.
NEAR, BEYOND, SHORTEST = 1.6, 0.25, 0.6
# A wrist of the body within a palm's length of a hand's, and this many times nearer than the other,
# says whose side the hand is.
MUCH_NEARER = 2.0
# Hands whose middles are closer than this part of a palm's length are one.
SAME = 0.7


def find_hands(
    models: TrackerModels, picture: np.ndarray, body: BodyLandmarks | None = None
) -> list[HandLandmarks]:
    """The hands in a picture (H, W, 3) uint8, best score first.

    body: where to look more closely; where both its hands are found there, nowhere else
    """
    near = _wrist_regions(picture, body) if body is not None else []
    found: list[HandLandmarks] = []
    for region, _ in near:
        _add_palms(models, picture, region, found)
    if len(found) < len(SIDES):
        _add_palms(models, picture, TurnedSquare.around(picture), found)
    for _, region in near:
        if not _known(found, region):
            _add(found, _followed(models, picture, region, CLEAR))
    if body is not None:
        found = [_on_its_side(hand, body) for hand in found]
    return sorted(found, key=lambda hand: -hand.score)


def _add_palms(
    models: TrackerModels,
    picture: np.ndarray,
    searched: TurnedSquare,
    found: list[HandLandmarks],
) -> None:
    palms = merged(_palms(models, picture, searched))
    for index in range(len(palms)):
        region = _region_of_palm(palms, index)
        if not _known(found, region):
            _add(found, _followed(models, picture, region, THRESHOLD))


def _known(found: list[HandLandmarks], region: TurnedSquare) -> bool:
    """Whether one of the hands lies in the middle of a region."""
    return any(
        np.hypot(*(_middle(hand) - (region.x, region.y))) < SAME * region.side / MARGIN / 2
        for hand in found
    )


def _palms(models: TrackerModels, picture: np.ndarray, region: TurnedSquare) -> Detections:
    outputs = models.run("palm_detector", region.crop(picture, PALM_PX, cv2.BORDER_CONSTANT))
    seen = decode(outputs["boxes"], outputs["logits"], _anchors(), PALM_PX, PALM_THRESHOLD)
    return seen.placed(region)


def _followed(
    models: TrackerModels, picture: np.ndarray, region: TurnedSquare, threshold: float
) -> HandLandmarks | None:
    """The hand after a second look from where the first one saw it."""
    first = _seen(models, picture, region)
    if threshold > THRESHOLD and first.score < threshold:
        return None
    hand = _seen(models, picture, _region_of(first.points))
    return hand if hand.score >= threshold else None


def _seen(models: TrackerModels, picture: np.ndarray, region: TurnedSquare) -> HandLandmarks:
    outputs = models.run("hand", region.crop(picture, SIZE_PX, cv2.BORDER_REPLICATE))
    values = outputs["points"].reshape(-1, 3) / SIZE_PX
    depth = values[:, 2] * region.side / DEPTH_SCALE
    points = np.column_stack([region.to_picture(values[:, :2]), depth]).astype(np.float32)
    right, score = (float(outputs[name].ravel()[0]) for name in ("right", "score"))
    return HandLandmarks(points, right < 0.5, score)


def _region_of_palm(palms: Detections, index: int) -> TurnedSquare:
    (x, y), side = palms.centre[index], float(palms.size[index].max()) * PALM_MARGIN
    angle = _upwards(palms.points[index, 2] - palms.points[index, 0])
    return TurnedSquare(float(x), float(y), max(side, 1.0), angle).raised(PALM_RAISED)


def _region_of(points: np.ndarray) -> TurnedSquare:
    flat = points[:, :2].astype(float)
    knuckles = (flat[INDEX] + 2 * flat[MIDDLE] + flat[RING]) / 4
    angle = _upwards(knuckles - flat[WRIST])
    return TurnedSquare.enclosing(flat[list(FIRM)], angle, MARGIN).raised(RAISED)


def _wrist_regions(
    picture: np.ndarray, body: BodyLandmarks
) -> list[tuple[TurnedSquare, TurnedSquare]]:
    """For each wrist in the picture, where to look for its palm, and where its hand should be."""
    shoulders = body.points[BodyPoint.LEFT_SHOULDER] - body.points[BodyPoint.RIGHT_SHOULDER]
    least = SHORTEST * float(np.hypot(*shoulders[:2]))
    regions = []
    for elbow, wrist in SIDES:
        at, along = body.points[wrist, :2].astype(float), body.points[wrist] - body.points[elbow]
        inside = (at >= 0).all() and (at < picture.shape[1::-1]).all()
        if not inside or body.visibility[wrist] < VISIBLE:
            continue
        x, y = at + BEYOND * along[:2]
        side = NEAR * max(float(np.hypot(*along[:2])), least, 1.0)
        # Two fingers of the body: little and index finger lie two and four after the wrist.
        palm = (body.points[wrist + 2, :2] + 2.0 * body.points[wrist + 4, :2]) / 3
        reach = max(float(np.hypot(*(palm - at))), 1.0)
        hand = TurnedSquare(float(palm[0]), float(palm[1]), 4 * reach, _upwards(palm - at))
        regions.append((TurnedSquare(float(x), float(y), side), hand))
    return regions


def _on_its_side(hand: HandLandmarks, body: BodyLandmarks) -> HandLandmarks:
    left, right = (
        float(np.hypot(*(body.points[wrist] - hand.points[WRIST])[:2])) for _, wrist in SIDES
    )
    near, far = sorted((left, right))
    if near > _palm_length(hand) or far < MUCH_NEARER * near:
        return hand
    return replace(hand, left=left < right)


def _add(found: list[HandLandmarks], hand: HandLandmarks | None) -> None:
    """Lists a hand; of two that are one, the surer."""
    if hand is None:
        return
    for index, other in enumerate(found):
        if np.hypot(*(_middle(other) - _middle(hand))) < SAME * _palm_length(other):
            found[index] = max(other, hand, key=lambda one: one.score)
            return
    found.append(hand)


def _middle(hand: HandLandmarks) -> np.ndarray:
    return hand.points[:, :2].mean(0)


def _palm_length(hand: HandLandmarks) -> float:
    return float(np.hypot(*(hand.points[MIDDLE] - hand.points[WRIST])[:2]))


def _upwards(vector: np.ndarray) -> float:
    """The angle of a square whose upper side lies in a direction (2,)."""
    return math.atan2(vector[0], -vector[1])


@cache
def _anchors() -> np.ndarray:
    return anchors(PALM_PX, STRIDES_PX)
