"""`style`: the presets of how the avatar moves."""

import argparse

from app.cli.options import Answer, declare


def add_command(commands) -> None:
    """Declare the command and its actions."""
    parser = commands.add_parser("style", help="Show the styles.", description="Style presets.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    declare(actions, "list", "List the style presets.", run_list)


def run_list(options: argparse.Namespace) -> Answer:
    """Print the styles, the first one is the default."""
    from pipeline.style import list_styles, load_style

    styles = [{"name": name, "title": load_style(name).title} for name in list_styles()]
    for entry in styles:
        print(f"{entry['name']:<16} {entry['title']}")
    return {"styles": styles}
