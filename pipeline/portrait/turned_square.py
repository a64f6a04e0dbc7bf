"""A turned square of a picture: what a network gets to see, and the way back of its points."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

# A crop is averaged first, down to two pixels a step, where it would step over more than this.
COARSEST_STEP_PX = 4


@dataclass(frozen=True, slots=True)
class TurnedSquare:
    """x, y px: its centre; side px; angle radians, from the picture's x axis to its y axis."""

    x: float
    y: float
    side: float
    angle: float = 0.0

    @staticmethod
    def around(picture: np.ndarray) -> "TurnedSquare":
        """The smallest upright square that holds all of a picture."""
        height, width = picture.shape[:2]
        return TurnedSquare(width / 2, height / 2, float(max(height, width)))

    @staticmethod
    def enclosing(points: np.ndarray, angle: float, margin: float) -> "TurnedSquare":
        """The square of an angle about points (N, 2) px, this many times as long as they reach."""
        flat = TurnedSquare(0.0, 0.0, 1.0, -angle).turned(points)
        low, high = flat.min(0), flat.max(0)
        x, y = TurnedSquare(0.0, 0.0, 1.0, angle).turned((low + high) / 2)
        side = max(float((high - low).max()), 1.0) * margin
        return TurnedSquare(float(x), float(y), side, angle)

    def raised(self, part: float) -> "TurnedSquare":
        """Moved towards its own upper side, by a part of its side."""
        x, y = np.array([self.x, self.y]) + self.turned(np.array([0.0, -part * self.side]))
        return TurnedSquare(float(x), float(y), self.side, self.angle)

    def crop(self, picture: np.ndarray, size: int, border: int) -> np.ndarray:
        """The square as (size, size, 3) float32 in [0, 1].

        picture: (H, W, 3) uint8; border: cv2's rule for what lies outside the picture
        """
        cos, sin = (f(self.angle) * self.side / size for f in (math.cos, math.sin))
        turn = np.array([[cos, -sin], [sin, cos]])
        origin = np.array([self.x, self.y]) - turn @ np.full(2, size / 2)
        if self.side / size >= COARSEST_STEP_PX:
            picture, corner, scale = self._reduced(picture, int(self.side / size / 2))
            turn, origin = turn * scale[:, None], (origin - corner) * scale
        # cv2 counts from the centre of the first pixel, on both sides.
        matrix = np.column_stack([turn, origin + turn @ np.full(2, 0.5) - 0.5])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        crop = cv2.warpAffine(picture, matrix, (size, size), flags=flags, borderMode=border)
        return crop.astype(np.float32) / 255

    def to_picture(self, points: np.ndarray) -> np.ndarray:
        """Points (..., 2) of the square, which runs from 0 to 1, in px of the picture."""
        return self.turned((points - 0.5) * self.side) + np.array([self.x, self.y])

    def turned(self, vectors: np.ndarray) -> np.ndarray:
        """Vectors (..., 2) along the square's sides, along those of the picture."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return vectors @ np.array([[cos, sin], [-sin, cos]])

    def _reduced(self, picture: np.ndarray, step: int):
        """The part of the picture that the square covers, `step` times smaller.

        Returns: part; px of its first corner (2,); size of a pixel of the picture in it (2,)
        """
        reach = self.side * (abs(math.cos(self.angle)) + abs(math.sin(self.angle))) / 2 + step
        sides = np.array(picture.shape[1::-1])
        low = np.clip(np.array([self.x, self.y]) - reach, 0, sides - 1).astype(int)
        high = np.clip(np.array([self.x, self.y]) + reach, low + 1, sides).astype(int)
        part = picture[low[1] : high[1], low[0] : high[0]]
        size = np.maximum((high - low) // step, 1)
        small = cv2.resize(part, size.tolist(), interpolation=cv2.INTER_AREA)
        return small, low, size / (high - low)
