"""The presets as points in the space of knobs."""

import numpy as np

from pipeline.knobs import KNOBS

PRESETS: dict[str, tuple[float, ...]] = {
    # articulation, expressiveness, smile, brow, head_energy, nod_turn_balance, tilt, eye_contact,
    # blink_rate, gesture_rate, gesture_extent, two_handedness, tempo, posture
    "natural": (0.50, 0.50, 0.30, 0.50, 0.50, 0.50, 0.50, 0.60, 0.50, 0.50, 0.50, 0.45, 0.50, 0.50),
    "calm": (0.40, 0.30, 0.35, 0.35, 0.15, 0.50, 0.40, 0.80, 0.40, 0.25, 0.30, 0.40, 0.20, 0.35),
    "friendly":    (0.55, 0.65, 0.85, 0.65, 0.55, 0.60, 0.80, 0.80, 0.55, 0.55, 0.50, 0.50, 0.55, 0.45),
    "energetic":   (0.75, 0.85, 0.60, 0.80, 0.95, 0.50, 0.60, 0.60, 0.65, 0.90, 0.85, 0.55, 0.90, 0.65),
    "presenter":   (0.85, 0.60, 0.45, 0.55, 0.60, 0.30, 0.35, 0.90, 0.40, 0.80, 0.75, 0.85, 0.55, 0.90),
    "serious": (0.60, 0.30, 0.00, 0.15, 0.35, 0.70, 0.30, 0.90, 0.25, 0.35, 0.40, 0.30, 0.40, 0.80),
    "storyteller": (0.70, 0.90, 0.50, 0.95, 0.70, 0.40, 0.90, 0.45, 0.60, 0.70, 0.70, 0.60, 0.35, 0.40),
    "shy": (0.20, 0.25, 0.55, 0.40, 0.30, 0.60, 0.75, 0.10, 0.85, 0.10, 0.15, 0.30, 0.50, 0.05),
}  # fmt: skip


def preset(name: str) -> np.ndarray:
    """(14,) float32 knobs in the order of KNOBS. Raises KeyError for an unknown preset."""
    return np.array(PRESETS[name], np.float32)


assert all(len(point) == len(KNOBS) for point in PRESETS.values())
