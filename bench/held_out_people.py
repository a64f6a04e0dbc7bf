"""Synthetic people whom nothing was made with: sources and driven frames with exact motion.

They are training.people.held_out's sixteen, rendered offline as training renders (several seconds a
frame on a CPU) and kept in a folder.

    python -m bench.held_out_people --assets PEOPLE_ASSETS      are they still drawn as they were?
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from bench.faces import face
from bench.picture_scores import ssim
from pipeline.names import IMPLICIT_SIZE
from pipeline.rest_pose import resting_joint_rotation
from pipeline.stream_types import BodyFrame, FaceFrame
from training.people import held_out
from training.people.avatar_folder import write_avatar
from training.people.motion_frame import MotionPoses, reach_of
from training.people.portrait import Portrait
from training.people.pose import posed

PASSES, SUPERSAMPLE = 4, 1
LEAST_SSIM = 0.98

FACES: tuple[FaceFrame, ...] = (
    face({"jawOpen": 0.45}),
    face({"jawOpen": 0.2, "mouthFunnel": 0.6, "browInnerUp": 0.5}, 6, 3),
    face(
        {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0, "mouthSmileLeft": 0.5, "mouthSmileRight": 0.5}
    ),
    face({"jawOpen": 0.25, "mouthStretchLeft": 0.4, "mouthStretchRight": 0.4}, 12, 0),
    face({"jawOpen": 0.1}, -12, 0, 3),
    face({"jawOpen": 0.3, "mouthUpperUpLeft": 0.3, "mouthUpperUpRight": 0.3}, 0, 10),
    face({"browDownLeft": 0.6, "browDownRight": 0.6, "mouthPucker": 0.5}, 4, -10, -3),
)


@dataclass(frozen=True, slots=True)
class HeldOutPerson:
    """portrait: the source picture; exact: avatar folder with the true fit
    frames: true pictures (768, 512, 3) uint8 of FACES"""

    name: str
    portrait: Path
    exact: Path
    frames: list[np.ndarray]


def held_out_person(
    person: held_out.HeldOut, folder: Path, assets: Path, body: Path
) -> HeldOutPerson:
    """One person from the folder, rendered first if they are not there yet.

    folder: empty it when held_out was written anew; assets: MakeHuman assets; body:
    training/template's full mesh
    """
    name = f"held_out_{person.seed}"
    exact = folder / name
    missing = [i for i in range(len(FACES)) if not (exact / f"frame_{i}.png").is_file()]
    if missing or not (exact / "fit.npz").is_file():
        _render(person.portrait(assets, body), exact, missing)
    frames = [
        np.asarray(cv2.imread(str(exact / f"frame_{i}.png"), cv2.IMREAD_COLOR_RGB))
        for i in range(len(FACES))
    ]
    return HeldOutPerson(name, exact / "portrait.png", exact, frames)


def held_out_people(
    folder: Path, assets: Path, body: Path, count: int | None = None
) -> Iterator[HeldOutPerson]:
    """The first `count` of them, or all; arguments as of held_out_person."""
    for person in held_out.held_out_people()[:count]:
        yield held_out_person(person, folder, assets, body)


def _render(portrait: Portrait, folder: Path, frames: list[int]) -> None:
    if not (folder / "fit.npz").is_file():
        picture = portrait.draw(portrait.resting, PASSES, SUPERSAMPLE)
        write_avatar(folder, portrait.person.title, portrait, picture)
    skeleton = portrait.character.body.skeleton
    poses = MotionPoses(portrait.source, skeleton, reach_of(portrait.identity, portrait.source))
    arms = BodyFrame(0, resting_joint_rotation(skeleton), np.zeros(IMPLICIT_SIZE, np.float32))
    for index in frames:
        pose, shift = poses.pose(FACES[index], arms)
        moved = posed(portrait.character, pose, shift, portrait.loose)
        pixels = portrait.draw(moved, PASSES, SUPERSAMPLE).portrait
        cv2.imwrite(str(folder / f"frame_{index}.png"), pixels[..., ::-1])
    portrait.renderer().context.release()


def likeness(person: held_out.HeldOut, assets: Path, body: Path) -> float:
    """Structural similarity of the person, drawn now and small, with the picture that is kept."""
    drawn = held_out.drawn_small(person.portrait(assets, body))
    return ssim(drawn, person.picture, np.ones(drawn.shape[:2], bool))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--assets", type=Path, required=True, help="MakeHuman assets or the pack")
    parser.add_argument("--body", type=Path, default=Path("cache/makehuman_full.npz"))
    options = parser.parse_args()
    worst = 1.0
    for person in held_out.held_out_people():
        alike = likeness(person, options.assets, options.body)
        worst = min(worst, alike)
        print(f"{person.seed}: SSIM {alike:.4f}", flush=True)
    print(f"least: {worst:.4f} (at least {LEAST_SSIM})")
    return int(worst < LEAST_SSIM)


if __name__ == "__main__":
    sys.exit(main())
