"""`avatar`: the gallery, and avatars from pictures of one's own."""

import argparse
import time
from pathlib import Path

from app.cli.options import Answer, declare
from pipeline.errors import UserError


def add_command(commands) -> None:
    """Declare the command and its actions."""
    description = "The gallery, and avatars from pictures of your own."
    parser = commands.add_parser("avatar", help=description, description=description)
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    declare(actions, "list", "List the avatars.", run_list)
    _declare_import(actions)
    remove = declare(actions, "remove", "Delete an avatar of your own.", run_remove)
    remove.add_argument("name", metavar="NAME", help="avatar to delete")


def _declare_import(actions) -> None:
    parser = declare(actions, "import", "Make an avatar from a picture.", run_import)
    parser.add_argument("picture", type=Path, metavar="photo.png", help="any picture file")
    parser.add_argument("--name", required=True, metavar="N", help="name of the new avatar")
    parser.add_argument(
        "--face", type=int, metavar="K", help="which face, from 1, left to right (default: largest)"
    )
    parser.add_argument(
        "--points",
        metavar="'x,y x,y x,y x,y'",
        help="two eyes and two corners of the mouth, in pixels, where no face is found",
    )
    parser.add_argument(
        "--consent",
        action="store_true",
        help="you have the right to use the picture, and the person in it agrees",
    )
    parser.add_argument("--replace", action="store_true", help="replace an avatar of that name")


def run_list(options: argparse.Namespace) -> Answer:
    """Print the avatars, the first one is the default."""
    from pipeline.avatar import GALLERY, list_avatars

    avatars = [
        {"name": entry.name, "title": entry.title, "own": entry.folder.parent != GALLERY}
        for entry in list_avatars()
    ]
    for avatar in avatars:
        print(f"{avatar['name']:<16} {'your own' if avatar['own'] else avatar['title']}")
    return {"avatars": avatars}


def run_import(options: argparse.Namespace) -> Answer:
    """Make an avatar of a picture and keep it. Raises UserError where --consent is missing."""
    from app.cli.own_picture import import_with_progress
    from pipeline.portrait.avatar_name import check_name
    from pipeline.portrait.consent import STATEMENT, Consent
    from pipeline.portrait.manual_points import ManualPoints
    from pipeline.portrait.saved_avatar import save

    if not options.consent:
        raise UserError(f"Nothing was imported; add --consent to declare: {STATEMENT}")
    check_name(options.name, replace=options.replace)
    points = None if options.points is None else ManualPoints.parse(options.points)
    started_s = time.monotonic()
    imported = import_with_progress(options.picture, options.face, points)
    consent = Consent.given_now(imported.picture.sha256)
    folder = save(imported, options.name, consent, replace=options.replace)
    for finding in imported.findings:
        print(f"{finding.sentence} {finding.advice}")
    print(f"The avatar {options.name!r} is ready.")
    return {
        "name": options.name,
        "folder": str(folder),
        "face": imported.chosen.number,
        "faces": imported.chosen.count,
        "findings": [finding.as_json() for finding in imported.findings],
        "took_s": round(time.monotonic() - started_s, 2),
    }


def run_remove(options: argparse.Namespace) -> Answer:
    """Delete one of the user's avatars."""
    from pipeline.portrait.saved_avatar import remove_avatar

    remove_avatar(options.name)
    print(f"The avatar {options.name!r} is deleted.")
    return {"removed": options.name}
