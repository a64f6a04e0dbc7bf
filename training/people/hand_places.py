"""Where the hands of a pose are: in the picture, in the face, in each other's way."""

import numpy as np

from pipeline.camera_model import CameraModel
from pipeline.names import BODY_JOINTS, NECK_JOINTS
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.rest_pose import resting_joint_rotation
from pipeline.retarget import Retarget
from pipeline.skeleton import Skeleton, rotation_from_head_angles
from pipeline.stream_types import BodyFrame, FaceFrame
from pipeline.template import NECK_SHARES, SourcePose

# The chin of an upright head from its joint; nothing of a face is further aside or lower.
CHIN_M = np.array([0.0, -0.125, 0.1])
FACE_HALF_WIDTH_M = 0.1
FACE_CLEARANCE_M = 0.015
# Between joints of two hands; fingers are 16 to 20 mm thick.
HANDS_APART_M = 0.035


class HandPlaces:
    """HandPlaces(skeleton, source): joints of both hands with the tips of their fingers.

    source: how the person sits in the portrait, on top of which motion is applied
    """

    def __init__(self, skeleton: Skeleton, source: SourcePose) -> None:
        self._skeleton = skeleton
        self._source_head = source.head_rotation
        self._retarget = Retarget(source.joint_rotation, resting_joint_rotation(skeleton))
        self._body = [skeleton.index(name) for name in BODY_JOINTS]
        self._neck = [skeleton.index(name) for name in NECK_JOINTS]
        self._hands = [
            [skeleton.index(f"wrist.{side}")]
            + [skeleton.index(f"finger{f}-{k}.{side}") for f in range(1, 6) for k in range(1, 4)]
            for side in "LR"
        ]

    def place(self, face: FaceFrame, body: BodyFrame) -> tuple[np.ndarray, np.ndarray]:
        """Points of the left and the right hand (2, 21, 3) and the chin (3,), metres."""
        count = len(self._skeleton.parents)
        local = np.tile(np.eye(3, dtype=np.float32), (count, 1, 1))
        local[self._body] = self._retarget.step(body.joint_rotation)
        turn = self._source_head + face.head_rotation
        local[self._neck] = rotation_from_head_angles(np.outer(NECK_SHARES, turn))
        offset = np.zeros((count, 3), np.float32)
        offset[self._neck] = np.outer(NECK_SHARES, face.head_translation)
        rotation, position = self._skeleton.forward_kinematics(local, offset)
        head = self._neck[-1]
        return self.points(position), position[head] + rotation[head] @ CHIN_M

    def points(self, position: np.ndarray) -> np.ndarray:
        """(2, 21, 3): wrist, joints and tips of each hand from joint positions (J, 3)."""
        joints = position[self._hands]
        last, before = joints[:, 3::3], joints[:, 2::3]
        tips = last + 0.9 * (last - before)
        return np.concatenate([joints, tips], axis=1)

    @staticmethod
    def in_face(points: np.ndarray, chin: np.ndarray) -> np.ndarray:
        """(2,) bool: does the hand cover the face for a viewer in front, or touch it?"""
        aside = np.abs(points[..., 0] - chin[0]) < FACE_HALF_WIDTH_M
        return (aside & (points[..., 1] > chin[1] - FACE_CLEARANCE_M)).any(1)

    @staticmethod
    def meet(points: np.ndarray) -> bool:
        """Are the two hands in each other's way?"""
        gap = points[0][:, None] - points[1][None]
        return bool((gap * gap).sum(-1).min() < HANDS_APART_M**2)


def share_in_frame(points: np.ndarray, camera: CameraModel) -> np.ndarray:
    """(2,) share of each hand's points (2, N, 3) that the picture shows."""
    pixel, _ = camera.project(points.reshape(-1, 3))
    inside = (pixel >= 0).all(1) & (pixel < [FRAME_WIDTH_PX, FRAME_HEIGHT_PX]).all(1)
    return inside.reshape(points.shape[:2]).mean(1)
