"""A person ready to be posed: body, eyes, teeth, hair and clothes in one set of vertices."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import IntEnum

import numpy as np
from scipy import sparse

from training.people.assets import Asset
from training.people.body import Body
from training.people.hair_card import Grown
from training.people.material import Material
from training.people.solid import Solid
from training.people.strands import Cards, Groom, alpha_of, grow
from training.people.subdivision import loop_subdivision, split_linear, vertex_normals

PUSH_OUT_M = 0.002
# The asset's teeth pierce the corners of smiling lips.
NARROWER_TEETH = np.array([0.92, 1.0, 1.0], np.float32)
PULLED_BACK_M = np.array([0.0, 0.0, 0.0015], np.float32)


class Kind(IntEnum):
    """What a part is made of; the same numbers stand in the shaders."""

    SKIN = 1
    EYE = 2
    BROW = 3
    LASH = 4
    TEETH = 5
    TONGUE = 6
    HAIR = 7
    CLOTH = 8
    GLASSES = 9
    LENS = 10
    HEADWEAR = 11
    HEADPHONES = 12
    JEWELLERY = 13


WORN = (Kind.GLASSES, Kind.LENS, Kind.HEADWEAR, Kind.HEADPHONES, Kind.JEWELLERY)


@dataclass(frozen=True, slots=True)
class Part:
    """A drawable piece.

    source: (R,) geometry vertex of each render vertex; uv: (R, 2); triangles: (T, 3) into R
    tangent: (R, 3) rest direction of hair strands, else zeros
    texture: name of the colour texture, or "" for a procedural surface
    relief: stem of the names of a garment's `_normal` and `_ao` textures, or ""
    material: of what is worn, and of a layer of cloth that has its own colour
    on_face: hair that rides on the face, a beard
    """

    kind: Kind
    source: np.ndarray
    uv: np.ndarray
    triangles: np.ndarray
    tangent: np.ndarray
    texture: str = ""
    relief: str = ""
    material: Material | None = None
    on_face: bool = False


@dataclass(slots=True)
class Character:
    """Geometry of a whole person (N vertices) and how it moves.

    rest: (N, 3) metres; moving: (M,) vertices that actions move; delta: (52, M, 3)
    weight, joint: (N, 8) skin weights; eye_centre: (2, 3) left, right
    """

    body: Body
    rest: np.ndarray
    moving: np.ndarray
    delta: np.ndarray
    weight: np.ndarray
    joint: np.ndarray
    eye_centre: np.ndarray
    eye_radius_m: float
    teeth_front_m: float
    normal_of: np.ndarray
    parts: list[Part] = field(default_factory=list)

    def posed(
        self,
        actions: np.ndarray,
        rotation: np.ndarray,
        position: np.ndarray,
        swayed: tuple[np.ndarray, np.ndarray] | None = None,
    ) -> np.ndarray:
        """Vertices (N, 3) for actions (52,), joint rotations (J, 3, 3) and positions (J, 3).

        Rotations are global; linear blend skinning. swayed: vertices (M,) and how far each is
        away from its place at rest (M, 3)
        """
        vertices = self.rest.copy()
        vertices[self.moving] += np.tensordot(actions.astype(np.float32), self.delta, 1)
        if swayed is not None:
            vertices[swayed[0]] += swayed[1]
        moved = np.zeros_like(vertices)
        rest_joints = self.body.skeleton.rest_positions
        for k in range(self.weight.shape[1]):
            j = self.joint[:, k]
            arm = vertices - rest_joints[j]
            turned = np.einsum("nij,nj->ni", rotation[j], arm) + position[j]
            moved += self.weight[:, k : k + 1] * turned
        return moved

    def turned(self, rows: np.ndarray, directions: np.ndarray, rotation: np.ndarray) -> np.ndarray:
        """Unit directions (M, 3) at vertices `rows` as the joints' rotations (J, 3, 3) turn
        them."""
        matrix = (self.weight[rows][..., None, None] * rotation[self.joint[rows]]).sum(1)
        out = np.einsum("nij,nj->ni", matrix, directions)
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)

    def normals(self, vertices: np.ndarray) -> np.ndarray:
        """(N, 3) unit normals over all parts together."""
        triangles = np.concatenate([part.source[part.triangles] for part in self.parts])
        return vertex_normals(vertices, triangles)[self.normal_of].astype(np.float32)


class Builder:
    """Collects parts; `finish()` returns the Character.

    over_hair: puts points of hair (P, 3) under what is worn over it
    """

    def __init__(self, body: Body, over_hair: Callable[[np.ndarray], np.ndarray] = np.asarray):
        self.body = body
        self._over_hair = over_hair
        self._rest: list[np.ndarray] = []
        self._skin: list[np.ndarray] = []
        self._delta: list[tuple[int, np.ndarray]] = []
        self._parts: list[Part] = []
        self._normal_of: list[np.ndarray] = []
        self._count = 0
        self._teeth_front_m = 0.0

    def add_skin(self, hidden: np.ndarray, texture: str) -> None:
        """The visible body: without the faces all of whose vertices are in `hidden`."""
        gone = np.zeros(len(self.body.rest), bool)
        gone[hidden] = True
        low = below_picture(self.body)
        triangles = self.body.triangles
        keep = ~gone[triangles].all(1) & ~low[triangles].all(1)
        first = self._add(self.body.rest, self.body.skin_weights, self.body.action_deltas)
        uv = self.body.triangle_uv[keep]
        self._draw(Kind.SKIN, triangles[keep] + first, uv, texture)

    def add_asset(
        self,
        kind: Kind,
        asset: Asset,
        texture: str,
        *,
        moves: bool,
        relief: str = "",
        material: Material | None = None,
    ) -> None:
        """A fitted proxy; `moves` says whether facial actions carry it.

        Hair and cloth are coarse: they are subdivided once, and cloth is pushed off the body.
        material: of cloth that has its own colour
        """
        fit, mesh = asset.fit, asset.mesh
        rest, triangles, uv, uv_triangles = (
            fit.place(self.body.rest), mesh.triangles, mesh.uv, mesh.uv_triangles
        )  # fmt: skip
        matrix = _rows(fit.reference, np.clip(fit.weight, 0, 1), len(self.body.rest))
        if kind in (Kind.HAIR, Kind.CLOTH):
            uv_triangles, uv = split_linear(uv_triangles, uv)
            triangles, finer = loop_subdivision(triangles, len(rest))
            rest, matrix = finer @ rest, finer @ matrix
        if kind == Kind.CLOTH:
            rest = rest + PUSH_OUT_M * vertex_normals(rest, triangles)
        if kind == Kind.HAIR:
            rest = self._over_hair(rest)
        if kind == Kind.TEETH:
            rest = rest * NARROWER_TEETH - PULLED_BACK_M
            self._teeth_front_m = float(rest[:, 2].max())
        delta = fit.carry(self.body.action_deltas) if moves else None
        first = self._add(rest, matrix @ self.body.skin_weights, delta)
        keep = ~(matrix @ below_picture(self.body) > 0.99)[triangles].all(1)
        self._draw(kind, triangles[keep] + first, uv[uv_triangles[keep]], texture, relief)
        if material is not None:
            self._parts[-1] = replace(self._parts[-1], material=material)

    def add_eyes(self, rings: int = 32) -> None:
        """Two smooth eyeballs in place of the base mesh's coarse ones."""
        for side, joint in (("L", "eye.L"), ("R", "eye.R")):
            centre, radius = self.body.eyeball(side)
            points, triangles = _sphere(rings)
            skin = np.zeros((len(points), len(self.body.skeleton.parents)), np.float32)
            skin[:, self.body.skeleton.index(joint)] = 1
            first = self._add(centre + radius * points, skin, None)
            self._draw(Kind.EYE, triangles + first, np.zeros((len(triangles), 3, 2)), "")

    def add_strands(self, texture: np.ndarray, groom: Groom) -> None:
        """Single hairs over the hair added last; texture: its RGBA picture."""
        part = self._parts[-1]
        rest = np.concatenate(self._rest)
        normals = vertex_normals(rest, part.source[part.triangles])[part.source]
        cards = Cards(rest[part.source], normals, part.uv, part.triangles, alpha_of(texture))
        strands = grow(cards, groom)
        near = part.source[strands.card_vertex]
        points = self._over_hair(strands.points)
        first = self._add(points, np.concatenate(self._skin)[near], None)
        self._normal_of[-1] = near
        source = np.arange(first, first + len(strands.points))
        self._parts.append(
            Part(Kind.HAIR, source, strands.along, strands.triangles, strands.tangent)
        )

    def add_worn(self, kind: Kind, solid: Solid, skin: np.ndarray, material: Material) -> None:
        """A thing of its own shape; skin: (V, J) skin weights."""
        first = self._add(solid.points, skin, None)
        source = first + np.arange(len(solid.points))
        still = np.zeros((len(source), 3), np.float32)
        triangles = solid.triangles.astype(np.int32)
        uv = solid.uv.astype(np.float32)
        self._parts.append(Part(kind, source, uv, triangles, still, material=material))

    def add_grown(self, grown: Grown) -> None:
        """Hair that grows from the skin, which was added first."""
        points = grown.points if grown.on_face else self._over_hair(grown.points)
        first = self._add(points, grown.skin, grown.delta)
        source = np.arange(first, first + len(grown.points))
        self._normal_of[-1] = np.where(grown.normal_of < 0, source, grown.normal_of)
        self._parts.append(
            Part(
                Kind.HAIR, source, grown.uv.astype(np.float32), grown.triangles.astype(np.int32),
                grown.tangent.astype(np.float32), grown.texture, on_face=grown.on_face,
            )
        )  # fmt: skip

    def finish(self) -> Character:
        rest = np.concatenate(self._rest)
        dense = np.concatenate(self._skin)
        order = np.argpartition(-dense, 7, 1)[:, :8]
        order = np.take_along_axis(order, np.argsort(-np.take_along_axis(dense, order, 1), 1), 1)
        weight = np.take_along_axis(dense, order, 1)
        weight /= np.maximum(weight.sum(1, keepdims=True), 1e-9)
        centre, radius = zip(*(self.body.eyeball(side) for side in "LR"), strict=True)
        return Character(
            self.body, rest, *self._moved(), weight.astype(np.float32),
            order.astype(np.int32), np.stack(centre), float(np.mean(radius)),
            self._teeth_front_m, np.concatenate(self._normal_of), self._parts,
        )  # fmt: skip

    def _moved(self) -> tuple[np.ndarray, np.ndarray]:
        """Vertices (M,) that actions move and by how much (52, M, 3)."""
        rows = [np.flatnonzero(np.abs(delta).max((0, 2)) > 1e-6) for _, delta in self._delta]
        moving = [first + row for (first, _), row in zip(self._delta, rows, strict=True)]
        delta = [each[:, row] for (_, each), row in zip(self._delta, rows, strict=True)]
        return np.concatenate(moving), np.concatenate(delta, 1)

    def _add(self, rest, skin, delta) -> int:
        first = self._count
        self._rest.append(np.asarray(rest, np.float32))
        self._skin.append(np.asarray(skin, np.float32))
        if delta is not None:
            self._delta.append((first, np.asarray(delta, np.float32)))
        self._normal_of.append(np.arange(first, first + len(rest)))
        self._count += len(rest)
        return first

    def _draw(self, kind: Kind, triangles, corner_uv, texture: str, relief: str = "") -> None:
        """Split geometry vertices where the texture has a seam."""
        flat = triangles.reshape(-1)
        uv = np.asarray(corner_uv, np.float32).reshape(-1, 2)
        key = np.concatenate([flat[:, None], np.round(uv * 16384).astype(np.int64)], 1)
        _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
        source, uv = flat[first], uv[first]
        index = inverse.reshape(-1, 3).astype(np.int32)
        tangent = np.zeros((len(source), 3), np.float32)
        if kind == Kind.HAIR:
            tangent = strand_direction(np.concatenate(self._rest)[source], uv, index)
        self._parts.append(Part(kind, source, uv, index, tangent, texture, relief))


def strand_direction(points: np.ndarray, uv: np.ndarray, triangles: np.ndarray) -> np.ndarray:
    """(R, 3) unit dP/dv: textures of hair cards run from root to tip along v."""
    p, t = points[triangles], uv[triangles]
    e1, e2 = p[:, 1] - p[:, 0], p[:, 2] - p[:, 0]
    d1, d2 = t[:, 1] - t[:, 0], t[:, 2] - t[:, 0]
    turn = np.sign(d1[:, :1] * d2[:, 1:] - d2[:, :1] * d1[:, 1:])
    along = (e2 * d1[:, :1] - e1 * d2[:, :1]) * turn
    total = np.zeros_like(points)
    for k in range(3):
        np.add.at(total, triangles[:, k], along)
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)


def below_picture(body: Body) -> np.ndarray:
    """(B,) bool: vertices lower than the hips, which no portrait shows."""
    return body.rest[:, 1] < body.joint("spine05")[1] - 0.05


def _rows(reference: np.ndarray, weight: np.ndarray, width: int) -> sparse.csr_matrix:
    rows = np.repeat(np.arange(len(reference)), 3)
    share = weight / np.maximum(weight.sum(1, keepdims=True), 1e-9)
    return sparse.csr_matrix((share.ravel(), (rows, reference.ravel())), (len(reference), width))


def _sphere(rings: int) -> tuple[np.ndarray, np.ndarray]:
    """Unit sphere with its pole towards +z, where the iris needs the finest triangles."""
    polar = np.linspace(0, np.pi, rings + 1)
    around = np.linspace(0, 2 * np.pi, 2 * rings, endpoint=False)
    p, a = (x.ravel() for x in np.meshgrid(polar, around, indexing="ij"))
    points = np.stack([np.sin(p) * np.cos(a), np.sin(p) * np.sin(a), np.cos(p)], 1)
    i, j = (x.ravel() for x in np.meshgrid(np.arange(rings), np.arange(2 * rings), indexing="ij"))
    k = (j + 1) % (2 * rings)
    at = lambda r, c: r * 2 * rings + c  # noqa: E731
    triangles = np.concatenate(
        [np.stack([at(i, j), at(i + 1, j), at(i + 1, k)], 1),
         np.stack([at(i, j), at(i + 1, k), at(i, k)], 1)]
    )  # fmt: skip
    return points, triangles
