"""A rectangle of the picture that may overhang its border."""

from dataclasses import dataclass

import numpy as np

from pipeline.limits import limited


@dataclass(frozen=True, slots=True)
class Crop:
    """First pixel and size of a rectangle in the portrait."""

    left: int
    top: int
    width: int
    height: int

    @property
    def columns(self) -> np.ndarray:
        """Centres (W,) of the crop's columns in picture pixels."""
        return self.left + np.arange(self.width) + 0.5

    @property
    def rows(self) -> np.ndarray:
        """Centres (H, 1) float32 of the crop's rows in picture pixels."""
        return self.top + np.arange(self.height, dtype=np.float32)[:, None] + np.float32(0.5)

    def on(self, picture: np.ndarray) -> tuple[np.ndarray, tuple[slice, slice]]:
        """View of `picture` under the crop, and the slices of the crop that it shows.

        Both are empty where the crop lies outside.
        """
        height, width = picture.shape[:2]
        x0, x1 = (min(max(x, 0), width) for x in (self.left, self.left + self.width))
        y0, y1 = (min(max(y, 0), height) for y in (self.top, self.top + self.height))
        part = (slice(y0 - self.top, y1 - self.top), slice(x0 - self.left, x1 - self.left))
        return picture[y0:y1, x0:x1], part


def blend(target: np.ndarray, colour: np.ndarray, share: np.ndarray) -> None:
    """Mix `colour` (H, W, C) into `target` (H, W, C) uint8 in place; share: (H, W, 1) in [0, 1]."""
    mixed = target + (colour - target) * share
    target[:] = limited(mixed + 0.5, 0, 255).astype(np.uint8)
