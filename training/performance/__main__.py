"""The performance teacher on the command line.

`python -m training.performance show --audio A.wav --style S --out V.mp4` to look at it (a PNG
instead gives a sheet of pictures), `python -m training.performance make --shards FOLDER --out
FOLDER` to perform the speech corpus for training.
"""

import argparse
import sys
import time
from pathlib import Path

from pipeline.errors import UserError
from training.performance.presets import PRESETS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m training.performance", description=__doc__)
    commands = parser.add_subparsers(required=True)
    _add_show(commands)
    _add_make(commands)
    options = parser.parse_args()
    try:
        options.run(options)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _add_show(commands) -> None:
    command = commands.add_parser("show", help="a video of the template")
    command.add_argument("--audio", type=Path, required=True)
    command.add_argument("--style", choices=PRESETS, default="natural")
    command.add_argument("--out", type=Path, required=True)
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--gesture", type=float, default=1.0, help="0 to 2")
    command.add_argument("--avatar", help="whose body, of the gallery")
    command.add_argument("--seconds", type=float, help="only so much of the sound")
    command.set_defaults(run=_show)


def _add_make(commands) -> None:
    command = commands.add_parser("make", help="perform the speech corpus")
    command.add_argument("--shards", type=Path, default=Path("cache/speech/shards"))
    command.add_argument("--out", type=Path, default=Path("cache/performances"))
    command.add_argument("--each", type=int, default=6, help="performances of every shard")
    command.add_argument("--workers", type=int, default=1)
    command.add_argument("--seconds", type=float, help="begin no shard later than that")
    command.set_defaults(run=_make)


def _show(options: argparse.Namespace) -> None:
    from training.performance.show import show

    played = show(
        options.audio,
        options.out,
        options.style,
        seed=options.seed,
        gesture=options.gesture,
        avatar=options.avatar,
        seconds=options.seconds,
    )
    print(f"{len(played.face)} frames, {len(played.strokes)} strokes: {options.out}")


def _make(options: argparse.Namespace) -> None:
    from training.performance.performances import performances

    shards = sorted(options.shards.glob("*.json"))
    start_s = time.monotonic()
    done = list(performances(shards, options.each, options.workers, options.out, options.seconds))
    there = len(list(options.out.glob("*.npz")))
    print(
        f"{len(done)} shards performed in {time.monotonic() - start_s:.0f} s;"
        f" {there} of {len(shards)} are there"
    )


if __name__ == "__main__":
    sys.exit(main())
