"""The square of the picture that a face refinement works on: whole cells, no resampling."""

import numpy as np

from pipeline.motion_field import Field
from pipeline.rates import FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.template import TemplateModel

FACE_PX = 256
# What is cut out of the features of a painter, which are at a sixteenth at the least.
STEP_PX = 16
# Gates are shut at the border of a square as a rule; where a face leaves it, it fades in.
BORDER_PX = 12
# Between eyes and lips, so that a jaw that opens moves nothing.
LANDMARKS = [1, 33, 263, 61, 291]


class FaceCrop:
    """FaceCrop(model).corner(field): where the square is in a frame."""

    def __init__(self, model: TemplateModel) -> None:
        self._corners = model.landmark_vertices[LANDMARKS]
        self._weights = model.landmark_weights[LANDMARKS][..., None]

    def corner(self, field: Field) -> tuple[int, int]:
        """Column and row of its first pixel, multiples of STEP_PX; it never leaves the picture."""
        middle = (field.points[self._corners] * self._weights).sum(1).mean(0)
        size = np.array([FRAME_WIDTH_PX, FRAME_HEIGHT_PX]) - FACE_PX
        x, y = np.clip(np.rint((middle - FACE_PX / 2) / STEP_PX) * STEP_PX, 0, size).astype(int)
        return int(x), int(y)


def border_ramp() -> np.ndarray:
    """(FACE_PX,) float32: one inside, falling to zero over BORDER_PX at both ends."""
    along = np.arange(FACE_PX, dtype=np.float32) + 0.5
    return (np.minimum(along, FACE_PX - along) / BORDER_PX).clip(0, 1)
