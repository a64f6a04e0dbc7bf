"""Options that several commands share, each declared once."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.errors import MediaError
from pipeline.latency_target import QUICKEST, SMOOTHEST
from pipeline.motion_settings import LARGEST_INTENSITY
from pipeline.picture_settings import FRAMINGS, LABEL_PLACES, LARGEST_ZOOM

TIERS = ("auto", "full", "lite")
DEVICES = ("auto", "cuda", "cpu")
FRAME_SIZES = ("512x768", "1280x720")
LARGEST_LOOKAHEAD_FRAMES = 4

Answer = dict[str, Any]


def declare(
    commands: Any, name: str, summary: str, run: Callable[[argparse.Namespace], Answer]
) -> argparse.ArgumentParser:
    """Add a command; `run` returns the object that --json prints."""
    parser = commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)
    parser.add_argument("--json", action="store_true", help="print one JSON object as last line")
    parser.add_argument("--verbose", action="store_true", help="write the log to the terminal too")
    parser.set_defaults(run=run)
    return parser


def add_avatar_options(parser: argparse.ArgumentParser, frame_size: str) -> None:
    """Who is shown, how they move, and what computes it."""
    parser.add_argument(
        "--avatar",
        default="",
        metavar="NAME|photo.png",
        help="an avatar (default: the first), or a picture used this once",
    )
    parser.add_argument("--style", default="natural", metavar="NAME", help="style preset")
    for name in ("expression", "head", "gesture"):
        parser.add_argument(
            f"--{name}", type=_intensity, default=1.0, metavar="X", help="intensity, 0 to 2"
        )
    parser.add_argument("--tier", choices=TIERS, default="auto", help="renderer")
    parser.add_argument("--device", choices=DEVICES, default="auto", help="engine")
    parser.add_argument(
        "--lookahead", type=_lookahead, default=1, metavar="FRAMES", help="of the lips, 0 to 4"
    )
    parser.add_argument("--seed", type=_seed, default=0, metavar="N", help="of blinks and gaze")
    parser.add_argument("--frame", choices=FRAME_SIZES, default=frame_size, help="picture size")
    parser.add_argument(
        "--background",
        default="original",
        metavar="original|blur|#RRGGBB|P.png",
        help="what stands behind the person (default: as in the portrait)",
    )
    parser.add_argument(
        "--framing", choices=FRAMINGS, default="portrait", help="how much is seen of the person"
    )
    parser.add_argument(
        "--zoom", type=_zoom, default=1.0, metavar="X", help="closer to the face, 1 to 2"
    )
    parser.add_argument(
        "--label-place",
        choices=[place for place in LABEL_PLACES if place != "none"],
        default="lower-left",
        help='corner of the words "AI avatar"',
    )
    parser.add_argument(
        "--no-label", dest="label", action="store_false", help='leave out the words "AI avatar"'
    )


def positive_seconds(text: str) -> float:
    """Type of a duration option."""
    value = _number(text)
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError(f"{text} is no duration in seconds")
    return value


def smoothness(text: str) -> int | None:
    """Type of --smooth; None means automatic."""
    if text == "auto":
        return None
    value = _number(text)
    if value not in range(QUICKEST, SMOOTHEST + 1):
        raise argparse.ArgumentTypeError(
            f"{text} is neither auto nor a whole number from {QUICKEST} to {SMOOTHEST}"
        )
    return int(value)


def check_writable(path: Path) -> None:
    """Raise MediaError before any work is done where `path` could not be written after it."""
    if path.is_dir():
        raise MediaError(f"{path} is a folder; name a file in it.")
    if not path.parent.is_dir():
        raise MediaError(f"There is no folder {path.parent}; create it first.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise MediaError(f"{path} cannot be written (no permission); choose another place.")


def _intensity(text: str) -> float:
    value = _number(text)
    if not 0 <= value <= LARGEST_INTENSITY:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and {LARGEST_INTENSITY:g}")
    return value


def _zoom(text: str) -> float:
    value = _number(text)
    if not 1 <= value <= LARGEST_ZOOM:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {LARGEST_ZOOM:g}")
    return value


def _lookahead(text: str) -> int:
    value = _number(text)
    if value not in range(LARGEST_LOOKAHEAD_FRAMES + 1):
        raise argparse.ArgumentTypeError(
            f"{text} is no whole number from 0 to {LARGEST_LOOKAHEAD_FRAMES}"
        )
    return int(value)


def _seed(text: str) -> int:
    value = _number(text)
    if not (0 <= value < 2**32 and value.is_integer()):
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 0 to 4294967295")
    return int(value)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no number") from None
