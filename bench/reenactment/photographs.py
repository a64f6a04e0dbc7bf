"""Photographs of real persons under every row: does the face follow, does everything else stay?

Commands are swept one by one (jaw, blink, yaw, pitch) and given all at once as in lively talk;
an independent tracker and recogniser look at the result (bench.examination). Then the portrait is
driven to its own pose.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from bench.contact_sheet import contact_sheet
from bench.examination import MOVEMENTS, Examiner
from bench.imported import import_picture
from bench.portrait import Column, medians, table
from bench.puppet import Puppet
from bench.reenactment.rows import Row, chosen_names, rows
from bench.reenactment.self_drive import self_drive
from bench.reenactment.weights import Weights
from bench.reenactment.witnesses import identity_witness
from bench.reenactment_score import Judge
from pipeline.avatar import PICTURES, Avatar, read_avatar
from pipeline.errors import AvatarError, UserError
from pipeline.portrait.trackers import Trackers

COLUMNS: tuple[Column, ...] = (
    *((name, ("follows", name), 0.9) for name in MOVEMENTS),
    *((f"g {name}", ("gain", name), None) for name in MOVEMENTS),
    ("identity", ("identity",), 0.4), ("backgr px", ("background_px",), 0.5),
    ("lost", ("background_lost",), None), ("own dB", ("own", "outside_db"), 40.0),
    ("mouth dB", ("own", "mouth_db"), None), ("eyes dB", ("own", "eyes_db"), None),
    ("rim dB", ("own", "rim_db"), None), ("untracked", ("untracked",), 0),
)  # fmt: skip

Result = dict[str, Any]


class PhotoBench:
    """PhotoBench(compared, trackers, examiner, pictures): pictures: a folder for driven ones."""

    def __init__(
        self, compared: list[Row], trackers: Trackers, examiner: Examiner, pictures: Path | None
    ) -> None:
        self._rows, self._examiner, self._pictures = compared, examiner, pictures
        self._judge = Judge(trackers)

    def results(self, photo: Path) -> Iterator[tuple[str, Result]]:
        """Row and result of one photograph or avatar folder; refusals have their sentence."""
        with tempfile.TemporaryDirectory() as near:
            try:
                avatar = read_avatar(_folder_of(photo, Path(near)))
                found = [(row.name, self._of_row(row, avatar)) for row in self._rows]
            except AvatarError as error:
                found = [(row.name, {"refused": str(error)}) for row in self._rows]
        for name, result in found:
            yield name, {"photo": photo.name} | result

    def _of_row(self, row: Row, avatar: Avatar) -> Result:
        puppet = Puppet(avatar, row.make, row.tell)
        points = self._judge.face(avatar.portrait).points
        own = self_drive(puppet.own_picture(), avatar.portrait, avatar.matte, points)
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            path = self._pictures / f"{avatar.name} {row.name}.png"
            cv2.imwrite(str(path), np.ascontiguousarray(contact_sheet(puppet)[..., ::-1]))
        return asdict(self._examiner.examine(puppet)) | {"own": asdict(own)}


def photographs(folder: Path) -> list[Path]:
    """Pictures and avatar folders in a folder, by name. Raises AvatarError if there are none."""
    found = [
        path for path in sorted(folder.glob("*"))
        if path.suffix.lower() in PICTURES or (path / "avatar.json").is_file()
    ]  # fmt: skip
    if not found:
        raise AvatarError(f"There are no pictures in {folder}; give a folder that has some.")
    return found


def _folder_of(photo: Path, near: Path) -> Path:
    """The avatar's folder of a photograph, imported if it is none."""
    if photo.is_dir():
        return photo
    return import_picture(photo, near / photo.stem).folder


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, required=True, help="of photographs")
    parser.add_argument("--count", type=int, help="the first of them only")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="write driven pictures")


def main(options: argparse.Namespace) -> int:
    """Print a table for each row, or the error's sentence; 2 if nothing can be used."""
    found: dict[str, list[Result]] = {}
    try:
        weights = Weights(options.weights, options.device)
        names = chosen_names(options.rows, weights)
        compared, photos = rows(names, weights), photographs(options.folder)[: options.count]
        trackers = Trackers.load()
        examiner = Examiner(trackers, identity_witness(not options.no_identity))
        bench = PhotoBench(compared, trackers, examiner, options.pictures)
        for photo in photos:
            for row, result in bench.results(photo):
                found.setdefault(row, []).append(result)
            print(photo.name, file=sys.stderr, flush=True)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    for row, results in found.items():
        print(f"{row}\n{table(results, COLUMNS)}\n")
    if options.json:
        answer = {row: {"photos": results, "median": medians(results, COLUMNS)}
                  for row, results in found.items()}  # fmt: skip
        print(json.dumps(answer))
    every = [result for results in found.values() for result in results]
    return 2 if all("refused" in result for result in every) else 0
