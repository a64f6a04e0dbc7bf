"""True frames of a held-out person in motion, and what each of their pixels shows."""

import logging
from dataclasses import replace

import cv2

from bench.reenactment.clip import Clip, Quality, label_path, picture_path
from training.people.avatar_folder import write_avatar
from training.people.gl_compute import on_gpu
from training.people.ground_truth import GroundTruthRenderer
from training.people.motion_frame import MotionPoses, reach_of
from training.people.portrait import Portrait
from training.people.pose import JointPose, joint_pose, posed_by
from training.people.sway import Sway, sways

_log = logging.getLogger(__name__)


def render(portrait: Portrait, clip: Clip, frames: list[int], quality: Quality) -> None:
    """Write the avatar's folder, if it is not there, and the given frames with their labels."""
    size = quality.supersample
    if not (clip.folder / "fit.npz").is_file():
        picture = portrait.draw(portrait.resting, quality.source_passes, size)
        write_avatar(clip.folder, portrait.person.title, portrait, picture)
    renderer = portrait.renderer(size)
    if not on_gpu(renderer.context):
        _log.warning("True frames are drawn without a GPU: some seconds each.")
    maps = GroundTruthRenderer(portrait.textures(), renderer.context)
    rest = portrait.shot(portrait.resting)
    poses = moving(portrait, clip) if frames else []
    for index in frames:
        moved = posed_by(portrait.character, poses[index], portrait.loose)
        picture = portrait.draw(moved, quality.frame_passes, size)
        label = maps.draw(rest, portrait.shot(moved)).label
        cv2.imwrite(str(picture_path(clip.folder, index)), picture.portrait[..., ::-1])
        # Last: a frame that has its labels is complete.
        cv2.imwrite(str(label_path(clip.folder, index)), label)
    renderer.context.release()


def moving(portrait: Portrait, clip: Clip) -> list[JointPose]:
    """Every pose of the clip; what hangs loose starts from rest and lags behind."""
    skeleton = portrait.character.body.skeleton
    poses = MotionPoses(portrait.source, skeleton, reach_of(portrait.identity, portrait.source))
    stiff = [joint_pose(skeleton, *poses.pose(*frame)) for frame in clip.motion]
    swung = sways(Sway(portrait.character, portrait.loose), stiff)
    return [replace(pose, sway=sway) for pose, sway in zip(stiff, swung, strict=True)]
