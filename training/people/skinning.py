"""Vertices and normals of many poses at once, in torch on any device.

The same sums as `Character.posed` and `Character.normals`, which do one pose in numpy.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.people.character import Character
from training.people.looseness import Loose
from training.people.lying import FAR_M, NEAREST


@dataclass(frozen=True, slots=True)
class _LooseTensors:
    """As Loose."""

    vertex: Tensor
    share: Tensor
    normal: Tensor
    clearance_m: Tensor

    def offsets(self, sway: Tensor) -> Tensor:
        """(B, M, 3) of sways (B, G, 3), as Loose.offsets."""
        moved = (self.share[..., None] * sway[:, None]).sum(2)
        inwards = -(moved * self.normal).sum(-1) - self.clearance_m
        return moved + inwards.clamp_min(0)[..., None] * self.normal


@dataclass(frozen=True, slots=True)
class _LyingTensors:
    """As Lying."""

    hair: Tensor
    height_m: Tensor
    held: Tensor
    ground: Tensor
    normal: Tensor

    def lifts(self, vertices: Tensor, matrix: Tensor) -> Tensor:
        """(B, H, 3) for vertices (B, N, 3) whose bones turned them by matrix (B, N, 3, 3)."""
        turned = (matrix[:, self.ground] * self.normal[:, None]).sum(-1)
        normal = torch.nn.functional.normalize(turned, dim=-1)
        lifts = []
        for points, ground, upright in zip(
            vertices[:, self.hair], vertices[:, self.ground], normal, strict=True
        ):
            distance, near = _nearest(_apart(points, ground))
            weight = (distance + 1e-3) ** -2
            weight = weight / weight.sum(1, keepdim=True)
            height = ((points[:, None] - ground[near]) * upright[near]).sum(-1)
            lift = self.height_m - (height * weight).sum(1)
            lift = torch.where(lift > 0, lift, self.held * lift) * (distance[:, 0] < FAR_M)
            lifts.append(lift[:, None] * (upright[near] * weight[..., None]).sum(1))
        return torch.stack(lifts)


class Skinning:
    """Skinning(character, device): N vertices, J joints, R render vertices of all parts.

    posed() -> vertices, normals (B, N, 3); stream() -> (B, R, 6), what Figure.take reads
    """

    def __init__(
        self, character: Character, device: torch.device, loose: Loose | None = None
    ) -> None:
        on = lambda array, dtype=torch.float32: torch.as_tensor(  # noqa: E731
            np.ascontiguousarray(array), dtype=dtype, device=device
        )
        self._rest, self._weight = on(character.rest), on(character.weight)
        self._joint, self._moving = (
            on(character.joint, torch.int64),
            on(character.moving, torch.int64),
        )
        self._delta = on(character.delta).reshape(len(character.delta), -1)
        self._rest_joints = on(character.body.skeleton.rest_positions)
        self._normal_of = on(character.normal_of, torch.int64)
        rows = np.concatenate([part.source for part in character.parts])
        self._rows = on(rows, torch.int64)
        self._loose = None
        self._lying = None
        if loose is not None and len(loose.lying.hair) and len(loose.lying.ground):
            lying = loose.lying
            self._lying = _LyingTensors(
                on(lying.hair, torch.int64), on(lying.height_m), on(lying.held),
                on(lying.ground, torch.int64), on(lying.normal),
            )  # fmt: skip
        if loose is not None and loose.groups:
            self._loose = _LooseTensors(
                on(loose.vertex, torch.int64), on(loose.share), on(loose.normal),
                on(loose.clearance_m),
            )  # fmt: skip
        self._corners, self._faces, self._counts = (
            on(each, torch.int64) for each in _faces_of_vertices(character)
        )

    def posed(
        self, actions: Tensor, rotation: Tensor, position: Tensor, sway: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """actions (B, 52); rotation (B, J, 3, 3), global; position (B, J, 3); sway (B, G, 3)."""
        assert rotation.shape[1:] == (len(self._rest_joints), 3, 3)
        batch = len(actions)
        vertices = self._rest.expand(batch, -1, -1).clone()
        vertices[:, self._moving] += (actions @ self._delta).reshape(batch, -1, 3)
        if self._loose is not None and sway is not None and sway.numel():
            vertices[:, self._loose.vertex] += self._loose.offsets(sway)
        # Products by element: matrix products may be rounded to fewer bits (TF32).
        shift = position - (rotation * self._rest_joints[:, None]).sum(-1)
        bone = torch.cat([rotation, shift[..., None]], -1).reshape(batch, -1, 12)
        blended = torch.zeros(batch, len(self._rest), 12, device=vertices.device)
        for k in range(self._joint.shape[1]):
            blended.addcmul_(bone[:, self._joint[:, k]], self._weight[:, k, None])
        matrix = blended.reshape(batch, -1, 3, 4)
        moved = (matrix[..., :3] * vertices[:, :, None]).sum(-1) + matrix[..., 3]
        if self._lying is not None:
            moved[:, self._lying.hair] += self._lying.lifts(moved, matrix[..., :3])
        return moved, self._normals(moved)

    def _normals(self, vertices: Tensor) -> Tensor:
        """Sums over the faces of each vertex in a fixed order, so that runs repeat."""
        a, b, c = vertices[:, self._corners].unbind(2)
        face = torch.linalg.cross(b - a, c - a).movedim(0, 1)
        total = torch.segment_reduce(
            face[self._faces].flatten(1).contiguous(),
            "sum",
            lengths=self._counts,
            axis=0,
            unsafe=True,
        ).reshape(-1, len(vertices), 3)
        length = total.norm(dim=-1, keepdim=True).clamp_min(1e-12)
        return (total / length).movedim(0, 1)[:, self._normal_of]

    def stream(self, vertices: Tensor, normals: Tensor) -> Tensor:
        """(B, R, 6) contiguous: position and normal of each render vertex."""
        return torch.cat([vertices[:, self._rows], normals[:, self._rows]], -1)


def _apart(points: Tensor, others: Tensor) -> Tensor:
    """(P, Q) squared distances of (P, 3) and (Q, 3). Axis by axis: a matrix product loses the bits
    that tell near points apart, and torch.cdist without one takes a GPU hundreds of times as long.
    """
    total = (points[:, None, 0] - others[:, 0]).square_()
    for axis in (1, 2):
        along = points[:, None, axis] - others[:, axis]
        total.addcmul_(along, along)
    return total


def _nearest(apart: Tensor) -> tuple[Tensor, Tensor]:
    """Distances of the NEAREST least of each row of squares and their columns, in order; on a GPU
    many times as quick as topk. Overwrites the matrix."""
    found = []
    for _ in range(NEAREST):
        least, column = apart.min(1, keepdim=True)
        found.append((least, column))
        apart.scatter_(1, column, torch.inf)
    least, column = zip(*found, strict=True)
    return torch.cat(least, 1).sqrt(), torch.cat(column, 1)


def _faces_of_vertices(character: Character) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Triangles (T, 3) around vertices whose normal is asked for; triangles (E,) by vertex; how
    many (N,) each vertex has."""
    asked = np.zeros(len(character.rest), bool)
    asked[character.normal_of] = True
    triangles = np.concatenate([part.source[part.triangles] for part in character.parts])
    triangles = triangles[asked[triangles].any(1)]
    # In the order of vertex_normals: first corners of all triangles, then second, then third.
    corner = triangles.T.ravel()
    order = np.argsort(corner, kind="stable")
    count = np.bincount(corner, minlength=len(character.rest))
    return triangles, order % len(triangles), count
