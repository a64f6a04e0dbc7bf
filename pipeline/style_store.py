"""The user's own styles: saving them under a name, and taking them away again."""

import json
import os
import tempfile
from pathlib import Path

from pipeline.errors import StyleError
from pipeline.knobs import KNOBS
from pipeline.style import BUILT_IN_STYLES, NAME, Style, list_styles, user_styles_folder


def check_style_name(name: str, replace: bool = False, folder: Path | None = None) -> Path:
    """Where a style of that name would be saved.

    folder: of the user's styles, where it is not the usual one
    Raises StyleError where the name is unusable, that of a shipped style, or taken while `replace`
    is false.
    """
    folder = folder or user_styles_folder()
    if not NAME.fullmatch(name):
        raise StyleError(
            "{name!r} cannot name a style; use up to 64 small letters a to z, "
            "digits, hyphens and underscores.",
            name=name[:80],
        )
    if name in list_styles([BUILT_IN_STYLES]):
        raise StyleError(
            "The style {name!r} is one that ships and stays; choose another name.", name=name
        )
    path = folder / f"{name}.json"
    if path.exists() and not replace:
        raise StyleError(
            "There is a style {name!r} already; choose another name or give --replace.", name=name
        )
    return path


def save_style(style: Style, replace: bool = False, folder: Path | None = None) -> Path:
    """Write a style; under its final name there is never half a file.

    Raises StyleError as `check_style_name`, and where the file cannot be written.
    """
    path = check_style_name(style.name, replace, folder)
    entries = {"title": style.title, "knobs": dict(zip(KNOBS, style.knobs, strict=True))}
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".style.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(entries, indent=2) + "\n")
        Path(temporary).replace(path)
        temporary = None
    except OSError as fault:
        raise StyleError(
            "The style file {path} cannot be written: {reason}.",
            path=path,
            reason=fault.strerror or fault,
        ) from fault
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
    return path


def remove_style(name: str, folder: Path | None = None) -> None:
    """Delete a style of the user's, damaged ones too.

    Raises StyleError where it ships, or where there is none of that name.
    """
    folder = folder or user_styles_folder()
    if name in list_styles([BUILT_IN_STYLES]):
        raise StyleError("The style {name!r} is one that ships; it cannot be removed.", name=name)
    own = list_styles([folder])
    if name not in own:
        known = ", ".join(own) or "none"
        raise StyleError(
            "There is no style named {name!r}; your own: {known}.", name=name[:80], known=known
        )
    try:
        (folder / f"{name}.json").unlink()
    except OSError as fault:
        raise StyleError(
            "The style {name!r} cannot be removed: {reason}.",
            name=name,
            reason=fault.strerror or fault,
        ) from fault
