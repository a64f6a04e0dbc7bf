"""Joints of the template: rest positions, parents and forward kinematics.

Axes: x to the avatar's left, y up, z towards the viewer; metres and radians. Bones have no rest
orientation of their own: with identity rotations every joint is at its rest position.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Skeleton:
    """joint_names (J,), parents before children; parents (J,) int, -1 at the root;
    rest_positions (J, 3) float32 metres."""

    joint_names: tuple[str, ...]
    parents: np.ndarray
    rest_positions: np.ndarray

    def index(self, name: str) -> int:
        """Position of a joint in every array. Raises ValueError for an unknown name."""
        return self.joint_names.index(name)

    def forward_kinematics(
        self, local: np.ndarray, offset: np.ndarray | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Global rotations (J, 3, 3) and positions (J, 3) from local rotations (J, 3, 3).

        offset: (J, 3) metres added to each joint's place in its parent's frame, or None.
        """
        bone = self.rest_positions - np.where(
            (self.parents < 0)[:, None], 0, self.rest_positions[self.parents]
        )
        if offset is not None:
            bone = bone + offset
        # One product a joint: each place goes with its rotation.
        affine = np.zeros((len(bone), 4, 4), np.float32)
        affine[:, :3, :3], affine[:, :3, 3], affine[:, 3, 3] = local, bone, 1
        for joint, parent in enumerate(self.parents.tolist()):
            if parent >= 0:
                affine[joint] = affine[parent] @ affine[joint]
        return affine[:, :3, :3].copy(), affine[:, :3, 3].copy()


def rotations_from_axis_angle(vectors: np.ndarray) -> np.ndarray:
    """Rodrigues' formula: (..., 3) radians -> (..., 3, 3)."""
    vectors = np.asarray(vectors, np.float32)
    angle = np.sqrt((vectors * vectors).sum(-1))
    axis = vectors / np.maximum(angle, 1e-8)[..., None]
    x, y, z = axis[..., 0], axis[..., 1], axis[..., 2]
    sine, rest = np.sin(angle), 1 - np.cos(angle)
    xr, yr, zr = x * rest, y * rest, z * rest
    xs, ys, zs = x * sine, y * sine, z * sine
    xy, xz, yz = x * yr, x * zr, y * zr
    xx, yy, zz = x * xr, y * yr, z * zr
    rows = (
        1 - yy - zz, xy - zs, xz + ys,
        xy + zs, 1 - xx - zz, yz - xs,
        xz - ys, yz + xs, 1 - xx - yy,
    )  # fmt: skip
    return np.stack(rows, -1).reshape(*angle.shape, 3, 3)


def rotation_from_head_angles(angles: np.ndarray) -> np.ndarray:
    """Yaw, pitch, roll (..., 3) as in FaceFrame -> (..., 3, 3): roll, then pitch, then yaw."""
    angles = np.asarray(angles, np.float32)
    sine, cosine = np.sin(angles), np.cos(angles)
    sy, sp, sr = sine[..., 0], sine[..., 1], -sine[..., 2]
    cy, cp, cr = cosine[..., 0], cosine[..., 1], cosine[..., 2]
    rows = (
        cy * cr + sy * sp * sr, sy * sp * cr - cy * sr, sy * cp,
        cp * sr, cp * cr, -sp,
        cy * sp * sr - sy * cr, sy * sr + cy * sp * cr, cy * cp,
    )  # fmt: skip
    return np.stack(rows, -1).reshape((*angles.shape, 3))
