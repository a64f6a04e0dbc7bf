"""`avatar`: the gallery."""

import argparse

from app.cli.options import Answer, declare


def add_command(commands) -> None:
    """Declare the command and its actions."""
    parser = commands.add_parser("avatar", help="Show the gallery.", description="The gallery.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    declare(actions, "list", "List the avatars.", run_list)


def run_list(options: argparse.Namespace) -> Answer:
    """Print the avatars, the first one is the default."""
    from pipeline.avatar import list_avatars

    avatars = [{"name": entry.name, "title": entry.title} for entry in list_avatars()]
    for avatar in avatars:
        print(f"{avatar['name']:<16} {avatar['title']}")
    return {"avatars": avatars}
