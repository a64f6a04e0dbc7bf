"""Painted scenes to put behind a person: what is hidden is known, and where edges run."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX

SUPERSAMPLING = 3
GRAIN_LEVELS = 2.0
Painter = Callable[[np.ndarray, np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Scene:
    """pixels (768, 512, 3) uint8 sRGB; edges (N, 2, 2): ends, in px, of its straight edges."""

    pixels: np.ndarray
    edges: np.ndarray


def paint_scene(name: str) -> Scene:
    """One of SCENES, always the same."""
    painter, edges = SCENES[name]
    height, width = FRAME_HEIGHT_PX * SUPERSAMPLING, FRAME_WIDTH_PX * SUPERSAMPLING
    row, column = np.mgrid[0:height, 0:width].astype(np.float32)
    large = painter((column + 0.5) / SUPERSAMPLING, (row + 0.5) / SUPERSAMPLING)
    pixels = cv2.resize(
        large.astype(np.float32), (FRAME_WIDTH_PX, FRAME_HEIGHT_PX), interpolation=cv2.INTER_AREA
    )
    pixels += np.random.default_rng(5).normal(0, GRAIN_LEVELS, pixels.shape)
    return Scene(
        np.clip(np.round(pixels), 0, 255).astype(np.uint8),
        np.array(edges, np.float64).reshape(-1, 2, 2),
    )


def put_before(portrait: np.ndarray, matte: np.ndarray, background: np.ndarray, scene: np.ndarray):
    """(H, W, 3) uint8: the person of a portrait, whose matte and background are known, elsewhere.

    portrait, background, scene (H, W, 3) uint8; matte (H, W) uint8
    """
    alpha = matte[..., None] / 255
    person = np.clip(portrait - background * (1 - alpha), 0, 255 * alpha)
    return np.clip(np.round(person + scene * (1 - alpha)), 0, 255).astype(np.uint8)


def _where(inside: np.ndarray, colour: tuple[int, int, int], otherwise: np.ndarray) -> np.ndarray:
    return np.where(inside[..., None], np.array(colour, np.float32), otherwise)


def _plain(x: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    return np.broadcast_to(np.array(colour, np.float32), (*x.shape, 3))


def _door(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    wall = _plain(x, (196, 190, 178)) * (1 - 0.0003 * y[..., None])
    picture = _where((x > 238) & (x < 392), (120, 96, 74), wall)
    frame = ((x > 226) & (x < 240)) | ((x > 390) & (x < 404))
    return _where(frame, (228, 224, 216), picture)


def _shelves(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    board = ((y - 60) % 110 < 9) & (y > 60)
    return _where(board, (90, 62, 40), _plain(x, (150, 160, 168)))


def _hill(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    picture = _where(y - 0.32 * x > 120, (96, 110, 70), _plain(x, (170, 200, 230)))
    across = x + 0.25 * y
    return _where((across > 330) & (across < 352), (60, 50, 46), picture)


def _bricks(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    row = np.floor(y / 22)
    along = x + row % 2 * 28
    tint = np.sin(row * 12.9 + np.floor(along / 56) * 78.2) * 12
    mortar = (along % 56 < 3) | (y % 22 < 3)
    return _where(mortar, (176, 168, 158), np.array([150, 84, 64]) + tint[..., None])


def _foliage(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    random = np.random.default_rng(3)
    height, width = x.shape
    noise = np.zeros(x.shape, np.float32)
    for size, strength in ((6, 0.5), (12, 0.7), (27, 1.0), (75, 1.0), (240, 0.9)):
        cells = random.normal(0, 1, (height // size + 2, width // size + 2)).astype(np.float32)
        noise += cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC) * strength
    return np.array([84, 112, 60]) + noise[..., None] * np.array([18, 22, 14])


def _upright(*columns: float) -> list:
    return [[[column, 0], [column, FRAME_HEIGHT_PX]] for column in columns]


def _level(*rows: float) -> list:
    return [[[0, row], [FRAME_WIDTH_PX, row]] for row in rows]


SCENES: dict[str, tuple[Painter, list]] = {
    "door": (_door, _upright(226, 240, 390, 404)),
    "shelves": (_shelves, _level(*(60 + 110 * k + d for k in range(5) for d in (0, 9)))),
    "hill": (_hill, [[[0, 120], [512, 283.84]], [[330, 0], [138, 768]], [[352, 0], [160, 768]]]),
    "bricks": (_bricks, []),
    "foliage": (_foliage, []),
}
