"""A held-out person and what they truly look like while they move: the benchmark's material.

The frames are rendered offline as training renders, hair and cloth swaying, and kept in a folder:
on a CPU a frame takes some ten seconds of computing, so that a subset of them may be chosen.
"""

import hashlib
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from bench.reenactment.motions import FRAMES, Frame, motion_of
from pipeline.avatar import Avatar, read_avatar

if TYPE_CHECKING:
    from training.people.held_out import HeldOut


@dataclass(frozen=True, slots=True)
class Subset:
    """people: the first of them; of every `every` frames `burst` from the middle on, neighbours in
    time, on which flicker can be seen. The whole set is Subset()."""

    people: int = 16
    every: int = 1
    burst: int = 1

    @property
    def frames(self) -> list[int]:
        """Indices of the chosen frames of a clip."""
        first = self.every // 2
        return [k for k in range(first, FRAMES) if (k - first) % self.every < self.burst]

    def __str__(self) -> str:
        count = len(self.frames)
        if count == FRAMES:
            return f"{self.people} people, all {FRAMES} frames of each"
        which = f"{self.burst} of every {self.every}" if self.burst > 1 else f"every {self.every}th"
        return f"{self.people} people, {count} frames of each ({which})"


@dataclass(frozen=True)
class Clip:
    """folder: the avatar with the exact fit, its frames and labels; chosen: indices of frames."""

    name: str
    folder: Path
    motion: list[Frame]
    chosen: list[int]

    @cached_property
    def avatar(self) -> Avatar:
        return read_avatar(self.folder)

    def picture(self, index: int) -> np.ndarray:
        """The true picture (768, 512, 3) uint8 of a frame."""
        return np.asarray(cv2.imread(str(picture_path(self.folder, index)), cv2.IMREAD_COLOR_RGB))

    def label(self, index: int) -> np.ndarray:
        """training.people.label.Label (768, 512) uint8 of a frame."""
        path = str(label_path(self.folder, index))
        return np.asarray(cv2.imread(path, cv2.IMREAD_GRAYSCALE))

    def runs(self) -> list[list[int]]:
        """The chosen frames, those that follow each other together."""
        breaks = np.flatnonzero(np.diff(self.chosen) > 1) + 1
        return [run.tolist() for run in np.split(np.array(self.chosen), breaks)]


@dataclass(frozen=True, slots=True)
class Quality:
    """Passes of training.people.portrait.Portrait.draw for the source, which is as clean as a
    photograph, and for the frames; supersample of both."""

    source_passes: int = 4
    frame_passes: int = 2
    supersample: int = 2


@dataclass(frozen=True, slots=True)
class Material:
    """folder: where clips are kept; assets, body: as of training.people.portrait.Portrait."""

    folder: Path
    assets: Path
    body: Path
    quality: Quality = Quality()


@dataclass(frozen=True, slots=True)
class _Made:
    """What a folder was made from; asdict of it is compared. drawn: how held_out keeps the person,
    which is drawn anew when clothes, hair or the renderer have changed."""

    person: dict
    identity: str
    drawn: str
    motion: str
    quality: Quality


def picture_path(folder: Path, index: int) -> Path:
    return folder / f"frame_{index:03}.png"


def label_path(folder: Path, index: int) -> Path:
    return folder / f"label_{index:03}.png"


def clip_of(person: "HeldOut", subset: Subset, material: Material) -> Clip:
    """The clip of one person, rendered first where the folder has not all of its frames."""
    from bench.people.renders import forget_others
    from training.people.random_person import random_person

    home, motion = material.folder / f"held_out_{person.seed}", motion_of(person.seed)
    described = asdict(random_person(person.seed, True, person.draw))
    quality = material.quality
    marks = _mark(person.identity), _mark(person.picture), _mark_of_motion(motion)
    forget_others(home, _Made(described, *marks, quality))
    clip = Clip(home.name, home, motion, subset.frames)
    missing = [k for k in clip.chosen if not label_path(home, k).is_file()]
    if missing or not (home / "fit.npz").is_file():
        from bench.reenactment.truth import render

        render(person.portrait(material.assets, material.body), clip, missing, quality)
    return clip


def _mark(values: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()


def _mark_of_motion(motion: list[Frame]) -> str:
    rows = [
        np.concatenate([f.actions, f.head_rotation, f.head_translation, f.gaze.ravel(),
                        b.joint_rotation.ravel()])
        for f, b in motion
    ]  # fmt: skip
    return _mark(np.stack(rows))
