"""How well portraits are driven, one row a renderer.

`python -m bench.reenactment people --assets PEOPLE_ASSETS [--people N --every K --burst B]`:
sixteen held-out people, eight seconds of speech with gestures each, against their true pictures.
True frames are rendered first and kept (--folder); all 3,840 take some minutes on a GPU and hours
on a CPU, so that a subset may be chosen; the table says which.

`python -m bench.reenactment photographs --folder PHOTOS`: portraits of real persons, imported and
driven: does the face follow, is it the same person, does nothing else move?

Rows of networks take the models that ship, or with --weights those of a training run
(average.safetensors of training.renderer), on torch: `--device cuda`, with `--workers` that share
one GPU, or `cpu`.

Needs training/requirements.txt, and for identity and JOD: pip install dlib-bin
face_recognition_models cvvdp.
"""

import argparse
import sys
from pathlib import Path

from bench.reenactment import people, photographs
from bench.reenactment.rows import NAMES


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    by_people = kinds.add_parser("people", help="held-out people against their true pictures")
    people.add_arguments(by_people)
    by_photographs = kinds.add_parser("photographs", help="a folder of real portraits")
    photographs.add_arguments(by_photographs)
    names = "; ".join(NAMES)
    for kind in (by_people, by_photographs):
        kind.add_argument("--rows", nargs="+", default=[], metavar="ROW", help=f"of: {names}")
        kind.add_argument("--weights", type=Path, metavar="FILE",
                          help="of a training run, in place of those that ship")  # fmt: skip
        kind.add_argument("--device", choices=("cpu", "cuda"), default="cpu",
                          help="of networks and of JOD")  # fmt: skip
        kind.add_argument("--no-identity", action="store_true", help="without dlib's recogniser")
        kind.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    return people.main(options) if options.kind == "people" else photographs.main(options)


if __name__ == "__main__":
    sys.exit(main())
