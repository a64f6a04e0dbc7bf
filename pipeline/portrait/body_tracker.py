"""33 points of a body (MediaPipe's BlazePose), found from the face instead of by a detector."""

import math
from dataclasses import replace

import cv2
import numpy as np

from pipeline.portrait.landmarks import BodyLandmarks, BodyPoint, FaceBox
from pipeline.portrait.tracker_models import TrackerModels
from pipeline.portrait.turned_square import TurnedSquare

SIZE_PX = 256
POINTS = 33
# Two more points of the network: the middle of the hips, and one at the end of the circle about
# them that holds the whole body.
HIPS, CIRCLE = 33, 34
MARGIN = 1.25
THRESHOLD = 0.5
# Where the hips are below the eyes and how large the circle is, in widths of the detector's box.
HIPS_BELOW = 4.1
CIRCLE_RADIUS = 4.9
# Above this tilt the head says how the picture lies, below it only how the head is held.
LYING_RAD = math.radians(60)
CIRCLE_RADIUS_M = 0.73
# A still is looked at so often, in regions of these sizes: that steadies the points by a third.
LOOKS = (0.96, 1.0, 1.04)
HEAT_WINDOW = 7
HEAT_LEAST = 0.5


def body_landmarks(
    models: TrackerModels,
    picture: np.ndarray,
    face: FaceBox | None,
    previous: BodyLandmarks | None = None,
) -> BodyLandmarks | None:
    """The points of the body that a face belongs to, None where none is seen.

    picture: (H, W, 3) uint8; without a face the body is taken to fill the picture
    previous: those of the frame before, which spare more than one look
    """
    if previous is not None:
        found, _ = _seen(models, picture, _region_of_body(previous))
        if found.score >= THRESHOLD:
            return found
    region = _region_below(face) if face is not None else TurnedSquare.around(picture)
    first, region = _seen(models, picture, region)
    if first.score < THRESHOLD:
        return None
    sides = [replace(region, side=region.side * part) for part in LOOKS]
    found = _mean([_seen(models, picture, side)[0] for side in sides])
    return found if found.score >= THRESHOLD else None


def _mean(looks: list[BodyLandmarks]) -> BodyLandmarks:
    points, visibility, world = (
        np.mean([getattr(look, name) for look in looks], 0)
        for name in ("points", "visibility", "world")
    )
    return BodyLandmarks(points, visibility, world, sum(look.score for look in looks) / len(looks))


def _region_below(face: FaceBox) -> TurnedSquare:
    eyes = face.points[:2].mean(0)
    across = face.points[1] - face.points[0]
    tilt = math.atan2(across[1], across[0])
    angle = tilt if abs(tilt) > LYING_RAD else 0.0
    down = np.array([-math.sin(angle), math.cos(angle)])
    width = max(face.width_px, face.height_px, 1.0)
    x, y = eyes + down * HIPS_BELOW * width
    return TurnedSquare(float(x), float(y), 2 * MARGIN * CIRCLE_RADIUS * width, angle)


def _region_of_body(body: BodyLandmarks) -> TurnedSquare:
    hips, shoulders = (
        body.points[list(pair), :2].mean(0)
        for pair in (
            (BodyPoint.LEFT_HIP, BodyPoint.RIGHT_HIP),
            (BodyPoint.LEFT_SHOULDER, BodyPoint.RIGHT_SHOULDER),
        )
    )
    flat = body.world[:, :2]
    px_per_metre = float(((body.points[:, :2] - hips) * flat).sum() / max((flat**2).sum(), 1e-6))
    up = (shoulders - hips) / max(float(np.hypot(*(shoulders - hips))), 1e-6)
    return _region_of(hips, hips + up * max(px_per_metre, 0.0) * CIRCLE_RADIUS_M)


def _region_of(hips: np.ndarray, end: np.ndarray) -> TurnedSquare:
    up = end - hips
    radius = max(float(np.hypot(*up)), 1.0)
    angle = math.atan2(up[0], -up[1])
    return TurnedSquare(float(hips[0]), float(hips[1]), 2 * MARGIN * radius, angle)


def _seen(
    models: TrackerModels, picture: np.ndarray, region: TurnedSquare
) -> tuple[BodyLandmarks, TurnedSquare]:
    """The points, and the region in which the network would rather have looked."""
    # Black beyond the picture would be taken for its end: the border is continued.
    outputs = models.run("body", region.crop(picture, SIZE_PX, cv2.BORDER_REPLICATE))
    values = outputs["points"].reshape(-1, 5).astype(float)
    local = _sharpened(values[:, :2] / SIZE_PX, outputs["heat"])
    placed = region.to_picture(local)
    points = np.column_stack([placed, values[:, 2] * region.side / SIZE_PX])[:POINTS]
    world = outputs["world"].reshape(-1, 3)[:POINTS].astype(float)
    world[:, :2] = region.turned(world[:, :2])
    visibility = 1 / (1 + np.exp(-np.clip(values[:POINTS, 3], -80, 80)))
    found = BodyLandmarks(
        points.astype(np.float32),
        visibility.astype(np.float32),
        world.astype(np.float32),
        float(outputs["score"].ravel()[0]),
    )
    return found, _region_of(placed[HIPS], placed[CIRCLE])


def _sharpened(points: np.ndarray, heat: np.ndarray) -> np.ndarray:
    """Points (P, 2) in [0, 1] moved to the mean of the heat (h, w, P) about them."""
    height, width = heat.shape[:2]
    reach, made = HEAT_WINDOW // 2, points.copy()
    for index, (x, y) in enumerate(points * (width, height)):
        column, row = int(x), int(y)
        if not (0 <= column < width and 0 <= row < height):
            continue
        rows = slice(max(row - reach, 0), row + reach + 1)
        columns = slice(max(column - reach, 0), column + reach + 1)
        part = 1 / (1 + np.exp(-np.clip(heat[rows, columns, index].astype(float), -80, 80)))
        if part.max() >= HEAT_LEAST:
            made[index, 0] = (part.sum(0) * np.arange(width)[columns]).sum() / part.sum() / width
            made[index, 1] = (part.sum(1) * np.arange(height)[rows]).sum() / part.sum() / height
    return made
