"""A contact sheet of random people, numbered by their seeds; rejected ones carry the reason.

python -m training.people.people_sheet --assets PEOPLE_ASSETS --first 0 --count 16 --out S.png
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from training.people.check_person import check_portrait
from training.people.random_portrait import random_portrait
from training.people.render_avatar import CACHE

TILE_PX = (256, 384)
COLUMNS = 8
FINE, REJECTED = (255, 255, 0), (255, 60, 60)


def tile(seed: int, held_out: bool, assets: Path, cache: Path, passes: int) -> np.ndarray:
    """(384, 256, 3) uint8: the person of a seed, at rest."""
    portrait = random_portrait(seed, assets, cache, held_out)
    findings = check_portrait(portrait, assets)
    print(seed, "; ".join(map(str, findings)) or "fine", flush=True)
    picture = portrait.draw(portrait.resting, passes, supersample=1).portrait
    small = np.ascontiguousarray(cv2.resize(picture, TILE_PX, interpolation=cv2.INTER_AREA))
    words = [str(seed), *(finding.name for finding in findings)]
    colour = REJECTED if findings else FINE
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
    parser.add_argument("--passes", type=int, default=2, help="noise falls with their number")
    arguments = parser.parse_args()
    tiles = [
        tile(seed, arguments.held_out, arguments.assets, arguments.cache, arguments.passes)
        for seed in range(arguments.first, arguments.first + arguments.count)
    ]
    cv2.imwrite(str(arguments.out), sheet(tiles)[..., ::-1])


if __name__ == "__main__":
    main()
