"""Headphones over the ears: two cups and a band across the hair."""

from dataclasses import dataclass

import numpy as np

from training.people.head_shape import HeadShape, directions
from training.people.material import Material
from training.people.solid import Solid, joined, sheet, tube

HALF_CUP_M = np.array([0.034, 0.041])
CUSHION_M, SHELL_M = 0.015, 0.018
# Between skull and band: over the crown, where it lies on the hair, and at the cups.
CROWN_ROOM_M, CUP_ROOM_M, HAIR_ROOM_M = 0.0065, 0.017, 0.003
# Hair comes out again beside the band, metres per metre; not so fast that it hides the band.
SPREAD = 0.35


@dataclass(frozen=True, slots=True)
class Headphones:
    """shell, cushion: materials; band_m: half its width."""

    shell: Material
    cushion: Material
    band_m: float = 0.013


class Headset:
    """Headphones on one head."""

    def __init__(self, wanted: Headphones, head: HeadShape):
        self.wanted, self.head = wanted, head
        ear = head.left_ear()
        self._ear = np.array([0.0, *(0.5 * (ear[:, 1:].min(0) + ear[:, 1:].max(0)))])
        around = np.linspace(0, 2 * np.pi, 16)
        ring = self._ear[1:] + 0.9 * np.stack([np.cos(around), np.sin(around)], 1) * HALF_CUP_M[0]
        self._side_m = float(np.percentile(head.temple(ring), 70)) + 0.001

    def parts(self) -> list[tuple[Solid, Material]]:
        cushion = _disc(self._ear, self._side_m, CUSHION_M, HALF_CUP_M, 0.35)
        shell = _disc(
            self._ear, self._side_m + 0.8 * CUSHION_M, SHELL_M, 0.93 * HALF_CUP_M, 0.55
        )  # fmt: skip
        return [
            (joined([shell, shell.mirrored(), self._band()]), self.wanted.shell),
            (joined([cushion, cushion.mirrored()]), self.wanted.cushion),
        ]

    def over_hair(self, points: np.ndarray) -> np.ndarray:
        """(P,) radius around the skull's centre within which hair at points (P, 3) must stay."""
        azimuth, elevation, distance = directions(points, self.head.centre)
        skull = self.head.radius(azimuth, elevation)
        beside = np.abs(points[:, 2] - self._plane_z(points[:, 1])) - self.wanted.band_m - 0.004
        above = points[:, 1] > self._ear[1]
        room = HAIR_ROOM_M + SPREAD * np.maximum(beside, 0)
        limit = np.where(above, skull + room, np.inf)
        cup = np.hypot(*((points[:, 1:] - self._ear[1:]) / (1.12 * HALF_CUP_M[::-1])).T) < 1
        side = np.abs(points[:, 0]) > self._side_m - 0.001
        inside = distance * (self._side_m - 0.001) / np.maximum(np.abs(points[:, 0]), 1e-6)
        return np.where(cup & side, np.minimum(limit, inside), limit)

    def _plane_z(self, y: np.ndarray) -> np.ndarray:
        """The band leans from the ears to the crown of the head."""
        top = self.head.centre[1] + 0.1
        share = np.clip((y - self._ear[1]) / (top - self._ear[1]), 0, 1)
        return self._ear[2] + share * (self.head.centre[2] + 0.004 - self._ear[2])

    def _band(self) -> Solid:
        angle = np.linspace(-0.5 * np.pi, 0.5 * np.pi, 49)
        reach = self._side_m + CUSHION_M + 0.004
        top = self._top() + CROWN_ROOM_M
        x = reach * np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** 0.82
        y = self._ear[1] + (top - self._ear[1]) * np.cos(angle) ** 0.82
        path = self._on_hair(np.stack([x, y, self._plane_z(y)], 1), top)
        slim = np.stack([np.full(49, self.wanted.band_m), np.full(49, 0.0028)], 1)
        slim[:, 0] *= 0.55 + 0.45 * np.cos(angle) ** 0.5
        out = path - [0, self._ear[1], 0]
        return tube(path, slim, out * [1, 1, 0], square=0.6)

    def _on_hair(self, path: np.ndarray, top: float) -> np.ndarray:
        """The path (P, 3) drawn in to the skull, or one would see through between the two."""
        azimuth, elevation, distance = directions(path, self.head.centre)
        share = np.clip((path[:, 1] - self._ear[1]) / (top - self._ear[1]) / 0.8, 0, 1)
        share = share * share * (3 - 2 * share)
        room = CUP_ROOM_M + share * (CROWN_ROOM_M - CUP_ROOM_M)
        most = self.head.radius(azimuth, elevation) + room
        drawn = self.head.centre + (path - self.head.centre) * (most / distance)[:, None]
        return path + np.minimum(5 * share, 1)[:, None] * (drawn - path)

    def _top(self) -> float:
        skin = self.head.skin
        return float(skin[:, 1].max())


def _disc(centre: np.ndarray, x_m: float, thick_m: float, half: np.ndarray, round_: float) -> Solid:
    """An oval cushion on the left side from x_m outwards."""
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    profile = np.array([(0.0, 0.0), (0.9, 0.0), (1.0, 0.15), (1.0, 1 - round_), (0.93, 0.96),
                        (0.80, 1.0), (0.3, 1.0), (0.0, 1.0)])  # fmt: skip
    size, out = profile[:, 0, None], profile[:, 1, None]
    grid = np.stack(
        [
            np.broadcast_to(x_m + thick_m * out, (len(profile), 48)),
            centre[1] + half[1] * size * np.sin(turn),
            centre[2] + half[0] * size * np.cos(turn),
        ],
        2,
    )
    return sheet(grid, closed=True)
