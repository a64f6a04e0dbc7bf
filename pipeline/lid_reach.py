"""How much of the template's blink shuts a person's eyes: narrow ones meet long before its end."""

from typing import TYPE_CHECKING

import numpy as np

from pipeline.face_landmarks import LOWER_LID, UPPER_LID, landmark_points
from pipeline.names import ACTION_INDEX

if TYPE_CHECKING:
    from pipeline.template import TemplateModel

# Between the corners, where lids have a way to go.
MIDDLE = slice(2, 7)
LEAST_REACH = 0.3


def lid_reach(model: "TemplateModel", rest: np.ndarray, expression: np.ndarray) -> np.ndarray:
    """Factors (52,) float32 with which an eyeBlink of one just shuts either eye; others one.

    rest: (V, 3) metres, the person's rest shape; expression: (52,) actions that always stay
    """
    reach = np.ones(len(expression), np.float32)
    shape = rest.copy()
    shape[model.action_vertices] += np.tensordot(expression, model.action_deltas, 1)
    for eye, name in enumerate(("eyeBlinkLeft", "eyeBlinkRight")):
        index = ACTION_INDEX[name]
        shut = shape.copy()
        shut[model.action_vertices] += model.action_deltas[index]
        open_gap, shut_gap = _gap_m(model, shape, eye), _gap_m(model, shut, eye)
        if open_gap - shut_gap > 1e-6:
            reach[index] = np.clip(open_gap / (open_gap - shut_gap), LEAST_REACH, 1.0)
    return reach


def _gap_m(model: "TemplateModel", vertices: np.ndarray, eye: int) -> float:
    """Height of the upper lid's margin over the lower one; negative where they cross."""
    upper, lower = (
        landmark_points(model, vertices, margin[eye][MIDDLE]) for margin in (UPPER_LID, LOWER_LID)
    )
    return float(np.median(upper[:, 1] - lower[:, 1]))
