"""Where a face folds and where it is made up, painted in the layout of the skin's texture.

The layout is the same for everybody, so the maps are painted once, around the landmarks of the
template. Channels of the first: furrows of the forehead, between the brows, around the eyes,
from the nose to the mouth. Of the second: lips, line of the lids, shadow of the lids, freckles.
"""

from functools import cache

import cv2
import numpy as np

from pipeline.template import Part, load_template
from training.people.tracked_place import tracked_place

# The face's square in the atlas: lowest u (at the hairline) and v (to the person's right), size.
# shaders/gbuffer.frag has the same numbers.
FACE_U, FACE_V, FACE_SIZE = 0.760, 0.363, 0.240
SIZE_PX = 1024
OUTER_LIPS = (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185)  # fmt: skip  # noqa: E501
# Of the person's right and left: upper and lower lid from the outer corner, brow from outside.
UPPER_LID = ((33, 246, 161, 160, 159, 158, 157, 173, 133), (263, 466, 388, 387, 386, 385, 384, 398, 362))  # fmt: skip  # noqa: E501
LOWER_LID = ((33, 7, 163, 144, 145, 153, 154, 155, 133), (263, 249, 390, 373, 374, 380, 381, 382, 362))  # fmt: skip  # noqa: E501
BROW = ((46, 53, 52, 65, 55), (276, 283, 282, 295, 285))
SMILE_FOLD = ((129, 203, 206, 216, 212), (358, 423, 426, 436, 432))
CHEEK = (205, 425)
TOP, NOSE_TIP, BETWEEN_BROWS, BRIDGE = 10, 4, 9, 168
# Half the width of a furrow, in texels of 0.3 mm.
FINE_PX, DEEP_PX = 2.6, 4.0


@cache
def face_maps() -> tuple[np.ndarray, np.ndarray]:
    """Furrows and make-up, each (SIZE_PX, SIZE_PX, 4) uint8: rows from hairline to chin, columns
    from the person's right to the left. Not to be written."""
    place = landmark_places()
    furrows = np.stack(
        [_forehead(place), _frown(place), _around_eyes(place), _smile(place)], 2
    )  # fmt: skip
    paint = np.stack([_lips(place), *_lids(place), _freckled(place)], 2)
    maps = tuple(np.round(255 * np.clip(x, 0, 1)).astype(np.uint8) for x in (furrows, paint))
    for one in maps:
        one.setflags(write=False)
    return maps[0], maps[1]


def landmark_places() -> np.ndarray:
    """(468, 2) column and row of the face mesh's landmarks in the maps."""
    model = load_template()
    uv = np.zeros((len(model.rest_vertices), 2))
    head = model.part == Part.HEAD
    uv[model.triangles[head].ravel()] = model.triangle_uv[head].reshape(-1, 2)
    place = tracked_place()
    at = (uv[place.corners] * place.weights[..., None]).sum(1)
    return (at[:, ::-1] - [FACE_V, FACE_U]) / FACE_SIZE * SIZE_PX


def _forehead(place: np.ndarray) -> np.ndarray:
    rng = np.random.default_rng(11)
    canvas = _blank()
    left, right = place[BROW[0][0], 0], place[BROW[1][0], 0]
    middle, half = 0.5 * (left + right), 0.5 * (right - left)
    low = np.mean([place[k, 1] for k in (*BROW[0][1:4], *BROW[1][1:4])]) - 0.18 * half
    high = place[TOP, 1] - 0.22 * half
    across = np.linspace(-1, 1, 160)
    for share in (0.0, 0.22, 0.42, 0.62, 0.82):
        wave = 0.035 * np.sin(across * rng.uniform(4, 7) + rng.uniform(0, 6))
        dip = 0.07 * np.exp(-((across / 0.25) ** 2)) - 0.10 * across**2
        y = low + share * (high - low) + half * (wave + dip * (1 - share))
        reach = rng.uniform(0.72, 0.92) - 0.15 * abs(share - 0.4)
        fade = np.clip((reach - np.abs(across)) / 0.2, 0, 1)
        broken = 0.75 + 0.25 * np.sin(across * 9 + rng.uniform(0, 6))
        line = np.stack([middle + half * across, y], 1)
        _furrow(canvas, line, fade * broken * (1 - 0.35 * share), FINE_PX + 0.8)
    return canvas


def _frown(place: np.ndarray) -> np.ndarray:
    canvas = _blank()
    inner = place[[BROW[0][-1], BROW[1][-1]]]
    middle, half = inner.mean(0), 0.5 * (inner[1, 0] - inner[0, 0])
    for side, tall in ((-1, 1.0), (1, 0.85)):
        s = np.linspace(0, 1, 60)
        x = middle[0] + side * half * (0.50 + 0.10 * s)
        y = middle[1] + half * (0.55 - 1.6 * tall * s)
        _furrow(canvas, np.stack([x, y], 1), np.sin(np.pi * s) ** 0.6, FINE_PX + 1)
    x = middle[0] + half * np.linspace(-0.45, 0.45, 40)
    y = np.full(40, place[BRIDGE, 1] - 0.15 * half)
    _furrow(canvas, np.stack([x, y], 1), 0.7 * np.sin(np.linspace(0, np.pi, 40)), FINE_PX)
    return canvas


def _around_eyes(place: np.ndarray) -> np.ndarray:
    """Crow's feet and the fold under each eye."""
    rng = np.random.default_rng(12)
    canvas = _blank()
    s = np.linspace(0, 1, 50)
    for side, upper, lower in zip((-1, 1), UPPER_LID, LOWER_LID, strict=True):
        outer, inner = place[upper[0]], place[upper[-1]]
        wide = np.linalg.norm(outer - inner)
        for angle in (-0.65, -0.30, 0.02, 0.33, 0.62):
            way = np.array([side * np.cos(angle), np.sin(angle)])
            start = outer + wide * (0.22 + 0.06 * rng.uniform()) * way
            bend = np.array([0.0, 0.10 * np.sin(angle * 1.5) + 0.03])
            length = wide * rng.uniform(0.38, 0.6)
            line = start + length * s[:, None] * way + wide * s[:, None] ** 2 * bend
            _furrow(canvas, line, np.sin(np.pi * s**0.7) * rng.uniform(0.75, 1), FINE_PX)
        for drop, strength in ((0.30, 0.55), (0.46, 0.35)):
            rim = _curve(place[list(lower)])
            lowered = rim + wide * drop * np.array([0.0, 1.0]) * np.sin(np.pi * s)[:, None] ** 0.5
            _furrow(canvas, lowered, strength * np.sin(np.pi * s) ** 0.7, FINE_PX + 0.6)
    return canvas


def _smile(place: np.ndarray) -> np.ndarray:
    canvas = _blank()
    s = np.linspace(0, 1, 80)
    for points in SMILE_FOLD:
        line = _curve(place[list(points)], 80)
        _furrow(canvas, line, np.clip(s / 0.12, 0, 1) * np.clip((1 - s) / 0.45, 0, 1), DEEP_PX)
        beside = line[30:62] + 0.10 * (line[30:62] - place[NOSE_TIP])
        fade = 0.2 * np.sin(np.linspace(0, np.pi, 32))
        _furrow(canvas, beside, fade, DEEP_PX)
    return canvas


def _lips(place: np.ndarray) -> np.ndarray:
    return _filled(place[list(OUTER_LIPS)], 2.2)


def _lids(place: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    liner, shadow = _blank(), _blank()
    s = np.linspace(0, 1, 50)
    for side, upper, lower, brow in zip((-1, 1), UPPER_LID, LOWER_LID, BROW, strict=True):
        lid, under = _curve(place[list(upper)]), _curve(place[list(lower)])
        wide = float(np.linalg.norm(lid[0] - lid[-1]))
        wing = lid[0] + wide * np.array([side * 0.16, -0.08]) * s[::-1, None]
        _furrow(liner, lid - [0, 0.01 * wide], 1 - 0.5 * s, 0.030 * wide)
        _furrow(liner, wing, 0.9 * s, 0.022 * wide)
        _furrow(liner, under, 0.5 * (1 - s), 0.018 * wide)
        over = _curve(place[list(brow)])
        crease = lid + 0.55 * (over - lid)
        patch = _filled(np.concatenate([lid, crease[::-1]]), 0.07 * wide)
        shadow = np.maximum(shadow, patch)
    return np.clip(liner, 0, 1), shadow


def _freckled(place: np.ndarray) -> np.ndarray:
    """Cheeks and the bridge of the nose."""
    canvas = _blank()
    apart = place[CHEEK[1], 0] - place[CHEEK[0], 0]
    for centre, size, strength in (
        (place[CHEEK[0]], 0.34, 1.0),
        (place[CHEEK[1]], 0.34, 1.0),
        (0.5 * (place[NOSE_TIP] + place[BRIDGE]), 0.28, 0.9),
        (place[BETWEEN_BROWS] - [0, 0.2 * apart], 0.5, 0.3),
    ):
        row, column = np.mgrid[:SIZE_PX, :SIZE_PX]
        away = np.hypot(column - centre[0], 1.2 * (row - centre[1])) / (size * apart)
        np.maximum(canvas, strength * np.exp(-(away**2)), out=canvas)
    return canvas


def _blank() -> np.ndarray:
    return np.zeros((SIZE_PX, SIZE_PX), np.float32)


def _curve(points: np.ndarray, count: int = 50) -> np.ndarray:
    """(count, 2) evenly along a polygon's line, its corners rounded."""
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
    at = np.linspace(0, length[-1], count)
    line = np.stack([np.interp(at, length, points[:, k]) for k in range(2)], 1)
    for _ in range(count // 12):
        line[1:-1] = 0.25 * line[:-2] + 0.5 * line[1:-1] + 0.25 * line[2:]
    return line


def _furrow(canvas: np.ndarray, line: np.ndarray, strength, half_px: float) -> None:
    """Add a soft line of this strength along its points; crossings do not add up."""
    length = np.r_[0, np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))]
    at = np.arange(0, length[-1], max(0.4 * half_px, 0.5))
    strengths = np.interp(at, length, np.broadcast_to(strength, len(line)))
    reach = int(np.ceil(3 * half_px))
    for x, y, amount in zip(*(np.interp(at, length, line[:, k]) for k in range(2)), strengths,
                            strict=True):  # fmt: skip
        c, r = int(x), int(y)
        if not (reach < c < SIZE_PX - reach and reach < r < SIZE_PX - reach):
            continue
        dy, dx = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        away = ((dx + c - x) ** 2 + (dy + r - y) ** 2) / half_px**2
        window = canvas[r - reach : r + reach + 1, c - reach : c + reach + 1]
        np.maximum(window, amount * np.exp(-0.5 * away), out=window)


def _filled(outline: np.ndarray, soft_px: float) -> np.ndarray:
    canvas = _blank()
    cv2.fillPoly(canvas, [np.round(16 * outline).astype(np.int32)], 1.0, cv2.LINE_AA, 4)
    return cv2.GaussianBlur(canvas, (0, 0), soft_px)
