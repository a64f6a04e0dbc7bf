"""How real and how varied rendered people are. `python -m bench.people --assets A [report …]`

faces     share of frames whose face independent detectors find; error of a tracker's points
hands     share of gesturing hands that a hand detector finds
identity  distances between people at rest, in the metric of dlib's recogniser
gallery   the same of the avatars that ship
flow      source warped by the exact flow against the driving frame, with and without light
speed     frames a second of one core: colour, and all maps
check     share of draws that check_person rejects, and why

Frames are rendered once and kept (--folder): on Mesa about 9 s of computing for a posed frame, 6 s
for each person on top, then 0.3 s to look at a frame and 2 s more with dlib's detector. 16 people
with 3 motions take some 10 minutes of one core, 64 people at rest (--count 64 --motions 0, for
identity) as much. Run again, it goes on where it was.
Needs training/requirements.txt and, for identity and the second face detector, dlib-bin and
face_recognition_models.
"""

import argparse
import json
import math
import sys
from dataclasses import fields
from pathlib import Path

import cv2
import numpy as np

from bench.identity_witness import IdentityWitness
from bench.people import figures
from bench.people.finding import DlibDetector, FrameFinding, find_person
from bench.people.renders import RenderedPerson, Wanted, rendered_people
from bench.people.variety import gallery, variety
from pipeline.errors import UserError
from pipeline.portrait.trackers import Trackers
from training.people.people_sheet import in_rows

REPORTS = ("faces", "hands", "identity", "gallery", "flow", "speed", "check")
TILE_PX = (256, 384)


def report(options: argparse.Namespace) -> dict:
    """The figures asked for, by report."""
    asked = options.reports or list(REPORTS)
    dlib = DlibDetector() if options.dlib and "faces" in asked else None
    judged = options.dlib and {"identity", "gallery"} & set(asked)
    witness = IdentityWitness() if judged else None
    trackers = Trackers.load(threads=1)
    people: list[RenderedPerson] = []
    finds: list[FrameFinding] = []
    for person in rendered_people(_wanted(options)):
        print(f"person {person.seed}: {person.hair}, {person.outfit}", file=sys.stderr, flush=True)
        people.append(person)
        if {"faces", "hands"} & set(asked):
            finds += find_person(person, trackers, dlib)
    if options.sheet is not None:
        cv2.imwrite(str(options.sheet), sheet(people)[..., ::-1])
    answer = {
        "faces": lambda: figures.faces(finds), "hands": lambda: figures.hands(finds),
        "flow": lambda: figures.flow(people), "speed": lambda: figures.speed(people),
        "check": lambda: figures.check(people),
        "identity": lambda: {} if witness is None else variety(people, witness),
        "gallery": lambda: {} if witness is None else gallery(witness),
    }  # fmt: skip
    return {name: answer[name]() for name in asked}


def sheet(people: list[RenderedPerson]) -> np.ndarray:
    """All frames, 256 x 384 pixels each; rows of whole people, some eight frames wide."""
    tiles = [cv2.resize(picture, TILE_PX, interpolation=cv2.INTER_AREA)
             for person in people for picture in person.pictures]  # fmt: skip
    frames = len(people[0].pictures)
    columns = frames * max(1, 8 // frames)
    return in_rows(tiles, columns)


def _wanted(options: argparse.Namespace) -> Wanted:
    names = (field.name for field in fields(Wanted))
    return Wanted(**{name: getattr(options, name) for name in names})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    usual = Wanted(Path())
    parser.add_argument("reports", nargs="*", choices=[*REPORTS, []], metavar="report")
    parser.add_argument("--assets", type=Path, required=True, help="folder or pack")
    parser.add_argument("--cache", type=Path, default=usual.cache, help="full mesh, or the pack")
    parser.add_argument("--folder", type=Path, default=usual.folder, help="where frames are kept")
    parser.add_argument("--first", type=int, default=usual.first, help="first seed")
    parser.add_argument("--count", type=int, default=usual.count)
    parser.add_argument("--motions", type=int, default=usual.motions, help="poses of a person")
    parser.add_argument("--passes", type=int, default=usual.passes, help="noise falls with them")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--no-dlib", action="store_false", dest="dlib")
    parser.add_argument("--sheet", type=Path, help="write all frames as one picture")
    parser.add_argument("--json", action="store_true")
    return parser


def _lines(answer: dict) -> list[str]:
    return [f"{name}.{key:32} {value}" for name, figures in answer.items()
            for key, value in figures.items()]  # fmt: skip


def _plain(value: float) -> float | None:
    return None if isinstance(value, float) and math.isnan(value) else value


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        answer = report(options)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    answer = {name: {k: _plain(v) for k, v in part.items()} for name, part in answer.items()}
    print(json.dumps(answer) if options.json else "\n".join(_lines(answer)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
