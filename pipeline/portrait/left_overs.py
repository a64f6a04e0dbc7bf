"""What a program that was killed in the middle of a change left among the user's avatars."""

import json
import logging
import os
import shutil
import time
from pathlib import Path

from pipeline.avatar import NAME, user_folder

log = logging.getLogger(__name__)

# A younger one may belong to a change that is being made now.
OLD_S = 600.0


def clear_left_overs(folder: Path | None = None, older_than_s: float = OLD_S) -> list[str]:
    """Put back avatars whose replacement never came and delete what else was left: it shows people.

    folder: of the user's avatars
    Returns the names of those that are back.
    """
    folder = folder or user_folder()
    put_back = []
    for left in [*folder.glob(".new-*"), *folder.glob(".old-*")]:
        try:
            if time.time() - left.stat().st_mtime < older_than_s:
                continue
            name = _put_back(left / "old", folder)
            if name:
                put_back.append(name)
            shutil.rmtree(left)
            log.info("a change of avatars that was cut off is cleared away: %s", left.name)
        except OSError as fault:
            log.info("%s cannot be cleared away: %s", left.name, fault)
    return put_back


def _put_back(aside: Path, folder: Path) -> str:
    """Return an avatar that was moved aside to its place; its name, "" where there is none."""
    try:
        name = json.loads((aside / "avatar.json").read_text(encoding="utf-8"))["name"]
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    if not isinstance(name, str) or not NAME.fullmatch(name) or (folder / name).exists():
        return ""
    os.replace(aside, folder / name)
    return name
