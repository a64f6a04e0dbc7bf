"""Styles: how a person talks, looks, nods and gestures, as one number for each knob."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import StyleError
from pipeline.former_style import knobs_of_former
from pipeline.knobs import KNOBS

DEFAULT_STYLE = "natural"
BUILT_IN_STYLES = Path(__file__).resolve().parent.parent / "resources" / "styles"

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LARGEST_FILE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Style:
    """A point in the space of knobs.

    name: of its file; title: for people
    knobs: 14 numbers in [0, 1] in the order of knobs.KNOBS, which says what each means

    Raises:
        StyleError: the knobs are not 14 numbers in [0, 1]
    """

    name: str
    title: str
    knobs: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.knobs) != len(KNOBS):
            raise StyleError(f"A style has {len(KNOBS)} knobs, not {len(self.knobs)}.")
        for knob, value in zip(KNOBS, self.knobs, strict=True):
            if not _is_knob(value):
                raise StyleError(f"The knob {knob!r} of a style must be a number from 0 to 1.")


def user_styles_folder() -> Path:
    """Where the user's own styles live; it need not exist."""
    import platformdirs

    return platformdirs.user_data_path("ChatAnyone", appauthor=False) / "styles"


def style_folders() -> tuple[Path, ...]:
    """Folders searched for styles, in this order."""
    return (BUILT_IN_STYLES, user_styles_folder())


def list_styles(folders: Sequence[Path] | None = None) -> tuple[str, ...]:
    """Names of all known styles: the default one, the other shipped ones, then the user's own."""
    found: list[str] = []
    for folder in style_folders() if folders is None else folders:
        names = {path.stem for path in folder.glob("*.json") if NAME.fullmatch(path.stem)}
        found += sorted(names - set(found), key=lambda name: (name != DEFAULT_STYLE, name))
    return tuple(found)


def load_style(name: str, folders: Sequence[Path] | None = None) -> Style:
    """Load a style by name; the shipped ones cannot be shadowed by the user's.

    Raises:
        StyleError: no style of that name (the sentence lists the known ones), or its file is
            damaged
    """
    folders = style_folders() if folders is None else folders
    if isinstance(name, str) and NAME.fullmatch(name):
        for folder in folders:
            path = folder / f"{name}.json"
            if path.is_file():
                return _read(path)
    known = ", ".join(list_styles(folders)) or "none is installed"
    raise StyleError(f"There is no style named {str(name)[:80]!r}; choose one of: {known}.")


def _read(path: Path) -> Style:
    try:
        if path.stat().st_size > _LARGEST_FILE_BYTES:
            raise StyleError(f"The style file {path.name} is too large to be a style.")
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as fault:
        raise StyleError(
            f"The style file {path.name} cannot be read as JSON; restore or remove it."
        ) from fault
    if not isinstance(content, dict):
        raise StyleError(f"The style file {path.name} must hold one JSON object.")
    if "vector" in content and "knobs" not in content:
        return _read_former(path, content)
    _check_names(path, "entry", content, ("title", "knobs"))
    knobs = content["knobs"]
    if not isinstance(knobs, dict):
        raise StyleError(f"The entry 'knobs' in the style file {path.name} must be a JSON object.")
    _check_names(path, "knob", knobs, KNOBS)
    for knob in KNOBS:
        if not _is_knob(knobs[knob]):
            raise StyleError(
                f"The knob {knob!r} in the style file {path.name} must be a number from 0 to 1."
            )
    title = _title(path, content["title"])
    return Style(path.stem, title, tuple(float(knobs[knob]) for knob in KNOBS))


def _read_former(path: Path, content: dict[str, object]) -> Style:
    try:
        knobs = knobs_of_former(content)
    except ValueError as fault:
        raise StyleError(
            f"The style file {path.name} is of the first version and its entry {fault.args[0]!r} is"
            " damaged; remove it and learn the style again."
        ) from fault
    return Style(path.stem, _title(path, content.get("title")), knobs)


def _check_names(path: Path, what: str, given: dict[str, object], known: Sequence[str]) -> None:
    if unknown := sorted(set(given) - set(known)):
        raise StyleError(f"The style file {path.name} has an unknown {what} {unknown[0][:80]!r}.")
    if missing := [name for name in known if name not in given]:
        raise StyleError(f"The style file {path.name} lacks the {what} {missing[0]!r}.")


def usable_title(value: str) -> str:
    """The title without spaces around it. Raises StyleError where it is too long or not plain."""
    if not _is_title(value):
        raise StyleError("The title of a style must be 1 to 60 characters on one line.")
    return value.strip()


def _is_title(value: str) -> bool:
    return 1 <= len(value.strip()) <= 60 and value.isprintable()


def _title(path: Path, value: object) -> str:
    if not isinstance(value, str) or not _is_title(value):
        raise StyleError(f"The title in the style file {path.name} must be 1 to 60 characters.")
    return value.strip()


def _is_knob(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return 0.0 <= value <= 1.0
