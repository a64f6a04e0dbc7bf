"""Does a driven portrait look like the true picture of that moment?

`python -m bench.self_reenactment people --assets PEOPLE_ASSETS --folder CACHE`: synthetic people
nothing was made with, against exact renders; the portrait is imported as a user's would be, and
for an upper bound driven with its exact fit.
`python -m bench.self_reenactment frames SOURCE FRAME...`: photographs of one person; the first is
imported, the others are tracked, fitted and reenacted.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from bench.puppet import Puppet
from bench.reenactment_score import Judge, Score, on_source
from pipeline.avatar import Avatar, read_avatar
from pipeline.errors import AvatarError, UserError
from pipeline.names import IMPLICIT_SIZE, VISEMES
from pipeline.portrait.consent import Consent
from pipeline.portrait.frame_fit import fit_frame, relative_motion
from pipeline.portrait.import_portrait import ImportedPortrait, import_portrait
from pipeline.portrait.landmarks import FaceLandmarks
from pipeline.portrait.picture_file import read_picture
from pipeline.portrait.saved_avatar import write_avatar
from pipeline.portrait.trackers import Trackers
from pipeline.stream_types import BodyFrame, FaceFrame, State

if TYPE_CHECKING:
    from bench.held_out_people import HeldOutPerson

Look = Callable[[str, list[np.ndarray]], None]


def imported_avatar(picture: Path) -> tuple[ImportedPortrait, Avatar]:
    """Import a picture and read the avatar back, as the application does."""
    imported = import_portrait(picture)
    with tempfile.TemporaryDirectory() as near:
        folder = Path(near, "avatar")
        write_avatar(imported, "avatar", Consent.given_now(imported.picture.sha256), folder)
        return imported, read_avatar(folder)


def score_people(
    people: "Iterable[HeldOutPerson]", judge: Judge, look: Look
) -> dict[str, list[Score]]:
    """Scores of every driven frame of held-out people: as imported, and with the exact fit."""
    from bench.held_out_people import FACES

    as_imported, exact = [], []
    for person in people:
        imported, avatar = imported_avatar(person.portrait)
        puppet, bound = Puppet(avatar), Puppet(read_avatar(person.exact))
        source = imported.picture.pixels
        for index, (face, truth) in enumerate(zip(FACES, person.frames, strict=True)):
            driven = on_source(puppet.picture(face), imported.framed.matrix, source)
            best = bound.picture(face)
            as_imported.append(judge.score(f"{person.name} {index}", driven, truth, source))
            exact.append(judge.score(f"{person.name} {index}", best, truth, source))
            look(f"{person.name}_{index}", [source, truth, driven, best])
    return {"imported": as_imported, "exact fit": exact}


def score_frames(
    source: Path, frames: list[Path], judge: Judge, look: Look
) -> dict[str, list[Score]]:
    """Scores of every frame after reenacting it with the source portrait."""
    imported, avatar = imported_avatar(source)
    puppet, own = Puppet(avatar), imported.picture.pixels
    scores = []
    for path in frames:
        truth = read_picture(path).pixels
        if truth.shape != own.shape:
            raise AvatarError(f"{path.name} is not as large as {source.name}.")
        driven = puppet.picture(*_motion_of(truth, imported, judge))
        back = on_source(driven, imported.framed.matrix, own)
        scores.append(judge.score(path.stem, back, truth, own))
        look(path.stem, [own, truth, back])
    return {"frames": scores}


def _motion_of(
    truth: np.ndarray, imported: ImportedPortrait, judge: Judge
) -> tuple[FaceFrame, BodyFrame]:
    """What the person of the portrait does in another picture, relative to the portrait."""
    face = judge.face(truth)
    seen = FaceLandmarks(imported.framed.place(face.points), face.score)
    # Only the face is compared, and such pictures end above the shoulders as often as not.
    fitted = fit_frame(seen, None, imported.fit)
    motion = relative_motion(fitted, imported.fit, least=-1.0)
    return FaceFrame(
        0, motion.actions, motion.head_rotation, motion.head_translation, motion.gaze,
        np.zeros(len(VISEMES), np.float32), State.SPEAKING,
    ), BodyFrame(0, motion.joint_rotation, np.zeros(IMPLICIT_SIZE, np.float32))  # fmt: skip


def means(scores: list[Score]) -> dict[str, float]:
    """Mean of each figure."""
    names = [field.name for field in fields(Score) if field.name != "name"]
    return {
        name: round(float(np.mean([getattr(score, name) for score in scores])), 3) for name in names
    }


def lines(kind: str, scores: list[Score]) -> Iterator[str]:
    """A table: one line a frame, then the means."""
    columns = list(means(scores))
    yield f"{kind:24}" + "".join(f"{name:>14}" for name in columns)
    for score in scores:
        yield f"{score.name:24}" + "".join(f"{getattr(score, name):>14g}" for name in columns)
    yield f"{'mean':24}" + "".join(f"{value:>14g}" for value in means(scores).values())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    people = kinds.add_parser("people", help="held-out synthetic people")
    people.add_argument("--assets", type=Path, required=True, help="MakeHuman assets folder")
    people.add_argument("--body", type=Path, default=Path("cache/makehuman_full.npz"))
    people.add_argument("--count", type=int, help="the first of them only")
    frames = kinds.add_parser("frames", help="photographs of one person")
    frames.add_argument("source", type=Path)
    frames.add_argument("frames", type=Path, nargs="+", metavar="FRAME")
    people.add_argument("--folder", type=Path, default=Path("cache/held_out_people"))
    for kind in (people, frames):
        kind.add_argument("--pictures", type=Path, metavar="FOLDER", help="write comparisons here")
        kind.add_argument("--json", action="store_true")
    return parser


def main() -> int:
    options = _parser().parse_args()

    def look(name: str, pictures: list[np.ndarray]) -> None:
        if options.pictures is not None:
            options.pictures.mkdir(parents=True, exist_ok=True)
            strip = np.ascontiguousarray(np.hstack(pictures)[..., ::-1])
            cv2.imwrite(str(options.pictures / f"{name}.png"), strip)

    try:
        judge = Judge(Trackers.load())
        if options.kind == "people":
            from bench.held_out_people import held_out_people

            kept = held_out_people(options.folder, options.assets, options.body, options.count)
            scores = score_people(kept, judge, look)
        else:
            scores = score_frames(options.source, options.frames, judge, look)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    for kind, some in scores.items():
        print("\n".join(lines(kind, some)))
    if options.json:
        answer = {
            kind: {"mean": means(some), "frames": [asdict(score) for score in some]}
            for kind, some in scores.items()
        }
        print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
