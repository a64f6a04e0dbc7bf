"""Glasses that sit on the nose and the ears of a head: rims, bridge, temples and lenses."""

from dataclasses import dataclass

import numpy as np

from training.people.head_shape import HeadShape
from training.people.material import Material
from training.people.solid import Solid, ball, joined, sheet, tube

Rgb = tuple[float, float, float]
FACES_APART_M = 0.062
WRAP_PER_M, TILT = 1.0, 0.10
CLEARANCE_M, LASH_M = 0.0012, 0.010
BULGE_RADIUS_M = 0.16
POINTS = 56
HALF_BRIDGE_M = 0.0085
SPLAY_M = 0.009


@dataclass(frozen=True, slots=True)
class Lens:
    """Outline of one lens: half its width and height (metres at eyes 62 mm apart), a superellipse
    of this power; lift: of the outer top corner; pear: how much the lower half draws outwards."""

    width_m: float
    height_m: float
    power: float
    lift: float = 0.0
    pear: float = 0.0


SHAPES = {
    "round": Lens(0.0225, 0.0220, 2.0),
    "oval": Lens(0.0250, 0.0165, 2.2),
    "panto": Lens(0.0235, 0.0205, 2.5, pear=0.05),
    "rectangle": Lens(0.0260, 0.0155, 4.5),
    "square": Lens(0.0260, 0.0200, 4.0, pear=0.08),
    "cat_eye": Lens(0.0255, 0.0180, 2.8, lift=0.28),
    "aviator": Lens(0.0275, 0.0230, 2.7, pear=0.22),
}


@dataclass(frozen=True, slots=True)
class Glasses:
    """shape: a key of SHAPES; rim_m: how thick the rim is; frame: its material; lens: theirs."""

    shape: str
    rim_m: float
    frame: Material
    lens: Material

    @property
    def temple_m(self) -> float:
        """Height of the temples."""
        return 0.0012 + 1.1 * self.rim_m


CLEAR = Material((0.05, 0.06, 0.065), 0.2, 1.0, opacity=0.06)
# Against reflections: shows at its rim alone, and in few passes leaves no dots over the eyes.
COATED = Material((0.05, 0.06, 0.065), 0.2, 1.0, opacity=0.0)


def tinted(colour: Rgb, opacity: float) -> Material:
    """Lenses of sunglasses."""
    return Material(colour, 0.2, 1.5, opacity=opacity)


def glasses(wanted: Glasses, head: HeadShape) -> tuple[Solid, Solid]:
    """The frame and the lenses on this head."""
    place = _Place(wanted, head)
    half = np.array([0.5 * wanted.rim_m, max(0.5 * wanted.rim_m, 0.0011)])
    rim = place.on_front(place.outline)
    forward = np.array([0.0, 0.0, 1.0])
    side = [tube(rim, tuple(half), forward, closed=True, square=0.4, sides=8)]
    side.append(_temple(wanted, place, head))
    if wanted.rim_m < 0.0022:
        side.append(_pad(place, head))
    lens = place.lens()
    frame = joined([*side, *(part.mirrored() for part in side), _bridge(wanted, place, head)])
    return frame, joined([lens, lens.mirrored()])


class _Place:
    """Where the front of a pair of glasses is; outline: (P, 2) of the left lens."""

    def __init__(self, wanted: Glasses, head: HeadShape):
        shape = SHAPES[wanted.shape]
        apart = float(head.eyes[0, 0] - head.eyes[1, 0])
        scale = np.clip(apart / FACES_APART_M, 0.85, 1.2)
        self.half = scale * np.array([shape.width_m, shape.height_m])
        x = max(apart / 2 + 0.001, self.half[0] + HALF_BRIDGE_M * scale)
        self.centre = np.array([x, head.eyes[:, 1].mean() - 0.12 * self.half[1]])
        self.outline = self.centre + _outline(shape) * self.half
        self.z_m = 0.0
        around = self.on_front(self.outline)
        away = max(0.5 * wanted.rim_m, 0.0011) + CLEARANCE_M
        touching = float((head.nose_and_cheeks(self.outline) + away - around[:, 2]).max())
        before_eye = head.eyes[0, 2] + head.eye_radius_m + LASH_M
        self.z_m = max(touching, before_eye - self.on_front(head.eyes[:1, :2])[0, 2])

    def on_front(self, points: np.ndarray) -> np.ndarray:
        """(P, 3): x, y on the front, which is bent around the face and leans forward."""
        x, y = points[:, 0], points[:, 1]
        z = self.z_m - WRAP_PER_M * x * x + TILT * (y - self.centre[1])
        return np.stack([x, y, z], 1)

    def lens(self) -> Solid:
        share = np.linspace(0.02, 1.0, 6)[:, None, None]
        flat = self.centre + share * (self.outline - self.centre)
        grid = self.on_front(flat.reshape(-1, 2)).reshape(*flat.shape[:2], 3)
        out = ((flat - self.centre) ** 2).sum(-1)
        grid[..., 2] += (out[-1].mean() - out) / (2 * BULGE_RADIUS_M)
        return sheet(grid, closed=True)


def _outline(shape: Lens) -> np.ndarray:
    """(POINTS, 2) in half widths and heights; x points outwards."""
    turn = np.linspace(0, 2 * np.pi, POINTS, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)], 1)
    out = np.sign(circle) * np.abs(circle) ** (2 / shape.power)
    x, y = out.T
    y = y + shape.lift * np.clip(x, 0, 1) ** 2 * np.clip(y + 0.2, 0, 1)
    x = x + shape.pear * np.clip(-y, 0, 1) * np.where(x < 0, 1.0, -0.3)
    return np.stack([x, y], 1)


def _bridge(wanted: Glasses, place: _Place, head: HeadShape) -> Solid:
    """An arch over the nose; thin glasses of the aviators' kind have a bar above it too."""
    half = max(0.45 * wanted.rim_m, 0.0007)
    heights = [0.30, 0.78] if wanted.shape == "aviator" else [0.30]
    bars = []
    for height in heights:
        at = place.centre[1] + height * place.half[1]
        inner = place.outline[place.outline[:, 0] < place.centre[0]]
        x = float(inner[np.abs(inner[:, 1] - at).argmin(), 0])
        across = np.linspace(-x, x, 15)
        arch = 0.0025 * (1 - (across / x) ** 2)
        path = place.on_front(np.stack([across, at + arch], 1))
        skin = head.nose_and_cheeks(path[:, :2]) + half + 0.0006
        lifted = np.maximum(path[:, 2], skin.max() - 0.25 * np.abs(across))
        path[:, 2] = np.where(np.abs(across) < 0.85 * x, lifted, path[:, 2])
        bars.append(tube(path, half, np.array([0.0, 0.0, 1.0]), square=0.2))
    return joined(bars)


def _temple(wanted: Glasses, place: _Place, head: HeadShape) -> Solid:
    """From the rim's outer end over the ear and down behind it."""
    height = place.centre[1] + 0.45 * place.half[1]
    outer = place.outline[place.outline[:, 0] > place.centre[0]]
    start = place.on_front(outer[[np.abs(outer[:, 1] - height).argmin()]])[0]
    ear = head.left_ear()
    top = ear[ear[:, 1] > ear[:, 1].max() - 0.012]
    over = np.array([0.0, ear[:, 1].max() - 0.009, top[:, 2].mean() - 0.004])
    half = np.array([max(0.3 * wanted.rim_m, 0.0006), 0.5 * wanted.temple_m])
    steps = np.linspace(0, 1, 18)[:, None]
    level = start + steps * (over - start)
    down = over + np.linspace(0, 1, 9)[1:, None] * np.array([0.0, -0.028, -0.020])
    skin = head.temple(np.concatenate([level, down])[:, 1:]) + half[0] + 0.0008
    # What lies further out bends the temple, it does not move the hinge: that would stand off.
    hinge = max(start[0] + 0.004, skin[3:12].max() - SPLAY_M)
    level[:, 0] = np.interp(steps[:, 0], [0, 0.04, 1], [start[0], hinge, skin[len(level) - 1]])
    down[:, 0] = skin[len(level) :]
    path = np.concatenate([level, down])
    path[1:, 0] = np.maximum(path[1:, 0], skin[1:])
    corner = np.array([[hinge, start[1], start[2] - 0.001]])
    path = np.concatenate([path[:1], corner, path[2:]])
    path[1:] = _smooth(path[1:])
    return tube(path, tuple(half), np.array([0.0, 1.0, 0.001]), square=0.5)


def _smooth(path: np.ndarray) -> np.ndarray:
    inner = 0.25 * path[:-2] + 0.5 * path[1:-1] + 0.25 * path[2:]
    return np.concatenate([path[:1], inner, path[-1:]])


def _pad(place: _Place, head: HeadShape) -> Solid:
    """What rests on the left side of the nose."""
    y = place.centre[1] - 0.25 * place.half[1]
    x = place.centre[0] - 0.98 * place.half[0]
    z = place.on_front(np.array([[x, y]]))[0, 2] - 0.003
    return ball(np.array([x - 0.0012, y, z]), (0.0010, 0.0036, 0.0020), rings=6)
