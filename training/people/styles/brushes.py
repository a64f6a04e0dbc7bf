"""Bristle brushes on a canvas: large strokes first, finer ones where the picture still differs, and
thick paint that catches the light (Hertzmann: Painterly Rendering with Curved Brush Strokes of
Multiple Sizes, 1998)."""

from dataclasses import dataclass

import cv2
import numpy as np


@dataclass(frozen=True, slots=True)
class Brush:
    """width_px of the frame; slack: difference in [0, 1] to the picture that it leaves alone, in
    the background, on clothes and hair, in the face, around eyes and lips (None: not used there);
    long: length by width"""

    width_px: float
    long: float
    slack: tuple[float | None, float | None, float | None, float | None]


BRUSHES = (
    Brush(26.0, 2.6, (0.0, 0.0, None, None)),
    Brush(13.0, 3.0, (0.030, 0.0, 0.0, None)),
    Brush(7.0, 3.2, (0.075, 0.045, 0.028, 0.0)),
    Brush(3.6, 3.2, (None, 0.075, 0.050, 0.012)),
    Brush(1.8, 2.8, (None, None, 0.095, 0.014)),
)
VARIANTS, SPRITE_PX = 6, 48
DENSITY, TURN_RAD, THICKEST_PX = 0.55, 0.12, 16.0
JITTER_LIGHT, JITTER_HUE = 0.035, 0.013
RELIEF, RELIEF_LIGHT = 0.26, np.array([-0.6, -0.8], np.float32)


class Canvas:
    """Canvas(ground, scale, rng): colour (H, W, 3) sRGB in [0, 1], first a blurred `ground`, and
    the height of the paint; scale: fine pixels of a frame's pixel."""

    def __init__(self, ground: np.ndarray, scale: int, rng: np.random.Generator) -> None:
        self.colour = cv2.GaussianBlur(ground, (0, 0), 10 * scale)
        self._relief = np.zeros(ground.shape[:2], np.float32)
        self._scale, self._rng = scale, rng
        self._sprites = [_sprite(rng) for _ in range(VARIANTS)]

    def paint(self, wanted: np.ndarray, field: np.ndarray, zones: np.ndarray) -> None:
        """wanted: (H, W, 3); field: (H, W) radians of strokes; zones: (H, W) places in
        Brush.slack."""
        rng = self._rng
        for brush in BRUSHES:
            width = brush.width_px * self._scale
            aim = cv2.GaussianBlur(wanted, (0, 0), 0.22 * width)
            error = cv2.blur(np.abs(aim - self.colour).mean(-1), (3, 3))
            slack = np.array([9.0 if one is None else one for one in brush.slack], np.float32)
            for x, y in _places(error - slack[zones], DENSITY * width, rng):
                light = 1 + JITTER_LIGHT * rng.normal()
                colour = aim[y, x] * light + JITTER_HUE * rng.normal(size=3)
                turn = float(field[y, x] + TURN_RAD * rng.normal())
                self._stroke((x, y), turn, (width, width * brush.long), colour)

    def _stroke(self, centre, turn: float, size: tuple[float, float], colour) -> None:
        """Blend one stroke in; size: width and length, pixels."""
        sprite = self._sprites[self._rng.integers(VARIANTS)]
        reach = int(np.ceil(0.5 * np.hypot(*size))) + 1
        left, top = centre[0] - reach, centre[1] - reach
        c, s = np.cos(turn), np.sin(turn)
        across, along = size[0] / sprite.shape[0], size[1] / sprite.shape[1]
        matrix = np.array([[c * along, -s * across, 0], [s * along, c * across, 0]], np.float32)
        matrix[:, 2] = reach - matrix[:, :2] @ (sprite.shape[1] / 2, sprite.shape[0] / 2)
        side = 2 * reach + 1
        stamp = cv2.warpAffine(sprite, matrix, (side, side), flags=cv2.INTER_AREA)
        rows, columns = (slice(max(low, 0), low + side) for low in (top, left))
        area, depth = self.colour[rows, columns], self._relief[rows, columns]
        stamp = stamp[max(-top, 0) :, max(-left, 0) :][: area.shape[0], : area.shape[1]]
        alpha = stamp[..., :1]
        area += (colour.astype(np.float32) - area) * alpha
        depth += (stamp[..., 1] * min(size[0], THICKEST_PX) ** 0.5 - depth) * alpha[..., 0]

    def lit(self) -> np.ndarray:
        """(H, W, 3): the canvas under light that grazes its relief."""
        fine = cv2.GaussianBlur(self._relief, (0, 0), 0.55 * self._scale)
        slope = cv2.Sobel(fine, -1, 1, 0, scale=1 / 8) * RELIEF_LIGHT[0]
        slope += cv2.Sobel(fine, -1, 0, 1, scale=1 / 8) * RELIEF_LIGHT[1]
        return np.clip(self.colour * (1 + RELIEF * np.clip(slope, -0.35, 0.35))[..., None], 0, 1)


def _sprite(rng: np.random.Generator) -> np.ndarray:
    """Opacity and height (SPRITE_PX, 2 SPRITE_PX, 2) of a stroke from left to right."""
    across, along = np.mgrid[-1 : 1 : SPRITE_PX * 1j, -1 : 1 : 2j * SPRITE_PX].astype(np.float32)
    bristle = cv2.GaussianBlur(rng.normal(size=(SPRITE_PX, 1)).astype(np.float32), (1, 5), 0)
    ragged = 0.16 * bristle / bristle.std()
    drawn = rng.normal(size=across.shape).astype(np.float32)
    drawn = cv2.GaussianBlur(drawn, (0, 0), sigmaX=14, sigmaY=1.0)
    grain = drawn / drawn.std()
    bent = across - 0.22 * rng.uniform(-1, 1) * (1 - along**2)
    side = np.clip((0.82 - np.abs(bent)) / 0.22, 0, 1)
    ends = np.clip((0.86 + ragged - np.abs(along)) / 0.14, 0, 1)
    dry = np.clip(along, 0, 1)
    alpha = side * ends * np.clip(1.0 + 0.18 * grain - 0.25 * dry, 0, 1)
    height = alpha * (0.6 + 0.35 * grain + 0.5 * bent**2 + 0.3 * dry)
    return np.stack([alpha, height], -1).astype(np.float32)


def _places(excess: np.ndarray, step_px: float, rng: np.random.Generator) -> np.ndarray:
    """(N, 2) columns and rows, one in each cell of this side where the excess is positive, the
    worst point of the cell, in random order."""
    step = max(round(step_px), 2)
    height, width = (n // step * step for n in excess.shape)
    cells = excess[:height, :width].reshape(height // step, step, width // step, step)
    cells = cells.transpose(0, 2, 1, 3).reshape(height // step, width // step, -1)
    worst, where = cells.max(-1), cells.argmax(-1)
    row, column = np.nonzero(worst > 0)
    inside = where[row, column]
    places = np.stack([column * step + inside % step, row * step + inside // step], 1)
    return rng.permutation(places)
