"""An episode of the mean template, dressed as in test_ground_truth; needs no assets."""

from dataclasses import replace
from functools import cache

import numpy as np

from pipeline.names import JOINT_INDEX
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.template import SourcePose
from tests.training.people.long_haired import long_haired
from tests.training.people.test_ground_truth import CAMERA, LIGHT, RAISED_ARM, textures
from training.people.character import Character
from training.people.episode import Episode, EpisodeKind
from training.people.label import labels_of
from training.people.look import Look
from training.people.looseness import Loose, loose_parts
from training.people.pose import JointPose, actions_from, hanging_arms, joint_pose
from training.people.template_points import template_rows


@cache
def staged_character() -> Character:
    """With eyes where the template's landmarks look for them."""
    return replace(long_haired(), eye_radius_m=0.012)


@cache
def staged_loose() -> Loose:
    return loose_parts(staged_character())


def random_poses(character: Character, count: int, seed: int) -> list[JointPose]:
    """The first at rest, the others turned, speaking, swaying, every other left hand raised."""
    rng = np.random.default_rng(seed)
    poses = []
    for k in range(count):
        joints = hanging_arms(character.body.skeleton, 0.2)
        for name, rotation in RAISED_ARM.items() if k % 2 else ():
            joints[JOINT_INDEX[name]] = rotation
        turn = rng.uniform(-0.3, 0.3, 3) * bool(k)
        actions = actions_from({"jawOpen": 0.4 * bool(k), "mouthSmile": 0.3, "eyeBlink": 0.1 * k})
        gaze = rng.uniform(-0.2, 0.2, (2, 2)) * bool(k)
        pose = SourcePose(actions, turn.astype(np.float32), gaze.astype(np.float32), joints)
        shift = rng.uniform(-0.02, 0.02, 3) * bool(k)
        sway = rng.uniform(-0.03, 0.03, (len(staged_loose().groups), 3)) * bool(k)
        joints = joint_pose(character.body.skeleton, pose, shift)
        poses.append(replace(joints, sway=sway.astype(np.float32)))
    return poses


@cache
def _labels() -> tuple[list[np.ndarray], np.ndarray]:
    rows = template_rows(staged_character())
    return labels_of(staged_character(), rows), rows


def staged_episode(kind: EpisodeKind, number: int, known: frozenset[str] = frozenset()) -> Episode:
    """As training.people.episode.make_episode; the plate's brightness is the number's."""
    character = staged_character()
    labels, rows = _labels()
    plate = np.full((FRAME_HEIGHT_PX, FRAME_WIDTH_PX, 3), 0.05 + 0.1 * (number % 7), np.float16)
    return Episode(
        number, 100 + number, character, Look(oil=0.0), CAMERA, LIGHT,
        labels, rows, plate,
        {name: pixels for name, pixels in textures().items() if name not in known}, staged_loose(),
        random_poses(character, kind.sources * (1 + kind.per_source), kind.seed + number),
    )  # fmt: skip
