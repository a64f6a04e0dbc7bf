"""A contact sheet of random people, numbered by their seeds; rejected ones carry the reason.

python -m training.people.people_sheet --assets PEOPLE_ASSETS --first 0 --count 16 --out S.png

With --motions K: people that the check lets through, each at the end of K random movements, with
hair and clothes swaying as in the pairs of training.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from training.people.check_person import check_portrait
from training.people.good_person import GoodPerson, good_person
from training.people.motion_frame import MotionPoses, reach_of
from training.people.portrait import Portrait
from training.people.pose import PosedCharacter, joint_pose, posed_by
from training.people.random_motion import RandomMotion
from training.people.random_portrait import random_portrait
from training.people.render_avatar import CACHE
from training.people.sway import Sway, sways

TILE_PX = (256, 384)
COLUMNS = 8
FINE, REJECTED = (255, 255, 0), (255, 60, 60)


def tile(seed: int, held_out: bool, assets: Path, cache: Path, passes: int) -> np.ndarray:
    """(384, 256, 3) uint8: the person of a seed, at rest."""
    portrait = random_portrait(seed, assets, cache, held_out)
    findings = check_portrait(portrait, assets)
    print(seed, "; ".join(map(str, findings)) or "fine", flush=True)
    words = [str(seed), *(finding.name for finding in findings)]
    return _drawn(portrait, portrait.resting, passes, words, REJECTED if findings else FINE)


def moved_tiles(good: GoodPerson, passes: int, motions: int) -> list[np.ndarray]:
    """Tiles as of `tile`, one for each movement of somebody."""
    rejected = ["; ".join(map(str, findings)) for findings in good.rejected]
    print(good.seed, *rejected, "fine", flush=True)
    poses = [moved(good.portrait, good.seed * motions + k) for k in range(motions)]
    return [_drawn(good.portrait, pose, passes, [str(good.seed)], FINE) for pose in poses]


def moved(portrait: Portrait, seed: int) -> PosedCharacter:
    """A person at the end of the short random movement of a seed, as hair and clothes sway."""
    skeleton, source = portrait.character.body.skeleton, portrait.source
    motion = RandomMotion(skeleton, source, portrait.camera).clip(seed)
    frames = MotionPoses(source, skeleton, reach_of(portrait.identity, source))
    poses = [joint_pose(skeleton, *frames.pose(*frame)) for frame in motion.frames()]
    swayed = sways(Sway(portrait.character, portrait.loose), poses)
    return posed_by(portrait.character, replace(poses[-1], sway=swayed[-1]), portrait.loose)


def _drawn(
    portrait: Portrait, pose: PosedCharacter, passes: int, words: list[str], colour
) -> np.ndarray:
    picture = portrait.draw(pose, passes).portrait
    small = np.ascontiguousarray(cv2.resize(picture, TILE_PX, interpolation=cv2.INTER_AREA))
    return cv2.putText(small, " ".join(words), (3, 14), cv2.FONT_HERSHEY_SIMPLEX, 0.45, colour)


def sheet(tiles: list[np.ndarray]) -> np.ndarray:
    """Tiles in rows of eight, the last row filled with black."""
    return in_rows(tiles, min(COLUMNS, len(tiles)))


def in_rows(tiles: list[np.ndarray], columns: int) -> np.ndarray:
    """Tiles in rows of so many, the last row filled with black."""
    filled = tiles + [np.zeros_like(tiles[0])] * (-len(tiles) % columns)
    rows = [np.hstack(filled[k : k + columns]) for k in range(0, len(filled), columns)]
    return np.vstack(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--assets", type=Path, required=True, help="MakeHuman assets folder")
    parser.add_argument("--cache", type=Path, default=CACHE, help="full mesh of the template")
    parser.add_argument("--out", type=Path, required=True, help="picture to write")
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--count", type=int, default=16)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--motions", type=int, default=0, help="of each person; 0: at rest")
    parser.add_argument("--passes", type=int, default=3, help="noise falls with their number")
    arguments = parser.parse_args()
    held_out, assets, cache = arguments.held_out, arguments.assets, arguments.cache
    passes = arguments.passes
    seeds = range(arguments.first, arguments.first + arguments.count)
    if arguments.motions:
        people = (good_person(seed, assets, cache, held_out) for seed in seeds)
        tiles = [t for good in people for t in moved_tiles(good, passes, arguments.motions)]
        picture = in_rows(tiles, arguments.motions * (COLUMNS // arguments.motions or 1))
    else:
        picture = sheet([tile(seed, held_out, assets, cache, passes) for seed in seeds])
    cv2.imwrite(str(arguments.out), picture[..., ::-1])


if __name__ == "__main__":
    main()
