"""`style`: how the avatar moves; the presets, and styles learnt from clips."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.options import Answer, declare

if TYPE_CHECKING:
    from pipeline.portrait.video_track import VideoTrack


def add_command(commands) -> None:
    """Declare the command and its actions."""
    description = "Style presets, and styles learnt from clips."
    parser = commands.add_parser("style", help=description, description=description)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    declare(actions, "list", "List the styles.", run_list)
    learn = declare(actions, "learn", "Learn a style from a clip.", run_learn)
    learn.add_argument(
        "clip",
        type=Path,
        metavar="clip.mp4|clip.npz",
        help="a video of one person, or a motion written by --motion-out",
    )
    learn.add_argument("--name", required=True, metavar="N", help="name of the new style")
    learn.add_argument("--title", metavar="TEXT", help="as shown to people (default: the name)")
    learn.add_argument("--replace", action="store_true", help="replace a style of that name")
    remove = declare(actions, "remove", "Delete a style of your own.", run_remove)
    remove.add_argument("name", metavar="NAME", help="style to delete")


def run_list(options: argparse.Namespace) -> Answer:
    """Print the styles, the first one is the default; a damaged one of the user's is named."""
    from pipeline.errors import StyleError
    from pipeline.style import list_styles, load_style

    styles = []
    for name in list_styles():
        try:
            styles.append({"name": name, "title": load_style(name).title})
        except StyleError as fault:
            print(f"{fault} (`style remove {name}` removes it.)", file=sys.stderr)
    for entry in styles:
        print(f"{entry['name']:<16} {entry['title']}")
    return {"styles": styles}


def run_learn(options: argparse.Namespace) -> Answer:
    """Read the style from the motion of a clip and keep it."""
    from pipeline.knobs import KNOBS
    from pipeline.motion_file import Motion
    from pipeline.style import usable_title
    from pipeline.style_learning import learn_style
    from pipeline.style_store import check_style_name, save_style

    check_style_name(options.name, options.replace)
    given = options.title
    title = usable_title(options.name.replace("_", " ").capitalize() if given is None else given)
    if options.clip.suffix.lower() == ".npz":
        learned, notes = learn_style(Motion.load(options.clip), options.name, title), ()
    else:
        track = follow_clip(options.clip)
        learned = learn_style(track.motion, options.name, title, track.untold)
        notes = track.notes
    path = save_style(learned.style, options.replace)
    numbers = dict(zip(KNOBS, learned.style.knobs, strict=True))
    answer = {
        "name": options.name,
        "title": title,
        "file": str(path),
        "told": {knob: numbers[knob] for knob in learned.told},
        "assumed": {knob: numbers[knob] for knob in KNOBS if knob not in learned.told},
        "nearest": learned.nearest,
        "notes": list(notes),
    }
    for note in notes:
        print(note)
    for knob, value in answer["told"].items():
        print(f"{knob:<20} {value:g}")
    if answer["assumed"]:
        print(f"Not to be seen in the clip, so as usual: {', '.join(answer['assumed'])}.")
    print(
        f"Learnt the style {options.name!r} (of ours, {learned.nearest!r} is nearest); use it with"
        f" --style {options.name}."
    )
    return answer


def follow_clip(clip: Path) -> "VideoTrack":
    """The motion of the person in a video, with a progress bar."""
    from app.cli.progress import Progress
    from pipeline.portrait.video_track import track_video

    progress = Progress(100, "percent")
    try:
        return track_video(clip, lambda share: progress.update(int(100 * share)))
    finally:
        progress.clear()


def run_remove(options: argparse.Namespace) -> Answer:
    """Delete one of the user's styles."""
    from pipeline.style_store import remove_style

    remove_style(options.name)
    print(f"Removed the style {options.name!r}.")
    return {"removed": options.name}
