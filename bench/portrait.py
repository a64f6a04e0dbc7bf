"""How good avatars from photographs are: import time, fit, driven motion, identity, background.

`python -m bench.portrait PHOTO... [--json] [--pictures FOLDER] [--no-identity]`; an avatar folder
may stand in the place of a photo. 0: done; 2: none of them can be used.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from bench.contact_sheet import contact_sheet
from bench.examination import MOVEMENTS, Examiner
from bench.identity_witness import IdentityWitness
from bench.imported import import_picture
from bench.puppet import Puppet
from pipeline.avatar import Avatar, read_avatar
from pipeline.errors import UserError
from pipeline.portrait.trackers import Trackers

# Heading, path in a result, and the limit it is held against.
Column = tuple[str, tuple[str, ...], float | None]
COLUMNS: tuple[Column, ...] = (
    ("import s", ("import_wall_s",), 5.0),
    ("cpu s", ("import_cpu_s",), None),
    ("landm %", ("landmark_pct",), 2.5),
    ("should %", ("shoulder_pct",), 5.0),
    *((name, ("follows", name), 0.9) for name in MOVEMENTS),
    *((f"g {name}", ("gain", name), None) for name in MOVEMENTS),
    ("identity", ("identity",), 0.4),
    ("backgr px", ("background_px",), 0.5),
    ("lost", ("background_lost",), None),
)
# Figures of which more is better.
AT_LEAST = (*MOVEMENTS, "own dB")


def examine_all(
    photos: Iterable[Path], examiner: Examiner, pictures: Path | None
) -> Iterator[dict[str, Any]]:
    """One result a photo, in order; one that the import refuses has its sentence instead."""
    for photo in photos:
        with tempfile.TemporaryDirectory() as folder:
            try:
                yield _examined(photo, Path(folder, photo.stem), examiner, pictures)
            except UserError as error:
                yield {"photo": photo.name, "refused": str(error)}


def _examined(
    photo: Path, folder: Path, examiner: Examiner, pictures: Path | None
) -> dict[str, Any]:
    result: dict[str, Any] = {"photo": photo.name}
    if (photo / "avatar.json").is_file():
        folder = photo
    else:
        imported = import_picture(photo, folder)
        result |= {
            "import_wall_s": imported.wall_s,
            "import_cpu_s": imported.cpu_s,
            "findings": list(imported.findings),
        }
    avatar = read_avatar(folder)
    if pictures is not None:
        _write_sheet(avatar, pictures / f"{photo.stem}.png")
    return result | asdict(examiner.examine(Puppet(avatar)))


def _write_sheet(avatar: Avatar, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.ascontiguousarray(contact_sheet(Puppet(avatar))[..., ::-1]))


def value_at(result: dict[str, Any], path: tuple[str, ...]) -> float | None:
    """The value of a column; None where it was not measured."""
    value: Any = result
    for key in path:
        value = None if value is None else value.get(key)
    return value


def medians(
    results: list[dict[str, Any]], columns: tuple[Column, ...] = COLUMNS
) -> dict[str, float]:
    """Of each column, over the photographs where it was measured."""
    figures = {}
    for title, path, _ in columns:
        values = [value for result in results if (value := value_at(result, path)) is not None]
        if values:
            figures[title] = round(float(np.median(values)), 3)
    return figures


def shortfalls(result: dict[str, Any], columns: tuple[Column, ...] = COLUMNS) -> list[str]:
    """Columns in which a result misses its limit."""
    missed = []
    for title, path, limit in columns:
        value = value_at(result, path)
        if limit is None or value is None:
            continue
        if value < limit if title in AT_LEAST else value > limit:
            missed.append(title)
    return missed


def table(results: list[dict[str, Any]], columns: tuple[Column, ...] = COLUMNS) -> str:
    """Rows of photographs, then medians; a figure that misses its limit is marked with *."""
    width = max(len(result["photo"]) for result in results)
    lines = [" " * width + "".join(f"{title:>10}" for title, *_ in columns)]
    for result in results:
        if "refused" in result:
            lines.append(f"{result['photo']:{width}}  refused: {result['refused']}")
            continue
        missed = shortfalls(result, columns)
        cells = []
        for title, path, _ in columns:
            value = value_at(result, path)
            mark = "*" if title in missed else " "
            cells.append(f"{'-' if value is None else f'{value:g}':>9}{mark}")
        lines.append(f"{result['photo']:{width}}" + "".join(cells))
    middle = medians(results, columns)
    lines.append(f"{'median':{width}}" + "".join(f"{middle.get(t, '-'):>9} " for t, *_ in columns))
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path, nargs="+", metavar="PHOTO")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="write driven pictures")
    parser.add_argument("--no-identity", action="store_true", help="without the identity witness")
    options = parser.parse_args()
    try:
        witness = None if options.no_identity else IdentityWitness()
        examiner = Examiner(Trackers.load(), witness)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    results = []
    for result in examine_all(options.photos, examiner, options.pictures):
        results.append(result)
        print(f"{result['photo']}: {result.get('refused', 'done')}", file=sys.stderr, flush=True)
    print(table(results))
    if options.json:
        print(json.dumps({"photos": results, "median": medians(results)}))
    return 2 if all("refused" in result for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
