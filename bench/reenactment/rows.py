"""The renderers that are compared: a row of the table each. Another one is a line of EXPLICIT, or
of FULL where it is the full tier without one of its parts."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from bench.puppet import MakeRenderer, Tell, as_it_is
from bench.reenactment.weights import Weights
from pipeline.avatar import Avatar
from pipeline.errors import ModelError, UserError
from pipeline.motion_field import Field, MotionField
from pipeline.renderer import Renderer
from pipeline.template import Template

LITE = "lite"
# Each without which parts, as painted.Parts names them.
FULL: dict[str, tuple[str, ...]] = {
    "full": (),
    "full without hands": ("hands", "hands_told"),
    "full, hands not told": ("hands_told",),
    "full without face refinement": ("refined",),
    "full without implicit offset": ("implicit",),
}


@dataclass(frozen=True, slots=True)
class Row:
    """make, tell: as of Puppet."""

    name: str
    make: MakeRenderer
    tell: Tell = as_it_is


class StillPicture:
    """What doing nothing gives: the portrait itself."""

    tier = "none"

    def __init__(self, avatar: Avatar, template: Template, motion_field: MotionField) -> None:
        self._portrait = avatar.portrait

    def step(self, field: Field) -> np.ndarray:
        """The same pixels (768, 512, 3) uint8 whatever the field."""
        return self._portrait.copy()


EXPLICIT = (
    Row("still portrait", StillPicture),
    Row("explicit", Renderer),
)
NAMES = (*(row.name for row in EXPLICIT), LITE, *FULL)


def chosen_names(names: list[str], weights: Weights) -> list[str]:
    """These names in the order of NAMES; without names all rows that can be had.

    Raises UserError for a name that no row has, ModelError for a row that lacks its networks.
    """
    if unknown := [name for name in names if name not in NAMES]:
        raise UserError(f"There is no row {unknown[0]!r}; choose from: {', '.join(NAMES)}.")
    painted = (LITE, *FULL)
    if not weights.exist:
        if lacking := [name for name in names if name in painted]:
            raise ModelError(
                f"The networks of the row {lacking[0]!r} do not ship yet; give those of a training"
                " run with --weights."
            )
        names = names or [row.name for row in EXPLICIT]
    return [name for name in NAMES if not names or name in names]


def rows(names: list[str], weights: Weights) -> list[Row]:
    """The rows of chosen names, ready to draw; called in the process that uses them, since networks
    do not travel. Raises ModelError where weights or device cannot be had."""
    explicit = {row.name: row for row in EXPLICIT}
    return [explicit.get(name) or _painted(name, weights) for name in names]


def _painted(name: str, weights: Weights) -> Row:
    from bench.reenactment.networks import load
    from bench.reenactment.painted import Parts, full_renderer, lite_renderer, told

    networks = load(weights)
    if name == LITE:
        return Row(name, partial(lite_renderer, networks=networks))
    parts = Parts(**dict.fromkeys(FULL[name], False))
    make = partial(full_renderer, networks=networks, parts=parts)
    return Row(name, make, partial(told, networks=networks) if parts.implicit else as_it_is)
