"""The held-out people of the benchmark: sixteen whom nothing was made with.

They wear skins, hair styles and garments that no person of training wears (wardrobe.py). Who they
are is fixed: seeds, draws and identities are kept beside small pictures; bench.held_out_people
compares with these what another driver or a changed renderer draws. Choosing and drawing them anew,
after the wardrobe or the renderer has changed, takes some three minutes of one core:

    python -m training.people.held_out --assets ASSETS --write
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from training.people.good_person import good_person
from training.people.people_sheet import in_rows
from training.people.portrait import Portrait
from training.people.random_person import random_person
from training.people.render_avatar import CACHE

FOLDER = Path(__file__).parent / "held_out_reference"
COUNT, COLUMNS = 16, 8
TILE_PX = (128, 192)
PASSES, SUPERSAMPLE = 2, 1


@dataclass(frozen=True, slots=True)
class HeldOut:
    """seed, draw: of random_person; identity: (K,) float32; picture: (192, 128, 3) uint8, how the
    person was drawn when they were chosen."""

    seed: int
    draw: int
    identity: np.ndarray
    picture: np.ndarray

    def portrait(self, assets: Path, cache: Path) -> Portrait:
        """The person dressed; assets, cache: as of Portrait."""
        person = random_person(self.seed, True, self.draw)
        return Portrait(person, assets, cache, self.identity)


def held_out_people(folder: Path = FOLDER) -> list[HeldOut]:
    """All of them, in the order of their seeds."""
    sheet = np.asarray(cv2.imread(str(folder / "people.webp"), cv2.IMREAD_COLOR_RGB))
    with np.load(folder / "people.npz") as file:
        rows = zip(file["seed"].tolist(), file["draw"].tolist(), file["identity"], strict=True)
        return [HeldOut(*row, _tile(sheet, k)) for k, row in enumerate(rows)]


def drawn_small(portrait: Portrait) -> np.ndarray:
    """(192, 128, 3) uint8: the person at rest, as the kept pictures show them; what the portrait
    has drawn with is given back."""
    picture = portrait.draw(portrait.resting, PASSES, SUPERSAMPLE).portrait
    portrait.renderer().context.release()
    return cv2.resize(picture, TILE_PX, interpolation=cv2.INTER_AREA)


def write(assets: Path, cache: Path, folder: Path = FOLDER) -> None:
    """Choose the people by the rules of today and keep who they are and how they look."""
    tiles, draws, identities = [], [], []
    for seed in range(COUNT):
        good = good_person(seed, assets, cache, held_out=True)
        print(seed, good.portrait.person.hair, good.portrait.person.outfit, flush=True)
        tiles.append(drawn_small(good.portrait))
        draws.append(good.draw)
        identities.append(good.portrait.identity)
    folder.mkdir(exist_ok=True)
    np.savez_compressed(
        folder / "people.npz",
        seed=np.arange(COUNT),
        draw=np.array(draws),
        identity=np.stack(identities),
    )
    # Beyond 100: without loss.
    lossless = [cv2.IMWRITE_WEBP_QUALITY, 101]
    cv2.imwrite(str(folder / "people.webp"), in_rows(tiles, COLUMNS)[..., ::-1], lossless)


def _tile(sheet: np.ndarray, k: int) -> np.ndarray:
    row, column = divmod(k, COLUMNS)
    width, height = TILE_PX
    return sheet[row * height : (row + 1) * height, column * width : (column + 1) * width]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--assets", type=Path, required=True, help="assets, folder or pack")
    parser.add_argument("--cache", type=Path, default=CACHE, help="full mesh, or the pack")
    parser.add_argument("--write", action="store_true", required=True, help="replace the set")
    arguments = parser.parse_args()
    write(arguments.assets, arguments.cache)


if __name__ == "__main__":
    main()
