"""What the renderer of pairs needs of one person for a while: character, set, textures, poses.

Made on processors beside the one that draws, and sent to it; numpy only.
"""

from dataclasses import dataclass, replace
from functools import cache as memory
from pathlib import Path

import cv2
import numpy as np

from pipeline.camera_model import CameraModel
from training.people.backdrop import paint
from training.people.character import Character
from training.people.cloth_pattern import TEXTURE
from training.people.label import labels_of
from training.people.lighting import Lighting
from training.people.look import Look
from training.people.looseness import Loose
from training.people.motion_frame import MotionPoses, reach_of
from training.people.packed_identities import PackedIdentities
from training.people.portrait import Portrait
from training.people.pose import JointPose, joint_pose
from training.people.random_motion import CLIP_FRAMES, RandomMotion
from training.people.sway import Sway, sways
from training.people.template_points import template_rows

# Portraits mostly show people at rest; the others are for everything else.
_RESTING_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class EpisodeKind:
    """pack: of assets, body and people; seed: of the whole stream; held_out: people kept for
    evaluation; sources: how many source poses; per_source: driving poses for each of them."""

    pack: Path
    seed: int = 0
    held_out: bool = False
    sources: int = 16
    per_source: int = 4


@dataclass(frozen=True, slots=True)
class Episode:
    """number: of the episode; person: the seed of the person in it.

    labels: of each part's triangles; rows: of template_points.template_rows
    plate: (768, 512, 3) float16 linear radiance behind the person; exposure: of both
    textures: by name, those that were not known where it was ordered
    loose: what sways with the poses' sway
    poses: sources * (1 + per_source), each source before what it is driven to
    """

    number: int
    person: int
    character: Character
    look: Look
    camera: CameraModel
    lighting: Lighting
    labels: list[np.ndarray]
    rows: np.ndarray
    plate: np.ndarray
    textures: dict[str, np.ndarray]
    loose: Loose
    poses: list[JointPose]

    @property
    def own_textures(self) -> list[str]:
        """Names of textures that nobody else has."""
        return [name for name in self.textures if name.startswith(TEXTURE)]


def make_episode(kind: EpisodeKind, number: int, known: frozenset[str] = frozenset()) -> Episode:
    """The same for ever for a kind and a number; known: textures that need not be sent."""
    seed, portrait = portrait_of(kind, number)
    poses = _poses(portrait, kind, np.random.default_rng((kind.seed, number)))
    return staged(portrait, seed, number, poses, known)


def portrait_of(kind: EpisodeKind, number: int) -> tuple[int, Portrait]:
    """Who is on stage in an episode: the seed of the person, and the person dressed."""
    people = _people(kind.pack)
    seed = _person_of(people.seeds(kind.held_out), kind.seed, number)
    person, identity = people.person(seed, kind.held_out), people.identity(seed, kind.held_out)
    return seed, Portrait(person, kind.pack, kind.pack, identity)


def staged(
    portrait: Portrait, seed: int, number: int, poses: list[JointPose], known: frozenset[str]
) -> Episode:
    """What a renderer needs to draw a person, whose seed is given, in these poses."""
    person, character = portrait.person, _named_apart(portrait.character, number)
    rows = template_rows(character)
    labels = labels_of(character, rows)
    textures = {
        _name_apart(name, number): pixels
        for name, pixels in portrait.textures().items()
        if name not in known
    }
    return Episode(
        number, seed, _lighter(character), person.look, portrait.camera, person.lighting, labels,
        rows, paint(person.backdrop, number).astype(np.float16), textures, portrait.loose, poses,
    )  # fmt: skip


def share_processors() -> None:
    """In a worker among others: one thread each."""
    cv2.setNumThreads(1)


@memory
def _people(pack: Path) -> PackedIdentities:
    return PackedIdentities(pack)


def _person_of(seeds: list[int], seed: int, number: int) -> int:
    """Everybody once, in an order that changes from round to round."""
    turn, place = divmod(number, len(seeds))
    return seeds[int(np.random.default_rng((seed, turn)).permutation(len(seeds))[place])]


def _poses(portrait: Portrait, kind: EpisodeKind, rng: np.random.Generator) -> list[JointPose]:
    """Sources hang still; what they are driven to comes out of short movements, in pairs of
    frames."""
    skeleton, sway = portrait.character.body.skeleton, Sway(portrait.character, portrait.loose)
    motion = RandomMotion(skeleton, portrait.source, portrait.camera)
    frames = MotionPoses(portrait.source, skeleton, reach_of(portrait.identity, portrait.source))
    resting = joint_pose(skeleton, portrait.source)

    def moved(length: int) -> list[JointPose]:
        clip = motion.clip(int(rng.integers(2**31)), length)
        poses = [joint_pose(skeleton, *frames.pose(*frame)) for frame in clip.frames()]
        swayed = zip(poses, sways(sway, poses), strict=True)
        return [replace(pose, sway=moved) for pose, moved in swayed]

    poses: list[JointPose] = []
    for _ in range(kind.sources):
        rests = rng.uniform() < _RESTING_SHARE
        poses += [replace(resting, sway=sway.hanging(resting))] if rests else moved(1)
        driven: list[JointPose] = []
        while len(driven) < kind.per_source:
            clip = moved(CLIP_FRAMES)
            driven += [clip[int(rng.integers(1, CLIP_FRAMES // 2))], clip[-1]]
        poses += driven[: kind.per_source]
    return poses


def _named_apart(character: Character, number: int) -> Character:
    parts = [
        replace(part, texture=_name_apart(part.texture, number)) if part.texture else part
        for part in character.parts
    ]
    return replace(character, parts=parts)


def _name_apart(name: str, number: int) -> str:
    """Every person's cloth has a pattern of its own under one name."""
    return f"{name} {number}" if name == TEXTURE else name


def _lighter(character: Character) -> Character:
    """Without what the body has and only building needs."""
    body = replace(
        character.body,
        action_deltas=np.zeros((0, 0, 3), np.float32),
        skin_weights=np.zeros((0, 0), np.float32),
        triangles=np.zeros((0, 3), np.int32),
        triangle_uv=np.zeros((0, 3, 2), np.float32),
    )
    return replace(character, body=body)
