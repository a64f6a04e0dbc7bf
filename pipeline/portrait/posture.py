"""The few angles by which torso and shoulders of a picture differ from the template's rest."""

from dataclasses import dataclass

import numpy as np

from pipeline.names import JOINT_INDEX, NECK_JOINTS, SPINE_JOINTS
from pipeline.skeleton import (
    Skeleton,
    rotation_from_head_angles,
    rotations_from_axis_angle,
)
from pipeline.template import NECK_SHARES

# The girdle's turn is shared by clavicle and shoulder blade.
GIRDLE = (("clavicle", 0.35), ("shoulder01", 0.65))
NECK_ITERATIONS, NECK_TOLERANCE_RAD = 6, 1e-5
# Unknowns of a posture: yaw, pitch and roll of the torso, lift and advance of the left and of the
# right shoulder, radians. Relaxed shoulders hang lower than the template's.
TORSO, LEFT_GIRDLE, RIGHT_GIRDLE, SIZE = slice(0, 3), slice(3, 5), slice(5, 7), 7
RELAXED = np.array([0.0, 0.0, 0.0, -0.2, 0.0, -0.2, 0.0])
BARE_JOINTS = (
    "root", *SPINE_JOINTS, *NECK_JOINTS,
    *(f"{name}.{side}" for side in "LR" for name in ("clavicle", "shoulder01", "upperarm01")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PosedTorso:
    """chest, head (3, 3): rotations; head_place (3,), shoulders (2, 3): metres, left first."""

    chest: np.ndarray
    head: np.ndarray
    head_place: np.ndarray
    shoulders: np.ndarray


class Torso:
    """Spine, neck and girdle of one person, without arms, hands and eyes."""

    def __init__(self, skeleton: Skeleton) -> None:
        kept = [skeleton.index(name) for name in BARE_JOINTS]
        parents = [
            kept.index(parent) if parent >= 0 else -1 for parent in skeleton.parents[kept].tolist()
        ]
        self._bare = Skeleton(BARE_JOINTS, np.array(parents), skeleton.rest_positions[kept])
        self._spine = [BARE_JOINTS.index(name) for name in SPINE_JOINTS]
        self._neck = [BARE_JOINTS.index(name) for name in NECK_JOINTS]
        self._girdle = [BARE_JOINTS.index(f"{name}.{s}") for s in "LR" for name, _ in GIRDLE]
        self._shoulders = [BARE_JOINTS.index(f"upperarm01.{side}") for side in "LR"]

    def chest(self, posture: np.ndarray) -> np.ndarray:
        """Rotation (3, 3) of the uppermost spine joint."""
        turned = np.eye(3)
        for turn in rotations_from_axis_angle(spine_vectors(posture)):
            turned = turned @ turn
        return turned

    def pose(
        self, posture: np.ndarray, head_rotation: np.ndarray, head_translation: np.ndarray
    ) -> PosedTorso:
        """Where everything is; head_rotation and head_translation (3,) as in FaceFrame."""
        local = np.tile(np.eye(3, dtype=np.float32), (len(BARE_JOINTS), 1, 1))
        local[self._spine] = rotations_from_axis_angle(spine_vectors(posture))
        local[self._neck] = _neck_turns(head_rotation)
        local[self._girdle] = rotations_from_axis_angle(girdle_vectors(posture))
        offset = np.zeros((len(BARE_JOINTS), 3), np.float32)
        offset[self._neck] = np.outer(NECK_SHARES, head_translation)
        rotation, place = self._bare.forward_kinematics(local, offset)
        rotation, place = rotation.astype(np.float64), place.astype(np.float64)
        head = self._neck[-1]
        return PosedTorso(
            rotation[self._spine[-1]], rotation[head], place[head], place[self._shoulders]
        )


def spine_vectors(posture: np.ndarray) -> np.ndarray:
    """(5, 3) axis-angle of the spine: yaw to the person's left, pitch down, roll to the left."""
    yaw, pitch, roll = posture[TORSO]
    return np.tile(np.array([pitch, yaw, -roll]) / len(SPINE_JOINTS), (len(SPINE_JOINTS), 1))


def girdle_vectors(posture: np.ndarray) -> np.ndarray:
    """(4, 3) axis-angle of left clavicle, left shoulder blade, right clavicle, right blade."""
    shares = np.array([share for _, share in GIRDLE])[:, None]
    sides = []
    for sign, angles in ((1.0, posture[LEFT_GIRDLE]), (-1.0, posture[RIGHT_GIRDLE])):
        lift, advance = angles
        sides.append(shares * np.array([0.0, -sign * advance, sign * lift]))
    return np.concatenate(sides)


def with_posture(joints: np.ndarray, posture: np.ndarray) -> np.ndarray:
    """(49, 3) joint rotations of hanging arms with this posture; the arms go on hanging from the
    chest in the same direction whatever the girdle does.

    joints: (49, 3) axis-angle with an untouched girdle
    """
    posed = np.array(joints, np.float64)
    posed[[JOINT_INDEX[name] for name in SPINE_JOINTS]] = spine_vectors(posture)
    for side, vectors in zip("LR", np.split(girdle_vectors(posture), 2), strict=True):
        turned = np.eye(3)
        for (name, _), vector in zip(GIRDLE, vectors, strict=True):
            posed[JOINT_INDEX[f"{name}.{side}"]] = vector
            turned = turned @ rotations_from_axis_angle(vector)
        upper = JOINT_INDEX[f"upperarm01.{side}"]
        posed[upper] = axis_angle(turned.T @ rotations_from_axis_angle(joints[upper]))
    return posed.astype(np.float32)


def neck_angles(wanted: np.ndarray, near: np.ndarray | None = None) -> np.ndarray:
    """Yaw, pitch, roll (3,) whose shares along the neck turn the head by `wanted` (3, 3); `near`:
    a guess, which saves time."""
    target = _head_angles(wanted)
    angles = target if near is None else near
    for _ in range(NECK_ITERATIONS):
        first, second, third, fourth = _neck_turns(angles).astype(np.float64)
        change = target - _head_angles(first @ second @ third @ fourth)
        angles = angles + change
        if np.abs(change).max() < NECK_TOLERANCE_RAD:
            break
    return angles


def _neck_turns(head_rotation: np.ndarray) -> np.ndarray:
    return rotation_from_head_angles(np.outer(NECK_SHARES, head_rotation))


def _head_angles(rotation: np.ndarray) -> np.ndarray:
    """Inverse of skeleton.rotation_from_head_angles."""
    pitch = np.arcsin(np.clip(-rotation[1, 2], -1, 1))
    yaw = np.arctan2(rotation[0, 2], rotation[2, 2])
    roll = -np.arctan2(rotation[1, 0], rotation[1, 1])
    return np.array([yaw, pitch, roll])


def axis_angle(rotation: np.ndarray) -> np.ndarray:
    """(3,) radians of a rotation (3, 3) by less than pi."""
    twice = np.array(
        [
            rotation[2, 1] - rotation[1, 2],
            rotation[0, 2] - rotation[2, 0],
            rotation[1, 0] - rotation[0, 1],
        ]
    )
    sine = 0.5 * float(np.linalg.norm(twice))
    angle = np.arctan2(sine, 0.5 * (np.trace(rotation) - 1.0))
    return twice * (angle / (2.0 * sine) if sine > 1e-8 else 0.5)
