"""One frame of a motion file as a pose, retargeted as pipeline.template does it."""

from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from pipeline.lid_reach import lid_reach
from pipeline.rest_pose import resting_joint_rotation
from pipeline.retarget import Retarget
from pipeline.skeleton import Skeleton
from pipeline.template import KEPT_EXPRESSION, SourcePose, load_template

ARRAYS = ("facial_actions", "head_rotation", "head_translation", "gaze", "joint_rotation")


def pose_of_frame(
    path: Path, frame: int, source: SourcePose, skeleton: Skeleton, reach: np.ndarray
) -> tuple[SourcePose, np.ndarray]:
    """The pose (absolute, like the portrait's own) and the head's translation (3,) metres.

    Joints are retargeted from the resting arms to the portrait's; the portrait's expression
    stays below the motion's actions, except where it moves the lips. reach: (52,) of `lid_reach`
    """
    with np.load(path) as motion:
        data = {key: motion[key][frame] for key in ARRAYS}
    retarget = Retarget(source.joint_rotation, resting_joint_rotation(skeleton))
    joints = retarget.step(data["joint_rotation"])
    kept = np.where(KEPT_EXPRESSION, source.actions, 0)
    pose = SourcePose(
        np.clip(data["facial_actions"] + kept, 0, 1).astype(np.float32) * reach,
        source.head_rotation + data["head_rotation"],
        source.gaze + data["gaze"],
        Rotation.from_matrix(joints).as_rotvec().astype(np.float32),
    )
    return pose, data["head_translation"]


def reach_of(identity: np.ndarray, source: SourcePose) -> np.ndarray:
    """How far (52,) the actions of a motion reach on this person."""
    model = load_template()
    kept = np.where(KEPT_EXPRESSION, source.actions, 0)
    return lid_reach(model, model.identity_vertices(identity), kept)
