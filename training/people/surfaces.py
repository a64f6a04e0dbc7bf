"""What a frame shows before it is coloured: the maps that drawn styles shade anew."""

from dataclasses import dataclass

import numpy as np

from training.people.character import Kind

KINDS = max(Kind) + 1


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Means over samples and passes, (H, W, ...) float32, top row first, in the fine pixels of a
    supersampled frame.

    cover: (H, W, KINDS) share of the pixel that each Kind covers, [..., 0] the plate
    albedo: (H, W, 3) linear colour of what is there; normal: (H, W, 3) template axes, shorter
        than one where surfaces vary within the pixel; depth_m: (H, W); all zero on the plate
    light: (H, W, 3) irradiance over pi with its shadows; shine: (H, W, 3) radiance of the mirror
        lobes, and all of hair's
    """

    cover: np.ndarray
    albedo: np.ndarray
    normal: np.ndarray
    depth_m: np.ndarray
    light: np.ndarray
    shine: np.ndarray

    @property
    def matte(self) -> np.ndarray:
        """(H, W) in [0, 1]."""
        return 1 - self.cover[..., 0]

    def share(self, *kinds: Kind) -> np.ndarray:
        """(H, W) in [0, 1] covered by any of the kinds."""
        return self.cover[..., list(kinds)].sum(-1)


class SurfaceSums:
    """Adds up passes. add: what one pass has drawn, bottom row first as read from OpenGL."""

    def __init__(self, height_px: int, width_px: int) -> None:
        self._passes = 0
        self._cover = np.zeros((height_px, width_px, KINDS), np.float32)
        self._maps = np.zeros((4, height_px, width_px, 3), np.float32)
        self._depth = np.zeros((height_px, width_px), np.float32)

    def add(
        self, albedo: np.ndarray, normal: np.ndarray, second: np.ndarray, lit: list[np.ndarray]
    ) -> None:
        """albedo: colour, Kind; normal; second: its last channel depth; lit: light and shine."""
        kind = np.rint(albedo[..., 3]).astype(np.int32)
        there = kind > 0
        self._passes += 1
        np.put_along_axis(
            self._cover, kind[..., None],
            np.take_along_axis(self._cover, kind[..., None], -1) + 1, -1,
        )  # fmt: skip
        for k, values in enumerate((albedo, normal, *lit)):
            self._maps[k] += np.where(there[..., None], values[..., :3], 0)
        self._depth += np.where(there, second[..., 3], 0)

    def mean(self) -> Surfaces:
        there = np.maximum(self._passes - self._cover[..., 0], 1)
        albedo, normal, light, shine = (
            np.ascontiguousarray((total / there[..., None])[::-1]) for total in self._maps
        )
        cover = np.ascontiguousarray((self._cover / self._passes)[::-1])
        depth = np.ascontiguousarray((self._depth / there)[::-1])
        return Surfaces(cover, albedo, normal, depth, light, shine)
