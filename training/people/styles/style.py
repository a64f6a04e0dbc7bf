"""The styles that a portrait can be drawn in."""

from collections.abc import Callable

from training.people.picture import Picture
from training.people.styles.clay import clay
from training.people.styles.line_art import line_art
from training.people.styles.painterly import painterly
from training.people.styles.scene import Scene
from training.people.styles.toon import toon

PORTRAIT_STYLES: dict[str, Callable[[Scene], Picture]] = {
    "toon": toon,
    "painterly": painterly,
    "clay": clay,
    "line art": line_art,
}
