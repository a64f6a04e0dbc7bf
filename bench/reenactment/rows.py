"""The renderers that are compared: a row of the table each. Another one is a line of ROWS."""

from dataclasses import dataclass

import numpy as np

from bench.puppet import MakeRenderer
from pipeline.avatar import Avatar
from pipeline.errors import UserError
from pipeline.motion_field import Field, MotionField
from pipeline.renderer import Renderer
from pipeline.template import Template


@dataclass(frozen=True, slots=True)
class Row:
    """make: (avatar, template, motion_field) -> RendererStage; it raises ModelError where its model
    or device is missing. It must be a module's function or class, to reach other processes."""

    name: str
    make: MakeRenderer


class StillPicture:
    """What doing nothing gives: the portrait itself."""

    tier = "none"

    def __init__(self, avatar: Avatar, template: Template, motion_field: MotionField) -> None:
        self._portrait = avatar.portrait

    def step(self, field: Field) -> np.ndarray:
        """The same pixels (768, 512, 3) uint8 whatever the field."""
        return self._portrait.copy()


ROWS = (
    Row("still portrait", StillPicture),
    Row("explicit", Renderer),
)


def chosen_rows(names: list[str]) -> list[Row]:
    """The rows of these names, in the order of ROWS; all without names.

    Raises UserError for a name that no row has.
    """
    known = [row.name for row in ROWS]
    if unknown := [name for name in names if name not in known]:
        raise UserError(f"There is no row {unknown[0]!r}; choose from: {', '.join(known)}.")
    return [row for row in ROWS if not names or row.name in names]
