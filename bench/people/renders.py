"""Random people rendered at rest and in random poses, with what is true of each frame.

Kept in a folder: a folder for each person, a picture and an npz for each frame. What is there is
not rendered again unless the person is described differently now; after a change of the renderer
itself, empty the folder.
"""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from bench.people.flow import PASSES, flow_psnr_db
from training.people.check_person import Finding
from training.people.good_person import GoodPerson, good_person
from training.people.ground_truth import GroundTruth, GroundTruthRenderer
from training.people.hand_places import HandPlaces
from training.people.label import Label
from training.people.look import Look
from training.people.motion_frame import MotionPoses, reach_of
from training.people.pose import posed
from training.people.random_motion import RandomMotion

HANDS = (Label.LEFT_HAND, Label.RIGHT_HAND)
# A hand counts as shown where so many of its points lie in the picture on the hand itself.
LEAST_SHOWN = 0.7
MOTIONS_OF_A_PERSON = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people, how often posed (the resting frame comes on top), rendered how finely.

    assets, cache: as of training.people.portrait; folder: of the renders
    """

    assets: Path
    cache: Path = Path("cache/makehuman_full.npz")
    folder: Path = Path("cache/people_bench")
    first: int = 0
    count: int = 16
    motions: int = 3
    passes: int = 2
    held_out: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a frame; arrays of its npz.

    landmark_px: (478, 2), visible: (478,) bool; hand_px: (2, 21, 2) left, right; shown: (2,) bool;
    unlit_db, lit_db: (2,) of bench.people.flow, NaN at rest; draw_s, maps_s: () CPU time it took
    """

    landmark_px: np.ndarray
    visible: np.ndarray
    hand_px: np.ndarray
    shown: np.ndarray
    unlit_db: np.ndarray
    lit_db: np.ndarray
    draw_s: np.ndarray
    maps_s: np.ndarray


@dataclass(frozen=True, slots=True)
class RenderedPerson:
    """pictures: (768, 512, 3) uint8, the first at rest; rejected: what was wrong with
    earlier draws of the seed; portrait_iod_px: between the irises at rest."""

    seed: int
    hair: str
    outfit: str
    rejected: tuple[tuple[Finding, ...], ...]
    pictures: list[np.ndarray]
    truths: list[Truth]

    @property
    def portrait_iod_px(self) -> float:
        points = self.truths[0].landmark_px
        return float(np.linalg.norm(points[468] - points[473]))


def rendered_people(wanted: Wanted) -> Iterator[RenderedPerson]:
    """Each person, rendered first where the folder has not all of their frames."""
    for seed in range(wanted.first, wanted.first + wanted.count):
        home = wanted.folder / f"{'held_out_' if wanted.held_out else ''}{seed}"
        good = good_person(seed, wanted.assets, wanted.cache, wanted.held_out)
        forget_others(home, good.portrait.person)
        frames = range(1 + wanted.motions)
        missing = [k for k in frames if not (home / f"{k}.npz").is_file()]
        if missing:
            _render(good, home, missing, wanted.passes)
        person = good.portrait.person
        yield RenderedPerson(
            seed, person.hair, person.outfit, good.rejected,
            [np.asarray(cv2.imread(str(home / f"{k}.png"), cv2.IMREAD_COLOR_RGB)) for k in frames],
            [_read(home / f"{k}.npz") for k in frames],
        )  # fmt: skip


def forget_others(home: Path, described: Any) -> None:
    """Empty a folder that holds frames of somebody else; described: a dataclass of all that they
    were made from."""
    mark = hashlib.sha256(_words(described).encode()).hexdigest()
    note = home / "person.sha256"
    if not note.is_file() or note.read_text() != mark:
        home.mkdir(parents=True, exist_ok=True)
        for file in home.iterdir():
            file.unlink()
        note.write_text(mark)


def _words(described: Any) -> str:
    """All that it says, but for what came later than frames that are kept, where it changes
    nothing."""
    said = json.dumps(asdict(described), sort_keys=True, default=str)
    added = {"teeth": list(Look().teeth)}
    told = json.loads(
        said, object_hook=lambda d: {k: v for k, v in d.items() if k not in added or v != added[k]}
    )
    return json.dumps(told, sort_keys=True)


def _read(path: Path) -> Truth:
    with np.load(path) as file:
        return Truth(**{name: file[name] for name in file.files})


def _render(good: GoodPerson, home: Path, frames: list[int], passes: int) -> None:
    portrait, skeleton = good.portrait, good.portrait.character.body.skeleton
    source = portrait.source
    motion = RandomMotion(skeleton, source, portrait.camera)
    poses = MotionPoses(source, skeleton, reach_of(portrait.identity, source))
    places = HandPlaces(skeleton, source)
    # Making the renderer is no frame's time.
    renderer = portrait.renderer(supersample=1)
    maps = GroundTruthRenderer(portrait.textures(), renderer.context)
    rest = portrait.shot(portrait.resting)
    bare, still = np.zeros(0), np.zeros(0)
    for frame in frames:
        face, body = next(motion.pose(MOTIONS_OF_A_PERSON * good.seed + frame).frames())
        moved, hands = portrait.resting, np.zeros((2, 21, 3))
        if frame:
            moved = posed(portrait.character, *poses.pose(face, body), portrait.loose)
            hands, _ = places.place(face, body)
        started_s = time.process_time()
        picture = portrait.draw(moved, passes, supersample=1).portrait
        drawn_s = time.process_time()
        truth = maps.draw(rest, portrait.shot(moved))
        done_s = time.process_time()
        psnr = np.full((2, 2), np.nan)
        if frame:
            if not still.size:
                still = portrait.draw(portrait.resting, passes).portrait
                bare = renderer.albedo(rest, PASSES)
            albedo = renderer.albedo(portrait.shot(moved), PASSES)
            psnr = flow_psnr_db(truth, (bare, albedo), (still, picture))
        cv2.imwrite(str(home / f"{frame}.png"), picture[..., ::-1])
        hand_px = portrait.camera.project(hands.reshape(-1, 3))[0].reshape(2, 21, 2)
        np.savez(
            home / f"{frame}.npz",
            landmark_px=truth.landmarks.pixel, visible=truth.landmarks.visible, hand_px=hand_px,
            shown=hands_shown(truth, hand_px), unlit_db=psnr[0], lit_db=psnr[1],
            draw_s=drawn_s - started_s, maps_s=done_s - drawn_s,
        )  # fmt: skip
    renderer.context.release()


def hands_shown(truth: GroundTruth, hand_px: np.ndarray) -> np.ndarray:
    """(2,) bool: is the hand of joints (2, 21, 2) px seen?"""
    column, row = np.floor(hand_px).astype(int).transpose(2, 0, 1)
    height, width = truth.label.shape
    inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
    there = truth.label[row.clip(0, height - 1), column.clip(0, width - 1)]
    on_hand = inside & (there == np.array(HANDS)[:, None])
    return on_hand.mean(1) >= LEAST_SHOWN
