"""Poses of a character, in exactly the conventions of pipeline.template."""

from dataclasses import dataclass, field

import numpy as np
from scipy.spatial.transform import Rotation

from pipeline.names import ACTION_INDEX, BODY_JOINTS, FACIAL_ACTIONS, JOINT_INDEX, NECK_JOINTS
from pipeline.skeleton import (
    Skeleton,
    rotation_from_head_angles,
    rotations_from_axis_angle,
)
from pipeline.template import EYE_JOINTS, NECK_SHARES, SourcePose, lids_following_gaze
from training.people.character import Character
from training.people.looseness import Loose


@dataclass(frozen=True, slots=True)
class PosedCharacter:
    """vertices, normals (N, 3); head_rotation (3, 3); gaze (2, 3) unit vectors, left and right;
    eye_centre (2, 3) metres; actions (52,), which furrow the face."""

    character: Character
    vertices: np.ndarray
    normals: np.ndarray
    head_rotation: np.ndarray
    gaze: np.ndarray
    eye_centre: np.ndarray
    actions: np.ndarray = field(default_factory=lambda: np.zeros(len(FACIAL_ACTIONS), np.float32))


def actions_from(named: dict[str, float]) -> np.ndarray:
    """(52,) from ARKit names; a name without Left or Right means both sides."""
    actions = np.zeros(len(FACIAL_ACTIONS), np.float32)
    for name, amount in named.items():
        sides = [name] if name in ACTION_INDEX else [name + "Left", name + "Right"]
        for side in sides:
            actions[ACTION_INDEX[side]] = amount
    return actions


UPPER_ARM_HANGS = np.array([0.17, -1.0, 0.0])
FOREARM_HANGS = np.array([0.07, -1.0, 0.20])


def hanging_arms(skeleton: Skeleton, shoulder_drop_rad: float = 0.0) -> np.ndarray:
    """(49, 3) joint rotations: arms hang at the sides, elbows a little bent.

    shoulder_drop_rad: how far the shoulder girdle itself goes down with the arms."""
    rotation = np.zeros((len(BODY_JOINTS), 3), np.float32)
    for side, sign in (("L", 1.0), ("R", -1.0)):
        turned = np.eye(3)
        for joint, share in (("clavicle", 0.35), ("shoulder01", 0.65)):
            drop = np.array([0.0, 0.0, -sign * share * shoulder_drop_rad])
            rotation[JOINT_INDEX[f"{joint}.{side}"]] = drop
            turned = turned @ rotations_from_axis_angle(drop)
        for first, last, hangs in (
            ("upperarm01", "lowerarm01", UPPER_ARM_HANGS),
            ("lowerarm01", "wrist", FOREARM_HANGS),
        ):
            ends = [skeleton.rest_positions[skeleton.index(f"{n}.{side}")] for n in (first, last)]
            target = hangs * np.array([sign, 1.0, 1.0])
            swing = _swing(turned @ (ends[1] - ends[0]), target)
            local = turned.T @ swing @ turned
            rotation[JOINT_INDEX[f"{first}.{side}"]] = Rotation.from_matrix(local).as_rotvec()
            turned = swing @ turned
    return rotation


def _swing(start: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Shortest rotation (3, 3) that turns one direction into another."""
    a, b = start / np.linalg.norm(start), target / np.linalg.norm(target)
    axis = np.cross(a, b)
    sine = np.linalg.norm(axis)
    angle = np.arctan2(sine, a @ b)
    return rotations_from_axis_angle(axis / max(sine, 1e-9) * angle)


@dataclass(frozen=True, slots=True)
class JointPose:
    """What a pose does to the skeleton, before any vertex moves.

    actions: (52,); rotation (J, 3, 3), global, and position (J, 3) metres of the joints
    head_rotation, gaze, eye_centre: as in PosedCharacter
    sway: (G, 3) of what hangs loose, or (0, 3) where nothing moves by itself
    """

    actions: np.ndarray
    rotation: np.ndarray
    position: np.ndarray
    head_rotation: np.ndarray
    gaze: np.ndarray
    eye_centre: np.ndarray
    sway: np.ndarray = field(default_factory=lambda: np.zeros((0, 3), np.float32))


def joint_pose(
    skeleton: Skeleton, source: SourcePose, translation: np.ndarray | None = None
) -> JointPose:
    """translation: (3,) metres of the head, as in FaceFrame."""
    count = len(skeleton.parents)
    local = np.tile(np.eye(3, dtype=np.float32), (count, 1, 1))
    local[_indices(skeleton, BODY_JOINTS)] = rotations_from_axis_angle(source.joint_rotation)
    neck, eyes = _indices(skeleton, NECK_JOINTS), _indices(skeleton, EYE_JOINTS)
    local[neck] = rotation_from_head_angles(np.outer(NECK_SHARES, source.head_rotation))
    local[eyes] = rotation_from_head_angles(np.concatenate([source.gaze, np.zeros((2, 1))], 1))
    offset = np.zeros((count, 3), np.float32)
    if translation is not None:
        offset[neck] = np.outer(NECK_SHARES, translation)
    rotation, position = skeleton.forward_kinematics(local, offset)
    return JointPose(
        lids_following_gaze(source.actions, source.gaze),
        rotation,
        position,
        rotation[neck[-1]],
        rotation[eyes][:, :, 2],
        position[eyes],
    )


def posed(
    character: Character,
    source: SourcePose,
    translation: np.ndarray | None = None,
    loose: Loose | None = None,
) -> PosedCharacter:
    """The character in one pose; translation: (3,) metres of the head, as in FaceFrame; loose: the
    hair that comes to lie on its shoulders."""
    return posed_by(character, joint_pose(character.body.skeleton, source, translation), loose)


def posed_by(character: Character, pose: JointPose, loose: Loose | None = None) -> PosedCharacter:
    """The character as its joints are; loose: what sways with the pose's sway."""
    swayed = (loose.vertex, loose.offsets(pose.sway)) if loose and len(pose.sway) else None
    vertices = character.posed(pose.actions, pose.rotation, pose.position, swayed)
    if loose:
        lying = loose.lying
        upright = character.turned(lying.ground, lying.normal, pose.rotation)
        lifts = lying.lifts(vertices[lying.hair], vertices[lying.ground], upright)
        vertices[lying.hair] += lifts.astype(np.float32)
    return PosedCharacter(
        character,
        vertices,
        character.normals(vertices),
        pose.head_rotation,
        pose.gaze,
        pose.eye_centre,
        pose.actions,
    )


def _indices(skeleton: Skeleton, names: tuple[str, ...]) -> list[int]:
    return [skeleton.index(name) for name in names]
