"""Hats, caps, beanies and scarves around the skull, and how far the hair beneath them may go."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d

from training.people.head_shape import HeadShape, directions, in_direction, sampled, support
from training.people.material import Material
from training.people.solid import Solid, ball, joined, sheet, tube

AROUND, ROWS = 240, 26
# Hair lies within this of the skull under a hat, which is further out.
HAIR_ROOM_M, HAT_ROOM_M = 0.004, 0.0085
LAST_ROOM_M = 0.002
# How fast hair comes out again below the rim, metres per radian.
SPREAD_M = 0.14
VISOR_RAD = 0.92
# Hair that a scarf hides whole is put inside the head.
HIDDEN_M = 0.05
SHAPES = ("cap", "beanie", "bucket", "fedora", "headscarf")


@dataclass(frozen=True, slots=True)
class Headwear:
    """shape: one of SHAPES; cloth, trim: materials of the whole and of visor, ribbon or bobble
    high_m: how much higher than usual the rim sits on the forehead; extra: in [0, 1], how wide a
    brim, how large a bobble, how long a visor"""

    shape: str
    cloth: Material
    trim: Material
    high_m: float = 0.0
    extra: float = 0.5


# Height of the rim over the eyes at the front, beside the ears and at the back, metres.
RIMS = {
    "cap": (0.050, 0.030, 0.000),
    "beanie": (0.046, 0.020, -0.022),
    "bucket": (0.050, 0.030, 0.005),
    "fedora": (0.054, 0.034, 0.014),
}


class Hat:
    """A hat on one head: its parts and its claim on the hair."""

    def __init__(self, wanted: Headwear, head: HeadShape, cloth: np.ndarray):
        """cloth: (C, 3) points of the garment, over which a scarf lies."""
        self.wanted, self.head = wanted, head
        self.turn = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
        self._cloth = cloth

    def parts(self) -> list[tuple[Solid, Material]]:
        shapes = {"cap": self._cap, "beanie": self._beanie, "headscarf": self._headscarf}
        return shapes.get(self.wanted.shape, self._brimmed)()

    def over_hair(self, points: np.ndarray) -> np.ndarray:
        """(P,) radius around the skull's centre within which hair at points (P, 3) must stay."""
        azimuth, elevation, _ = directions(points, self.head.centre)
        if self.wanted.shape == "headscarf":
            return np.full(len(points), HIDDEN_M)
        rim = np.interp(azimuth % (2 * np.pi), self.turn, self._rim(), period=2 * np.pi)
        below = np.maximum(rim - elevation, 0)
        return self.head.radius(azimuth, elevation) + HAIR_ROOM_M + SPREAD_M * below

    def _rim(self) -> np.ndarray:
        """(AROUND,) elevation at which the surface of the head crosses the rim's height."""
        front, side, back = (height + self.wanted.high_m for height in RIMS[self.wanted.shape])
        a, b, c = (front + back + 2 * side) / 4, (front - back) / 2, (front + back - 2 * side) / 4
        height = a + b * np.cos(self.turn) + c * np.cos(2 * self.turn)
        height += self.head.eyes[:, 1].mean() - self.head.centre[1]
        elevation = np.linspace(-0.6, 0.5 * np.pi, 180)
        grid = np.meshgrid(self.turn, elevation, indexing="ij")
        over = self.head.radius(*grid) * np.sin(grid[1]) - height[:, None]
        first = np.maximum((over > 0).argmax(1), 1)
        at = np.arange(AROUND)
        below, above = over[at, first - 1], over[at, first]
        share = np.clip(-below / np.maximum(above - below, 1e-9), 0, 1)
        return elevation[first - 1] + share * (elevation[1] - elevation[0])

    def _dome(self, room_m: np.ndarray | float) -> np.ndarray:
        """(ROWS, AROUND, 3) from rim to crown; room_m: (ROWS, 1 or AROUND) over the skull."""
        share = np.linspace(0, 1, ROWS)[:, None]
        rim = self._rim()[None]
        elevation = rim + share * (0.5 * np.pi - rim)
        radius = self.head.radius(np.broadcast_to(self.turn, elevation.shape), elevation)
        return in_direction(self.head.centre, self.turn[None], elevation, radius + room_m)

    def _hem(self, dome: np.ndarray) -> np.ndarray:
        """The dome with its edge turned in, so that no gap shows from below."""
        inward = dome[0] - self.head.centre
        inward[:, 1] = 0
        inward /= np.linalg.norm(inward, axis=1, keepdims=True)
        return np.concatenate(
            [(dome[0] - 0.007 * inward)[None], dome[:1] - np.array((0, 0.001, 0)), dome]
        )

    def _cap(self) -> list[tuple[Solid, Material]]:
        share = np.linspace(0, 1, ROWS)[:, None]
        before = np.clip(np.cos(self.turn), 0, 1)[None]
        panel = 0.0009 * np.abs(np.cos(3 * self.turn))[None] ** 0.35 * (1 - share)
        stands = 0.014 * before * np.sin(np.pi * share) ** 0.8 * (1 - 0.5 * share)
        dome = self._dome(HAT_ROOM_M + panel + stands + 0.004 * np.sin(np.pi * share))
        button = ball(dome[-1].mean(0), (0.006, 0.0035, 0.006), rings=7)
        crown = joined([sheet(self._hem(dome), closed=True), button])
        return [(crown, self.wanted.cloth), (self._visor(dome[0]), self.wanted.trim)]

    def _visor(self, rim: np.ndarray) -> Solid:
        reach = np.linspace(-VISOR_RAD, VISOR_RAD, 41)
        inner = np.stack([np.interp(reach, np.r_[self.turn[AROUND // 2 :] - 2 * np.pi,
                                                self.turn[: AROUND // 2]],
                                    np.r_[rim[AROUND // 2 :, k], rim[: AROUND // 2, k]])
                          for k in range(3)], 1)  # fmt: skip
        taper = np.cos(reach / VISOR_RAD * 1.54) ** 0.75
        length = (0.058 + 0.020 * self.wanted.extra) * taper
        out = np.linspace(-0.08, 1, 9)[:, None]
        way = np.stack([0.25 * np.sin(reach), np.zeros(41), np.ones(41)], 1)
        grid = inner[None] + out[..., None] * length[:, None] * way
        bent = 0.07 * np.sin(reach) ** 2 * taper
        grid[..., 1] -= out * length * 0.22 + np.maximum(out, 0) * bent
        above = grid + np.array((0, 0.0016, 0))
        edge = np.concatenate([above, grid[::-1]])
        return sheet(edge[:, ::-1])

    def _beanie(self) -> list[tuple[Solid, Material]]:
        share = np.linspace(0, 1, ROWS)[:, None]
        rib = 0.0011 * np.cos(40 * self.turn)[None]
        loose = 0.006 + 0.012 * share**2
        dome = self._dome(HAT_ROOM_M + loose + rib * (1 - share**4))
        cuff = self._dome(0.0)[: ROWS // 3]
        up = np.linspace(0, 1, len(cuff))[:, None]
        rolled = HAT_ROOM_M + 0.007 + 0.004 * np.sin(np.pi * up) ** 0.5 + 1.6 * rib
        outward = cuff - self.head.centre
        outward /= np.linalg.norm(outward, axis=2, keepdims=True)
        cuff = cuff + outward * rolled[..., None]
        folded = np.concatenate([cuff, dome[len(cuff) - 1 : len(cuff)]])
        parts = [(joined([sheet(dome, closed=True), sheet(self._hem(folded), closed=True)]),
                  self.wanted.cloth)]  # fmt: skip
        if self.wanted.extra > 0.6:
            size = 0.020 + 0.025 * (self.wanted.extra - 0.6)
            top = dome[-1].mean(0) + np.array((0, 0.7 * size, 0))
            bobble = ball(top, (size,) * 3, rings=26)
            rough = np.random.default_rng(5).uniform(0.86, 1.08, (len(bobble.points), 1))
            points = top + (bobble.points - top) * rough
            parts.append((replace(bobble, points=points), self.wanted.trim))
        return parts

    def _brimmed(self) -> list[tuple[Solid, Material]]:
        """A fedora with a dented crown, or a soft bucket hat."""
        soft = self.wanted.shape == "bucket"
        share = np.linspace(0, 1, ROWS)[:, None]
        dome = self._dome(np.full((ROWS, 1), HAT_ROOM_M))
        top = dome[..., 1].max() + (0.002 if soft else 0.014)
        rim_y = dome[0][..., 1]
        side = np.clip(share / 0.72, 0, 1)
        drawn_in = self._section(0.80 if soft else 0.74) - dome[0]
        wall = dome[0] + drawn_in * side[..., None] ** 2
        wall[..., 1] = rim_y + (top - rim_y) * np.sin(0.5 * np.pi * side) ** 0.9
        inward = np.clip((share - 0.72) / 0.28, 0, 1)[..., None]
        middle = wall[-1].mean(0)
        crown = wall + (middle - wall) * inward
        flat = np.clip(crown[..., 0] / 0.05, -1, 1)
        if not soft:
            crown[..., 1] -= 0.014 * np.exp(-(flat**2) * 4) * inward[..., 0]
        crown[..., 1] += 0.004 * np.sin(np.pi * inward[..., 0]) * soft
        parts = [(joined([sheet(crown, closed=True), self._brim(dome[0], soft)]),
                  self.wanted.cloth)]  # fmt: skip
        if not soft:
            rows = crown[1 : ROWS // 4]
            out = rows - rows.mean(1, keepdims=True)
            band = rows + 0.0015 * out / np.linalg.norm(out, axis=2, keepdims=True)
            parts.append((sheet(band, closed=True), self.wanted.trim))
        return parts

    def _section(self, share: float) -> np.ndarray:
        """(AROUND, 3) the rim drawn in to this share of its size."""
        ring = self._dome(np.full((ROWS, 1), HAT_ROOM_M))[0]
        middle = ring.mean(0)
        return middle + (ring - middle) * share

    def _brim(self, rim: np.ndarray, soft: bool) -> Solid:
        out = np.linspace(-0.12, 1, 12)[:, None]
        width = (0.035 if soft else 0.045) + 0.02 * self.wanted.extra
        way = rim - rim.mean(0)
        way[:, 1] = 0
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        grid = rim[None] + out[..., None] * width * way[None]
        if soft:
            grid[..., 1] -= np.maximum(out, 0) * width * 0.75
            grid[..., 1] += 0.003 * out * np.sin(5 * self.turn + 0.7)[None]
        else:
            curl = np.abs(np.sin(self.turn))[None] ** 2
            grid[..., 1] += np.maximum(out, 0) ** 2 * width * (0.35 * curl - 0.22 * (1 - curl))
        both = np.concatenate([grid + np.array((0, 0.0018, 0)), grid[::-1]])
        return sheet(both, closed=True)

    def _on_chest(self) -> float:
        """Elevation of a scarf's hem at the front."""
        y = self.head.neck_base[1] - FRONT_HEM_M
        points = np.concatenate([self.head.skin, self._cloth])
        near = (np.abs(points[:, 0]) < 0.03) & (np.abs(points[:, 1] - y) < 0.012)
        to_front = points[near, 2].max() - self.head.centre[2]
        return float(np.arctan2(y - self.head.centre[1], to_front))

    def _headscarf(self) -> list[tuple[Solid, Material]]:
        """Cloth around head and neck that leaves the face free and ends on the chest."""
        centre = self.head.centre
        points = np.concatenate([self.head.skin, self._cloth])
        near = np.hypot(*(points - centre)[:, [0, 2]].T) < SCARF_REACH_M
        around = support(points[near & (points[:, 1] > LOWEST_SCARF_M)], centre, smooth=2.2)
        low = _lowest(around, self.turn, self._on_chest())
        share = np.linspace(0, 1, 90)[:, None]
        azimuth = np.broadcast_to(self.turn, (90, AROUND)).copy()
        elevation = low + share * (0.5 * np.pi - low)
        azimuth, elevation = _drawn_aside(azimuth, elevation)
        radius = sampled(around, azimuth, elevation)
        fold = np.sin(7 * azimuth + 5 * elevation) + 0.7 * np.sin(11 * elevation - 4 * azimuth)
        drop = np.clip(-elevation - 0.5, 0, 1)
        free = np.clip(_opening(azimuth, elevation) / 0.25, 0, 1)
        radius = radius + 0.009 + drop * (0.007 + 0.003 * fold) - 0.005 * (1 - free)
        grid = in_direction(centre, azimuth, elevation, radius)
        edge = grid[:1] + np.array((0, -0.004, 0)) + 0.02 * (centre - grid[:1])
        scarf = sheet(np.concatenate([edge, grid]), closed=True)
        azimuth, elevation, _ = directions(scarf.points, centre)
        outside = np.asarray(_opening(azimuth, elevation) > -0.004)
        rim = _rim_of_opening(centre, around)
        roll = tube(rim, 0.0035, np.array([0.0, 0.0, 1.0]), closed=True)
        return [(joined([scarf.trimmed(np.flatnonzero(outside[scarf.triangles].all(1))), roll]),
                 self.wanted.cloth)]  # fmt: skip


FRONT_HEM_M, SCARF_REACH_M, LOWEST_SCARF_M = 0.055, 0.125, -0.28


def _lowest(around: np.ndarray, turn: np.ndarray, front_rad: float) -> np.ndarray:
    """(AROUND,) elevation of a scarf's hem: at the sides where it is furthest out."""
    elevation = np.deg2rad(np.linspace(-75, -35, 41))
    grid = np.meshgrid(turn, elevation, indexing="ij")
    reach = sampled(around, *grid) * np.cos(grid[1])
    front = np.clip(1.6 * np.cos(turn) + 0.1, 0, 1)
    hem = elevation[reach.argmax(1)] * (1 - front) + front_rad * front
    return gaussian_filter1d(hem, 6, mode="wrap")


FACE_AT, FACE_HALF = -0.315, np.array([0.86, 0.685])


def _opening(azimuth: np.ndarray, elevation: np.ndarray) -> np.ndarray:
    """Negative inside the face's opening of a headscarf, in radians from its edge."""
    x = (azimuth + np.pi) % (2 * np.pi) - np.pi
    y = elevation - FACE_AT
    size = np.hypot(x / FACE_HALF[0], y / FACE_HALF[1])
    return (size - 1) * FACE_HALF.mean()


def _drawn_aside(azimuth, elevation) -> tuple[np.ndarray, np.ndarray]:
    """Nodes within the opening move to its edge, so that the edge is smooth."""
    x = (azimuth + np.pi) % (2 * np.pi) - np.pi
    y = elevation - FACE_AT
    size = np.hypot(x / FACE_HALF[0], y / FACE_HALF[1])
    near = (size < 1) & (size > 0.80)
    scale = np.where(near, 1 / np.maximum(size, 1e-6), 1.0)
    return x * scale, FACE_AT + y * scale


def _rim_of_opening(centre: np.ndarray, around: np.ndarray) -> np.ndarray:
    turn = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    azimuth = FACE_HALF[0] * np.sin(turn)
    elevation = FACE_AT + FACE_HALF[1] * np.cos(turn)
    return in_direction(centre, azimuth, elevation, sampled(around, azimuth, elevation) + 0.0055)


def pressed(points: np.ndarray, centre: np.ndarray, most_m: np.ndarray) -> np.ndarray:
    """Hair (P, 3) drawn towards `centre` where it is further out than most_m (P,).

    What is outside keeps its order in the last of the room, so that cards do not mix.
    """
    distance = np.linalg.norm(points - centre, axis=1)
    free = ~np.isfinite(most_m)
    room = np.where(free, distance, most_m) - LAST_ROOM_M
    beyond = np.maximum(distance - room, 0)
    within = np.minimum(distance, room) + LAST_ROOM_M * (1 - np.exp(-beyond / 0.01))
    share = np.where(free, 1.0, within / distance)
    return centre + (points - centre) * share[:, None]
