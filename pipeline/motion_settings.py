"""How strongly the avatar moves: the three sliders of the user."""

import math
from dataclasses import dataclass, fields

from pipeline.errors import UserError

LARGEST_INTENSITY = 2.0


@dataclass(frozen=True, slots=True)
class MotionSettings:
    """Factors on the motion of a style, 1.0 = as the style has it, 0.0 = none, at most 2.0.

    expression: facial actions other than blinks
    head: head rotation and translation
    gesture: how often and how widely the hands move

    Raises:
        UserError: a factor is not a number in [0, 2]
    """

    expression: float = 1.0
    head: float = 1.0
    gesture: float = 1.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not number or not math.isfinite(value) or not 0.0 <= value <= LARGEST_INTENSITY:
                raise UserError(
                    f"The {field.name} setting must be a number from 0 to {LARGEST_INTENSITY:g},"
                    f" not {value!r}."
                )
