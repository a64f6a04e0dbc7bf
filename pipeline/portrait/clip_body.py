"""Head and torso of a clip: smooth, relative to how the person usually holds them."""

from dataclasses import dataclass

import numpy as np

from pipeline.arm import ARM_JOINTS, Arm, resting_torso
from pipeline.hand_pose import REST
from pipeline.names import JOINT_INDEX, SPINE_JOINTS
from pipeline.portrait.clip_arms import LEAST_VISIBILITY, hand_poses
from pipeline.portrait.clip_fit import ClipFit
from pipeline.portrait.clip_timeline import Timeline
from pipeline.portrait.landmarks import BodyPoint
from pipeline.portrait.posture import Torso, axis_angle, neck_angles, with_posture
from pipeline.portrait.track_smoothing import smooth_track
from pipeline.rest_pose import resting_joint_rotation
from pipeline.skeleton import rotation_from_head_angles, rotations_from_axis_angle
from pipeline.template import load_template

HEAD_HZ, PLACE_HZ, DEPTH_HZ = (3.0, 10.0), (1.2, 5.0), (0.4, 1.5)
POSTURE_HZ, YAW_HZ = (0.5, 1.2), (0.4, 0.8)
# Shoulders in a picture tell little of how the torso turns and leans. What of it is not believed
# remains the head's own movement; the turn is read from the tracker's depths instead. Yaw, pitch,
# roll.
TRUST = np.array([0.7, 0.4, 0.7])
SHOULDERS = [BodyPoint.LEFT_SHOULDER, BodyPoint.RIGHT_SHOULDER]
_POSED = [
    JOINT_INDEX[name]
    for name in (
        *SPINE_JOINTS,
        *(f"{part}.{s}" for s in "LR" for part in ("clavicle", "shoulder01", "upperarm01")),
    )
]


@dataclass(frozen=True, slots=True)
class ClipBody:
    """N frames relative to the usual pose, as FaceFrame and BodyFrame: head_rotation (N, 3),
    head_translation (N, 3), joint_rotation (N, 49, 3); rest (49, 3): with hanging arms"""

    head_rotation: np.ndarray
    head_translation: np.ndarray
    joint_rotation: np.ndarray
    rest: np.ndarray


def clip_body(clip: ClipFit, timeline: Timeline, neutral: np.ndarray) -> ClipBody:
    """neutral: (N,) bool, frames in which the person is at rest."""
    camera, skeleton = clip.portrait.camera, load_template().skeleton(clip.portrait.identity)
    seen = np.array([face is not None for face in clip.faces])
    turn, place = np.zeros((len(seen), 3)), np.zeros((len(seen), 3))
    for index, face in enumerate(clip.faces):
        if face is not None:
            turn[index] = head_angles(camera.rotation.T @ face.rotation)
            place[index] = camera.rotation.T @ (face.translation - camera.translation)
    turn = _smoothed(timeline, turn, seen, *HEAD_HZ)
    across = _smoothed(timeline, place[:, :2], seen, *PLACE_HZ)
    depth = _smoothed(timeline, place[:, 2:], seen, *DEPTH_HZ)
    place = np.concatenate([across, depth], axis=1)
    posture = _postures(clip, timeline)
    torso = Torso(skeleton)
    usual = [np.median(values[neutral], axis=0) for values in (turn, place, posture)]
    origin = _neck(torso, *usual)
    necks = [_neck(torso, *frame) for frame in zip(turn, place, posture, strict=True)]
    rotation = np.array([neck[0] for neck in necks]) - origin[0]
    translation = np.array([neck[1] for neck in necks]) - origin[1]
    rest = resting_joint_rotation(skeleton)
    joints = _posed(rest, posture, usual[2])
    _raise_arms(joints, hand_poses(clip.bodies, timeline), skeleton)
    return ClipBody(rotation.astype(np.float32), translation.astype(np.float32), joints, rest)


def head_angles(rotation: np.ndarray) -> np.ndarray:
    """Yaw, pitch, roll (3,) of a rotation (3, 3), the inverse of rotation_from_head_angles."""
    pitch = np.arcsin(np.clip(-rotation[1, 2], -1.0, 1.0))
    yaw = np.arctan2(rotation[0, 2], rotation[2, 2])
    return np.array([yaw, pitch, -np.arctan2(rotation[1, 0], rotation[1, 1])])


def _postures(clip: ClipFit, timeline: Timeline) -> np.ndarray:
    """(N, 7), those of the portrait where no torso is seen."""
    looked = np.asarray(np.isfinite(clip.postures).all(axis=1))
    if not looked.any():
        return np.tile(clip.portrait.posture, (timeline.frame_count, 1))
    posture = _smoothed(timeline, np.nan_to_num(clip.postures), looked, *POSTURE_HZ)
    yaw, seen = np.zeros((len(looked), 1)), np.zeros(len(looked), bool)
    for index, body in enumerate(clip.bodies):
        if body is not None and body.visibility[SHOULDERS].min() >= LEAST_VISIBILITY:
            x, _, z = body.world[SHOULDERS[0]] - body.world[SHOULDERS[1]]
            yaw[index], seen[index] = np.arctan2(z, x), True
    turned = _smoothed(timeline, yaw, seen, *YAW_HZ)[:, 0]
    posture[:, 0] = turned - np.median(turned) + np.median(posture[:, 0])
    middle = np.median(posture[:, :3], axis=0)
    posture[:, :3] = middle + TRUST * (posture[:, :3] - middle)
    return posture


def _smoothed(
    timeline: Timeline, values: np.ndarray, seen: np.ndarray, slow_hz: float, quick_hz: float
) -> np.ndarray:
    along, known = timeline.resampled(values, seen)
    return smooth_track(along, known, slow_hz, quick_hz)


def _neck(
    torso: Torso, turn: np.ndarray, place: np.ndarray, posture: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Rotation (3,) and translation (3,) of the neck that bring the head where it is."""
    chest = torso.chest(posture)
    angles = neck_angles(chest.T @ rotation_from_head_angles(turn).astype(np.float64))
    unstretched = torso.pose(posture, angles, np.zeros(3)).head_place
    return angles, chest.T @ (place - unstretched)


def _posed(rest: np.ndarray, postures: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """(N, 49, 3) joint rotations of hanging arms, the usual posture as rest."""
    joints = np.tile(rest, (len(postures), 1, 1)).astype(np.float32)
    resting = rotations_from_axis_angle(rest[_POSED])
    before = rotations_from_axis_angle(with_posture(rest, usual)[_POSED]).swapaxes(-1, -2)
    for index, posture in enumerate(postures):
        turned = rotations_from_axis_angle(with_posture(rest, posture)[_POSED])
        joints[index, _POSED] = [axis_angle(turn) for turn in turned @ before @ resting]
    return joints


def _raise_arms(joints: np.ndarray, poses: np.ndarray, skeleton) -> None:
    """Write the arms of hands that are not at rest into (N, 49, 3) joint rotations."""
    for hand, side in enumerate("LR"):
        arm = Arm(skeleton, side)
        first = JOINT_INDEX[f"upperarm01.{side}"]
        resting = resting_torso(arm)
        moved = np.flatnonzero(np.abs(poses[:, hand] - REST).max(axis=1) > 0.0)
        for index in moved:
            solved = arm.solve(poses[index, hand], resting, 0.0)
            joints[index, first : first + ARM_JOINTS] = solved.rotations
