"""The head that glasses, hats and jewellery are cut to: what its skin measures where they touch it.

Everything is measured on the person's own body at rest, in template axes and metres.
"""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter, maximum_filter
from scipy.spatial import KDTree

from pipeline.template import FOLDER, load_template
from training.people.body import BODY_VERTICES, Body
from training.people.pose import actions_from

# Where glasses must leave room: what these expressions lift towards them.
LIFTING = (
    {"mouthSmile": 1.0, "cheekSquint": 0.8},
    {"browDown": 0.8, "noseSneer": 0.6},
    {"browInnerUp": 0.8},
)
LOWEST_M, SHOULDER_M = -0.20, 0.30
AZIMUTHS, ELEVATIONS = 72, 45
SEARCH_M = 0.004
SOFT_MASK = 0.5


@dataclass(frozen=True, slots=True)
class HeadShape:
    """skin (S, 3): points all over head, neck and shoulders; front (F, 3): the same and where
    expressions lift it; ear (S,) bool; centre (3,) of the skull; skull (AZIMUTHS, ELEVATIONS):
    its radius without ears; eyes (2, 3) left, right; eye_radius_m; neck_base (3,); skin_weights
    (S, J)"""

    skin: np.ndarray
    front: np.ndarray
    ear: np.ndarray
    centre: np.ndarray
    skull: np.ndarray
    eyes: np.ndarray
    eye_radius_m: float
    neck_base: np.ndarray
    skin_weights: np.ndarray

    def nose_and_cheeks(self, points: np.ndarray) -> np.ndarray:
        """(P,) the foremost z of the skin, under any expression, around points (P, 2) x, y."""
        near = KDTree(self.front[:, :2]).query_ball_point(points, SEARCH_M)
        return np.array([self.front[rows, 2].max(initial=-1.0) for rows in near])

    def temple(self, points: np.ndarray) -> np.ndarray:
        """(P,) how far out the left side of the head is, without its ear, at points (P, 2) y, z."""
        side = self.skin[(self.skin[:, 0] > 0.02) & ~self.ear]
        near = KDTree(side[:, 1:]).query_ball_point(points, SEARCH_M)
        return np.array([side[rows, 0].max(initial=0.0) for rows in near])

    def left_ear(self) -> np.ndarray:
        """(E, 3) points of the left ear."""
        return self.skin[self.ear & (self.skin[:, 0] > 0)]

    def radius(self, azimuth: np.ndarray, elevation: np.ndarray) -> np.ndarray:
        """Of the skull in these directions from its centre; azimuth is 0 at the front and grows to
        the person's left."""
        return sampled(self.skull, azimuth, elevation)

    def weights_at(self, points: np.ndarray) -> np.ndarray:
        """(P, J) skin weights of the skin beneath points (P, 3), evened out."""
        distance, rows = KDTree(self.skin).query(points, k=12)
        share = 1 / (distance + 0.004)
        share /= share.sum(1, keepdims=True)
        return np.einsum("pk,pkj->pj", share, self.skin_weights[rows])


def head_shape(body: Body) -> HeadShape:
    rest = body.rest[:BODY_VERTICES].astype(np.float64)
    triangles = body.triangles
    corners = rest[triangles]
    near = (corners[..., 1] > LOWEST_M).all(1) & (np.abs(corners[..., 0]) < SHOULDER_M).all(1)
    triangles = triangles[near]
    is_ear = _ears(len(rest))
    skin = spread(rest, triangles)
    ear = spread(is_ear[:, None].astype(float), triangles)[:, 0] > SOFT_MASK
    deltas = body.action_deltas[:, :BODY_VERTICES]
    lifted = [
        spread(rest + np.tensordot(actions_from(named), deltas, 1), triangles) for named in LIFTING
    ]
    front = np.concatenate([skin, *lifted])
    front = front[(front[:, 2] > 0.03) & (front[:, 1] > -0.06)]
    balls = [body.eyeball(side) for side in "LR"]
    eyes = np.stack([centre for centre, _ in balls]).astype(np.float64)
    skull = skin[~ear & (skin[:, 1] > eyes[:, 1].mean())]
    middle = 0.5 * (skull[:, 2].min() + skull[:, 2].max())
    centre = np.array([0.0, eyes[:, 1].mean() + 0.025, middle])
    weights = spread(body.skin_weights[:BODY_VERTICES], triangles)
    radii = support(skin[~ear], centre)
    base = body.joint("neck01").astype(np.float64)
    return HeadShape(skin, front, ear, centre, radii, eyes, balls[0][1], base, weights)


def spread(values: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """(4 T, C) of values (V, C): at the middle of each triangle and near each corner."""
    corner = values[triangles]
    middle = corner.mean(1, keepdims=True)
    return np.concatenate([middle, 0.75 * corner + 0.25 * middle], 1).reshape(-1, values.shape[-1])


def directions(points: np.ndarray, centre: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Azimuth, elevation and distance (P,) of points seen from the centre."""
    x, y, z = np.moveaxis(points - centre, -1, 0)
    return np.arctan2(x, z), np.arctan2(y, np.hypot(x, z)), np.sqrt(x * x + y * y + z * z)


def in_direction(centre: np.ndarray, azimuth, elevation, radius) -> np.ndarray:
    """(..., 3) points; the inverse of `directions`."""
    flat = radius * np.cos(elevation)
    x, z = flat * np.sin(azimuth), flat * np.cos(azimuth)
    return centre + np.stack([x, radius * np.sin(elevation), z], -1)


def support(points: np.ndarray, centre: np.ndarray, smooth: float = 1.2) -> np.ndarray:
    """(AZIMUTHS, ELEVATIONS) radius of a smooth surface that holds all points inside."""
    azimuth, elevation, distance = directions(points, centre)
    column = np.round((azimuth / (2 * np.pi) % 1) * AZIMUTHS).astype(int) % AZIMUTHS
    row = np.round((elevation / np.pi + 0.5) * (ELEVATIONS - 1)).astype(int)
    grid = np.zeros((AZIMUTHS, ELEVATIONS))
    np.maximum.at(grid, (column, row), distance)
    grid[:, -1] = grid[:, -1].max()
    edge = 8
    grid = np.pad(np.concatenate([grid[-edge:], grid, grid[:edge]]), ((0, 0), (edge, edge)), "edge")
    while (grid == 0).any():
        grid = np.where(grid == 0, maximum_filter(grid, 3), grid)
    soft = gaussian_filter(grid, smooth)
    soft = soft + gaussian_filter(np.maximum(grid - soft, 0), 0.7 * smooth)
    return soft[edge:-edge, edge:-edge]


def sampled(grid: np.ndarray, azimuth: np.ndarray, elevation: np.ndarray) -> np.ndarray:
    """A grid of `support` between its nodes."""
    u = (azimuth / (2 * np.pi) % 1) * AZIMUTHS
    v = np.clip((elevation / np.pi + 0.5) * (ELEVATIONS - 1), 0, ELEVATIONS - 1 - 1e-9)
    i, j = np.floor(u).astype(int), np.floor(v).astype(int)
    s, t = u - i, v - j
    i, k = i % AZIMUTHS, (i + 1) % AZIMUTHS
    low = grid[i, j] * (1 - s) + grid[k, j] * s
    high = grid[i, j + 1] * (1 - s) + grid[k, j + 1] * s
    return low * (1 - t) + high * t


def _ears(count: int) -> np.ndarray:
    """(count,) bool: vertices of the base mesh on an ear."""
    with np.load(FOLDER / "template.npz") as file:
        base = file["base_index"]
    mask = np.zeros(count, bool)
    skin = base < count
    mask[base[skin]] = load_template().ear_mask[: len(base)][skin] > SOFT_MASK
    return mask
