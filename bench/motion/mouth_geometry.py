"""Heights of the lips, linear in the facial actions, measured on the template's inner lips."""

from functools import cache

import numpy as np

from pipeline.template import load_template

# Landmarks of the face mesh: middle of the inner lips and its neighbours, upper and lower.
_UPPER, _LOWER = (82, 13, 312), (87, 14, 317)


@cache
def _lift_mm_per_action() -> tuple[np.ndarray, np.ndarray]:
    """(52,) how far one unit of each action lifts the upper and the lower lip's inner margin."""
    model = load_template()
    deltas = np.zeros((len(model.action_deltas), len(model.rest_vertices)), np.float32)
    deltas[:, model.action_vertices] = model.action_deltas[..., 1]

    def lift(landmarks: tuple[int, ...]) -> np.ndarray:
        vertices = model.landmark_vertices[list(landmarks)]
        weights = model.landmark_weights[list(landmarks)]
        return 1e3 * (deltas[:, vertices] * weights).sum(axis=2).mean(axis=1)

    return lift(_UPPER), lift(_LOWER)


def lip_gap_mm(actions: np.ndarray) -> np.ndarray:
    """(T,) gap between the lips beyond that of the resting mouth, never negative, from (T, 52)."""
    upper, lower = _lift_mm_per_action()
    return np.maximum(0.0, actions @ (upper - lower))


def lower_lip_mm(actions: np.ndarray) -> np.ndarray:
    """(T,) height of the lower lip's inner margin against its rest, from (T, 52) actions. The edge
    of the upper teeth is 1.5 mm above that rest."""
    return actions @ _lift_mm_per_action()[1]
