"""Frames of a motion as poses of a person, retargeted as pipeline.template does it."""

from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from pipeline.errors import MediaError
from pipeline.lid_reach import lid_reach
from pipeline.motion_file import Motion
from pipeline.rest_pose import resting_joint_rotation
from pipeline.retarget import Retarget
from pipeline.skeleton import Skeleton
from pipeline.stream_types import BodyFrame, FaceFrame
from pipeline.template import KEPT_EXPRESSION, SourcePose, load_template


class MotionPoses:
    """MotionPoses(source, skeleton, reach): what a person does who sits as in `source`.

    Joints are retargeted from the resting arms to the portrait's; the portrait's expression
    stays below the motion's actions, except where it moves the lips. reach: (52,) of `reach_of`
    """

    def __init__(self, source: SourcePose, skeleton: Skeleton, reach: np.ndarray) -> None:
        self._source = source
        self._reach = reach
        self._kept = np.where(KEPT_EXPRESSION, source.actions, 0)
        self._retarget = Retarget(source.joint_rotation, resting_joint_rotation(skeleton))

    def pose(self, face: FaceFrame, body: BodyFrame) -> tuple[SourcePose, np.ndarray]:
        """The pose (absolute, like the portrait's own) and the head's translation (3,) metres:
        both arguments of `pose.posed`."""
        joints = self._retarget.step(body.joint_rotation)
        pose = SourcePose(
            np.clip(face.actions + self._kept, 0, 1).astype(np.float32) * self._reach,
            self._source.head_rotation + face.head_rotation,
            self._source.gaze + face.gaze,
            Rotation.from_matrix(joints).as_rotvec().astype(np.float32),
        )
        return pose, face.head_translation


def pose_of_frame(
    path: Path, frame: int, source: SourcePose, skeleton: Skeleton, reach: np.ndarray
) -> tuple[SourcePose, np.ndarray]:
    """MotionPoses.pose of one frame of a motion file, at 30 frames a second.

    Raises:
        MediaError: the file is no usable motion file, or shorter
    """
    frames = list(Motion.load(path).frames())
    if not 0 <= frame < len(frames):
        raise MediaError(f"The motion file {path} has the frames 0 to {len(frames) - 1}.")
    return MotionPoses(source, skeleton, reach).pose(*frames[frame])


def reach_of(identity: np.ndarray, source: SourcePose) -> np.ndarray:
    """How far (52,) the actions of a motion reach on this person."""
    model = load_template()
    kept = np.where(KEPT_EXPRESSION, source.actions, 0)
    return lid_reach(model, model.identity_vertices(identity), kept)
