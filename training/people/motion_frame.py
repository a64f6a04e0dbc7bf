"""One frame of a motion file as a pose, retargeted as pipeline.template does it."""

from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from pipeline.skeleton import Skeleton, rotations_from_axis_angle
from pipeline.template import SourcePose
from training.people.pose import hanging_arms

ARRAYS = ("facial_actions", "head_rotation", "head_translation", "gaze", "joint_rotation")


def pose_of_frame(
    path: Path, frame: int, source: SourcePose, skeleton: Skeleton
) -> tuple[SourcePose, np.ndarray]:
    """The pose (absolute, like the portrait's own) and the head's translation (3,) metres.

    Actions are absolute; rotations are relative to the portrait, joints to the resting arms.
    """
    with np.load(path) as motion:
        data = {key: motion[key][frame] for key in ARRAYS}
    rest = rotations_from_axis_angle(hanging_arms(skeleton)).transpose(0, 2, 1)
    turn = rotations_from_axis_angle(data["joint_rotation"]) @ rest
    joints = turn @ rotations_from_axis_angle(source.joint_rotation)
    pose = SourcePose(
        data["facial_actions"].astype(np.float32),
        source.head_rotation + data["head_rotation"],
        source.gaze + data["gaze"],
        Rotation.from_matrix(joints).as_rotvec().astype(np.float32),
    )
    return pose, data["head_translation"]
