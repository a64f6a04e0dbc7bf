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
        rotation = np.array(local, np.float32)
        position = bone.astype(np.float32)
        for joint, parent in enumerate(self.parents.tolist()):
            if parent >= 0:
                rotation[joint] = rotation[parent] @ local[joint]
                position[joint] = position[parent] + rotation[parent] @ bone[joint]
        return rotation, position


def rotations_from_axis_angle(vectors: np.ndarray) -> np.ndarray:
    """Rodrigues' formula: (..., 3) radians -> (..., 3, 3)."""
    vectors = np.asarray(vectors, np.float32)
    angle = np.linalg.norm(vectors, axis=-1)[..., None, None]
    axis = vectors / np.maximum(angle[..., 0], 1e-8)
    x, y, z = axis[..., 0], axis[..., 1], axis[..., 2]
    zero = np.zeros_like(x)
    cross = np.stack([zero, -z, y, z, zero, -x, -y, x, zero], -1).reshape(*x.shape, 3, 3)
    return np.eye(3, dtype=np.float32) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross


def rotation_from_head_angles(angles: np.ndarray) -> np.ndarray:
    """Yaw, pitch, roll (..., 3) as in FaceFrame -> (..., 3, 3): roll, then pitch, then yaw."""
    yaw, pitch, roll = np.moveaxis(np.asarray(angles, np.float32), -1, 0)
    zero = np.zeros_like(yaw)
    about_y = rotations_from_axis_angle(np.stack([zero, yaw, zero], -1))
    about_x = rotations_from_axis_angle(np.stack([pitch, zero, zero], -1))
    about_z = rotations_from_axis_angle(np.stack([zero, zero, -roll], -1))
    return about_y @ about_x @ about_z
