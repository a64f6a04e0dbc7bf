"""What surrounds the person and how they are shown: the user's choices for the picture."""

import re
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UserError

ORIGINAL, BLUR = "original", "blur"
FRAMINGS = ("portrait", "fit", "shoulders")
LABEL_PLACES = ("lower-left", "lower-right", "upper-left", "upper-right", "none")
LARGEST_ZOOM = 2.0
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """How the portrait becomes the picture.

    background: "original", "blur", a colour "#rrggbb", or the path of a picture
    framing: "portrait" (unscaled, cut above and below), "fit" (all of it), "shoulders" (close)
    zoom: [1, 2], closer to the face, on top of the framing
    label: where the words "AI avatar" stand, "none" leaves them out

    Raises:
        UserError: one of them is unknown
    """

    background: str = ORIGINAL
    framing: str = "portrait"
    zoom: float = 1.0
    label: str = "lower-left"

    def __post_init__(self) -> None:
        if self.framing not in FRAMINGS:
            raise UserError(f"There is no framing {self.framing!r}; use {', '.join(FRAMINGS)}.")
        if self.label not in LABEL_PLACES:
            raise UserError(
                f"The label has no place {self.label!r}; use {', '.join(LABEL_PLACES)}."
            )
        if not 1.0 <= self.zoom <= LARGEST_ZOOM:
            raise UserError(f"The zoom must be from 1 to {LARGEST_ZOOM:g}, not {self.zoom!r}.")
        if self.background.startswith("#") and not COLOUR.fullmatch(self.background):
            raise UserError(
                f"{self.background[:40]!r} is no colour; write six digits, as in #2b5d8c."
            )

    @property
    def colour(self) -> tuple[int, int, int] | None:
        """Red, green, blue of a background of one colour, None for any other."""
        if not COLOUR.fullmatch(self.background):
            return None
        red, green, blue = bytes.fromhex(self.background[1:])
        return red, green, blue

    @property
    def picture(self) -> Path | None:
        """File of a background picture, None for any other background."""
        if self.background in (ORIGINAL, BLUR) or self.colour is not None:
            return None
        return Path(self.background)
