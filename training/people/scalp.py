"""Where hair grows on the base mesh: hairline, beard areas, roots.

The layout of the body's texture is the same for everybody, so areas are drawn there once. On the
head one unit of it is about a metre; u grows from the crown over the face to the chin, v from ear
to ear, and the face is the same at both sides of the midline.
"""

from dataclasses import dataclass

import numpy as np

from training.people.body import Body
from training.people.subdivision import vertex_normals

MIDLINE_V = 0.486
# The head's island; what grows hair lies in this rectangle: u from, u to, v from, v to.
HEAD_ISLAND = (0.60, 1.0, 0.16, 0.812)
# Half of the hairline: u and distance from the midline, from the forehead over the temple, the
# sideburn and around the ear to the nape.
HAIRLINE = (
    (0.763, -0.1), (0.763, 0.0), (0.764, 0.022), (0.762, 0.044), (0.768, 0.062), (0.784, 0.074),
    (0.808, 0.086), (0.838, 0.097), (0.866, 0.109), (0.872, 0.118), (0.845, 0.124),
    (0.820, 0.130), (0.812, 0.150), (0.818, 0.170), (0.838, 0.190), (0.880, 0.204),
    (0.893, 0.235), (0.893, 0.5), (0.3, 0.5), (0.3, -0.1),
)  # fmt: skip

# Beard areas, half of each, drawn likewise; the lips and what is between them stay free.
BEARDS = {
    "moustache": ((0.884, -0.1), (0.884, 0.004), (0.883, 0.012), (0.889, 0.023), (0.902, 0.030),
                  (0.915, 0.034), (0.918, 0.028), (0.908, 0.0235), (0.901, 0.018), (0.8955, 0.011),
                  (0.8925, 0.005), (0.893, 0.0), (0.893, -0.1)),
    "goatee": ((0.931, -0.1), (0.931, 0.009), (0.923, 0.019), (0.915, 0.026), (0.917, 0.034),
               (0.932, 0.037), (0.955, 0.036), (0.975, 0.026), (0.982, 0.0), (0.982, -0.1)),
    "jaw": ((0.862, 0.104), (0.868, 0.116), (0.890, 0.118), (0.925, 0.105), (0.950, 0.085),
            (0.975, 0.060), (0.985, 0.030), (0.985, -0.1), (0.934, -0.1), (0.932, 0.020),
            (0.920, 0.033), (0.910, 0.034), (0.908, 0.048), (0.910, 0.066), (0.898, 0.084),
            (0.880, 0.096)),
}  # fmt: skip
# Half of the lips' outline.
LIPS = (
    (0.8955, -0.1), (0.8955, 0.0), (0.8945, 0.006), (0.898, 0.012), (0.904, 0.017),
    (0.911, 0.0205), (0.918, 0.016), (0.925, 0.008), (0.927, 0.0), (0.927, -0.1),
)  # fmt: skip
LIP_CORNER = (0.911, 0.0205)


@dataclass(frozen=True, slots=True)
class Skull:
    """centre: (3,) between the ears at the eyes' height, metres; height_m: from there to the
    crown. In units of the skull a point is (point - centre) / height_m."""

    centre: np.ndarray
    height_m: float

    def local(self, points: np.ndarray) -> np.ndarray:
        return (points - self.centre) / self.height_m


@dataclass(frozen=True, slots=True)
class Roots:
    """Where single hairs or locks leave the skin: points, normals (N, 3); the body's vertices
    (N, 3) and their shares (N, 3); atlas (N, 2) place in the layout, v from the midline."""

    points: np.ndarray
    normals: np.ndarray
    vertex: np.ndarray
    share: np.ndarray
    atlas: np.ndarray

    def take(self, chosen: np.ndarray) -> "Roots":
        return Roots(*(getattr(self, name)[chosen] for name in self.__slots__))


def skull_of(body: Body) -> Skull:
    eyes = np.stack([body.eyeball(side)[0] for side in "LR"]).mean(0)
    inside = np.unique(body.triangles)
    crown = float(body.rest[inside, 1].max())
    height = crown - float(eyes[1])
    return Skull(np.array([0.0, eyes[1], eyes[2] - 0.75 * height]), height)


def distance_inside(outline: np.ndarray, points: np.ndarray) -> np.ndarray:
    """Signed distance (N,) of points (N, 2) to a closed outline (K, 2), positive inside."""
    start, end = outline, np.roll(outline, -1, 0)
    edge = end - start
    away = points[:, None] - start
    along = np.clip((away * edge).sum(-1) / np.maximum((edge**2).sum(-1), 1e-12), 0, 1)
    distance = np.linalg.norm(away - along[..., None] * edge, axis=-1).min(1)
    y, x = points[:, None, 1], points[:, None, 0]
    spans = (start[:, 1] > y) != (end[:, 1] > y)
    rise = np.where(edge[:, 1] == 0, 1e-12, edge[:, 1])
    left = x < start[:, 0] + (y - start[:, 1]) / rise * edge[:, 0]
    inside = (spans & left).sum(1) % 2 == 1
    return np.where(inside, distance, -distance)


def atlas_of(uv: np.ndarray) -> np.ndarray:
    """(N, 2): u and distance from the midline of texture coordinates (N, 2)."""
    return np.stack([uv[:, 0], np.abs(uv[:, 1] - MIDLINE_V)], 1)


def on_scalp(uv: np.ndarray, receded_m: float = 0.0) -> np.ndarray:
    """About how far (N,) inside the hairline points of the texture are, in metres.

    receded_m: how much the corners of the forehead have moved back
    """
    outline = np.array(HAIRLINE)
    outline[:6, 0] -= receded_m * np.array([0.35, 0.35, 0.5, 1.0, 1.0, 0.6])
    return distance_inside(outline, atlas_of(uv))


def beard_strength(name: str, uv: np.ndarray) -> np.ndarray:
    """About how far (N,) inside a beard points of the texture are, in metres; name: one of
    BEARDS, or "full": all together."""
    areas = {"full": tuple(BEARDS), "goatee": ("goatee", "moustache")}.get(name, (name,))
    place = atlas_of(uv)
    return np.max([distance_inside(np.array(BEARDS[area]), place) for area in areas], 0)


def lip_distance(atlas: np.ndarray) -> np.ndarray:
    """About how far (N,) outside the lips points (N, 2) as of atlas_of are, in metres."""
    return -distance_inside(np.array(LIPS), atlas)


def on_head(body: Body) -> np.ndarray:
    """Rows of the body's triangles that lie in the head's island."""
    u0, u1, v0, v1 = HEAD_ISLAND
    u, v = body.triangle_uv[..., 0], body.triangle_uv[..., 1]
    # Other parts of the body lie in the rectangle too.
    names = np.array([name.startswith(("head", "neck")) for name in body.skeleton.joint_names])
    above = body.skin_weights[:, names].sum(1)[body.triangles] > 0.5
    return np.flatnonzero((above & (u > u0) & (u <= u1) & (v > v0) & (v < v1)).all(1))


def sow(body: Body, density, count: int, rng: np.random.Generator) -> Roots:
    """About `count` roots, evenly over the skin where `density` of uv (N, 2), in [0, 1], is one."""
    rows = on_head(body)
    triangles, uv = body.triangles[rows], body.triangle_uv[rows]
    keep = density(uv.reshape(-1, 2)).reshape(-1, 3).max(1) > 0
    triangles, uv = triangles[keep], uv[keep]
    corner = body.rest[triangles]
    area = np.linalg.norm(
        np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1
    )
    tries = 3 * count
    row = np.searchsorted(np.cumsum(area) / area.sum(), (np.arange(tries) + 0.5) / tries)
    share = rng.dirichlet([1.0, 1.0, 1.0], tries)
    place = (uv[row] * share[..., None]).sum(1)
    rng_order = rng.permutation(np.flatnonzero(rng.uniform(size=tries) < density(place)))[:count]
    row, share, place = row[rng_order], share[rng_order], place[rng_order]
    normal = vertex_normals(body.rest, body.triangles)[triangles[row]]
    normal = (normal * share[..., None]).sum(1)
    return Roots(
        (corner[row] * share[..., None]).sum(1),
        normal / np.linalg.norm(normal, axis=1, keepdims=True),
        triangles[row],
        share,
        np.stack([place[:, 0], place[:, 1] - MIDLINE_V], 1),
    )
