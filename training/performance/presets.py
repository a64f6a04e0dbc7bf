"""The presets as points in the space of knobs."""

import numpy as np

from pipeline.knobs import KNOBS

PRESETS: dict[str, tuple[float, ...]] = {
    # articulation, expressiveness, smile, brow, head_energy, nod_turn_balance, tilt, eye_contact,
    # blink_rate, gesture_rate, gesture_extent, two_handedness, tempo, posture
    "natural": (0.5, 0.5, 0.3, 0.5, 0.5, 0.5, 0.5, 0.6, 0.5, 0.5, 0.5, 0.45, 0.5, 0.5),
    "calm": (0.4, 0.3, 0.35, 0.35, 0.15, 0.5, 0.4, 0.8, 0.4, 0.25, 0.3, 0.4, 0.2, 0.35),
    "friendly": (0.55, 0.65, 0.85, 0.65, 0.55, 0.6, 0.8, 0.8, 0.55, 0.55, 0.5, 0.5, 0.55, 0.45),
    "energetic": (0.75, 0.85, 0.6, 0.8, 0.95, 0.5, 0.6, 0.6, 0.65, 0.9, 0.85, 0.55, 0.9, 0.65),
    "presenter": (0.85, 0.6, 0.45, 0.55, 0.6, 0.3, 0.35, 0.9, 0.4, 0.8, 0.75, 0.85, 0.55, 0.9),
    "serious": (0.6, 0.3, 0.0, 0.15, 0.35, 0.7, 0.3, 0.9, 0.25, 0.35, 0.4, 0.3, 0.4, 0.8),
    "storyteller": (0.7, 0.9, 0.5, 0.95, 0.7, 0.4, 0.9, 0.45, 0.6, 0.7, 0.7, 0.6, 0.35, 0.4),
    "shy": (0.2, 0.25, 0.55, 0.4, 0.3, 0.6, 0.75, 0.1, 0.85, 0.1, 0.15, 0.3, 0.5, 0.05),
}  # fmt: skip


def preset(name: str) -> np.ndarray:
    """(14,) float32 knobs in the order of KNOBS. Raises KeyError for an unknown preset."""
    return np.array(PRESETS[name], np.float32)


assert all(len(point) == len(KNOBS) for point in PRESETS.values())
