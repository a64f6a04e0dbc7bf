"""Held-out people against their true pictures: all rows, all figures."""

import argparse
import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import cv2
import numpy as np

from bench.reenactment.clip import Clip, Material, Subset, clips
from bench.reenactment.figures import Figures, mean
from bench.reenactment.judge import STRANGERS, TRUTH, Judge
from bench.reenactment.rows import Row, chosen_rows
from bench.reenactment.table import table
from bench.reenactment.visible_difference import VisibleDifference
from bench.reenactment.witnesses import Witnesses, identity_witness
from pipeline.errors import UserError
from pipeline.portrait.trackers import Trackers

ByRow = dict[str, dict[str, Figures]]


def score(
    people: Iterable[Clip], rows: list[Row], judge: Judge, pictures: Path | None = None
) -> ByRow:
    """Figures by row and person; pictures: a folder for what was judged."""
    found: ByRow = {}
    for clip in people:
        if judge.witnesses is not None:
            judge.witnesses.meet(clip.avatar.portrait)
            found.setdefault(TRUTH, {})[clip.name] = judge.truth(clip)
        kept = _Kept(pictures, clip)
        for row in rows:
            found.setdefault(row.name, {})[clip.name] = judge.row(row, clip, kept.keep)
        kept.write()
        print(f"{clip.name}: {len(clip.chosen)} frames", file=sys.stderr, flush=True)
    if judge.witnesses is not None and (strangers := judge.witnesses.strangers()):
        found[STRANGERS] = {"all": strangers}
    return found


def means(found: ByRow) -> dict[str, Figures]:
    """Of each row over all people, each counting the same."""
    return {row: mean(figures.values()) for row, figures in found.items()}


class _Kept:
    """Strips of the first frame of each run: portrait, truth, then the rows."""

    def __init__(self, folder: Path | None, clip: Clip) -> None:
        self._folder, self._clip = folder, clip
        self._strips = {run[0]: [clip.avatar.portrait, clip.picture(run[0])]
                        for run in clip.runs()} if folder else {}  # fmt: skip

    def keep(self, row: str, index: int, picture: np.ndarray) -> None:
        with suppress(KeyError):
            self._strips[index].append(picture)

    def write(self) -> None:
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        for index, strip in self._strips.items():
            path = self._folder / f"{self._clip.name}_{index:03}.png"
            cv2.imwrite(str(path), np.ascontiguousarray(np.hstack(strip)[..., ::-1]))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    whole = Subset()
    parser.add_argument("--assets", type=Path, required=True, help="MakeHuman assets or the pack")
    parser.add_argument("--body", type=Path, default=Path("cache/makehuman_full.npz"))
    parser.add_argument("--folder", type=Path, default=Path("cache/reenactment"),
                        help="where true frames are kept")  # fmt: skip
    parser.add_argument("--people", type=int, default=whole.people, help="the first of them only")
    parser.add_argument("--every", type=int, default=whole.every, help="of so many frames …")
    parser.add_argument("--burst", type=int, default=whole.burst, help="… so many neighbours")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="write comparisons here")
    parser.add_argument("--no-jod", action="store_true", help="without ColorVideoVDP")
    parser.add_argument("--device", default="cpu", help="of JOD: cpu or cuda")
    parser.add_argument("--no-witnesses", action="store_true",
                        help="without landmarks, identity and hands")  # fmt: skip


def main(options: argparse.Namespace) -> int:
    """Print the table, or the error's sentence."""
    subset = Subset(options.people, options.every, options.burst)
    try:
        rows = chosen_rows(options.rows)
        witnesses = None
        if not options.no_witnesses:
            witnesses = Witnesses(Trackers.load(), identity_witness(not options.no_identity))
        difference = None if options.no_jod else VisibleDifference(options.device)
        people = clips(subset, Material(options.folder, options.assets, options.body))
        found = score(people, rows, Judge(witnesses, difference), options.pictures)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{subset}\n\n{table(means(found))}")
    if options.json:
        answer = {"subset": asdict(subset), "mean": means(found), "people": found}
        print(json.dumps(answer))
    return 0
