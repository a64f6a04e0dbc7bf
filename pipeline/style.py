"""Style presets: how a person blinks, looks, nods and gestures."""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from pipeline.errors import StyleError

STYLE_VECTOR_SIZE = 8
DEFAULT_STYLE = "natural"
BUILT_IN_STYLES = Path(__file__).resolve().parent.parent / "resources" / "styles"

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LARGEST_FILE_BYTES = 64 * 1024
RANGES: dict[str, tuple[float, float]] = {
    "blink_rate_per_min": (8.0, 26.0),
    "blink_s": (0.25, 0.55),
    "gaze_aversion_rate_per_min": (0.0, 30.0),
    "head_drift_deg": (0.0, 5.0),
    "head_tempo": (0.5, 2.0),
    "nod_gain": (0.0, 2.0),
    "listening_nods_per_min": (0.0, 20.0),
    "gesture_rate": (0.0, 1.0),
    "gesture_size": (0.0, 1.5),
    "gesture_speed": (0.5, 1.6),
    "two_handed_share": (0.0, 1.0),
    "smile": (0.0, 0.6),
    "brow_gain": (0.0, 2.0),
    "breath_rate_hz": (0.2, 0.3),
    "sway_gain": (0.0, 2.0),
    "posture_drift_deg": (0.0, 3.0),
}


@dataclass(frozen=True, slots=True)
class Style:
    """One preset; every number is checked on loading.

    vector: 8 numbers in [-1, 1] that condition the networks: energy, warmth, head, brows, mouth,
        gesture, gaze, tempo (all 0 = natural)
    blink_s: from open over closed to open, on average
    head_drift_deg: standard deviation of the slow head yaw in silence (pitch and roll: 0.6 of it)
    head_tempo: of that drift, 1.0 = as in a calm conversation
    nod_gain: factor on nods and on head beats with the voice
    gesture_rate: share of phrases that the hands accompany
    gesture_size: extent of the strokes, 1.0 = as drawn in the gesture forms
    gesture_speed: tempo of preparation and stroke, 1.0 = a calm conversation
    smile: resting smile, as a facial action in [0, 0.6]
    sway_gain: how much the torso follows the head
    """

    name: str
    title: str
    vector: tuple[float, ...]
    blink_rate_per_min: float
    blink_s: float
    gaze_aversion_rate_per_min: float
    head_drift_deg: float
    head_tempo: float
    nod_gain: float
    listening_nods_per_min: float
    gesture_rate: float
    gesture_size: float
    gesture_speed: float
    two_handed_share: float
    smile: float
    brow_gain: float
    breath_rate_hz: float
    sway_gain: float
    posture_drift_deg: float


def user_styles_folder() -> Path:
    """Where the user's own styles live; it need not exist."""
    return platformdirs.user_data_path("ChatAnyone", appauthor=False) / "styles"


def style_folders() -> tuple[Path, ...]:
    """Folders searched for styles, in this order."""
    return (BUILT_IN_STYLES, user_styles_folder())


def list_styles(folders: Sequence[Path] | None = None) -> tuple[str, ...]:
    """Names of all known styles, the default one first, then alphabetically."""
    found = {
        path.stem
        for folder in (style_folders() if folders is None else folders)
        for path in folder.glob("*.json")
        if NAME.fullmatch(path.stem)
    }
    return tuple(sorted(found, key=lambda name: (name != DEFAULT_STYLE, name)))


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
    expected = {field.name for field in fields(Style)} - {"name"}
    if unknown := sorted(set(content) - expected):
        raise StyleError(f"The style file {path.name} has an unknown entry {unknown[0][:80]!r}.")
    if missing := sorted(expected - set(content)):
        raise StyleError(f"The style file {path.name} lacks the entry {missing[0]!r}.")
    return Style(
        name=path.stem,
        title=_title(path, content["title"]),
        vector=_vector(path, content["vector"]),
        **{key: _number(path, key, content[key], *RANGES[key]) for key in RANGES},
    )


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


def _vector(path: Path, value: object) -> tuple[float, ...]:
    if not isinstance(value, list) or len(value) != STYLE_VECTOR_SIZE:
        raise StyleError(
            f"The vector in the style file {path.name} must hold {STYLE_VECTOR_SIZE} numbers."
        )
    return tuple(_number(path, "vector", item, -1.0, 1.0) for item in value)


def _number(path: Path, key: str, value: object, low: float, high: float) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or not math.isfinite(value)
        or not low <= value <= high
    ):
        raise StyleError(
            f"The entry {key!r} in the style file {path.name} must be a number"
            f" from {low:g} to {high:g}."
        )
    return float(value)
