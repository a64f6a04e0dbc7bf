"""`style`: how the avatar moves; the presets, and styles learnt from clips."""

import argparse
import sys
from pathlib import Path

from app.cli.options import Answer, declare


def add_command(commands) -> None:
    """Declare the command and its actions."""
    description = "Style presets, and styles learnt from clips."
    parser = commands.add_parser("style", help=description, description=description)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    declare(actions, "list", "List the styles.", run_list)
    learn = declare(actions, "learn", "Learn a style from a clip.", run_learn)
    learn.add_argument(
        "clip", type=Path, metavar="clip.npz", help="a motion, written by --motion-out"
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
    """Measure the motion of a clip and keep it as a style."""
    from pipeline.style import RANGES, usable_title
    from pipeline.style_learning import learn_style
    from pipeline.style_store import check_style_name, save_style

    check_style_name(options.name, options.replace)
    given = options.title
    title = usable_title(options.name.replace("_", " ").capitalize() if given is None else given)
    motion = read_motion(options.clip)
    learned = learn_style(motion, options.name, title)
    path = save_style(learned.style, options.replace)
    numbers = {key: getattr(learned.style, key) for key in RANGES}
    answer = {
        "name": options.name,
        "title": title,
        "file": str(path),
        "measured": {key: numbers[key] for key in learned.measured},
        "assumed": {key: numbers[key] for key in RANGES if key not in learned.measured},
        "vector": list(learned.style.vector),
    }
    for key, value in answer["measured"].items():
        print(f"{key:<28} {value:g}")
    if answer["assumed"]:
        print(f"Not to be seen in the clip, so as usual: {', '.join(answer['assumed'])}.")
    print(f"Learnt the style {options.name!r}; use it with --style {options.name}.")
    return answer


def read_motion(clip: Path):
    """The motion of a motion file."""
    from pipeline.motion_file import Motion

    return Motion.load(clip)


def run_remove(options: argparse.Namespace) -> Answer:
    """Delete one of the user's styles."""
    from pipeline.style_store import remove_style

    remove_style(options.name)
    print(f"Removed the style {options.name!r}.")
    return {"removed": options.name}
