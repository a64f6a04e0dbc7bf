"""Style files of the first version: measured habits in place of knobs."""

from collections.abc import Mapping

import numpy as np

from pipeline.knobs import KNOBS

# Entry of the file, its values and the knob's; the middle is what was the natural style.
_KNOBS: dict[str, tuple[str, tuple[float, ...], tuple[float, ...]]] = {
    "smile": ("smile", (0.0, 0.06, 0.08, 0.22, 0.6), (0.0, 0.25, 0.3, 0.85, 1.0)),
    "brow": ("brow_gain", (0.0, 0.7, 1.0, 1.4, 2.0), (0.0, 0.35, 0.5, 0.8, 1.0)),
    "head_energy": ("head_drift_deg", (0.0, 1.0, 1.5, 2.0, 5.0), (0.0, 0.15, 0.5, 0.9, 1.0)),
    "eye_contact": ("gaze_aversion_rate_per_min", (0.0, 4.0, 7.0, 14.0, 30.0),
                    (1.0, 0.8, 0.6, 0.3, 0.0)),
    "blink_rate": ("blink_rate_per_min", (8.0, 12.0, 16.0, 20.0, 26.0), (0.2, 0.4, 0.5, 0.65, 1.0)),
    "gesture_rate": ("gesture_rate", (0.0, 0.45, 0.75, 0.95, 1.0), (0.0, 0.25, 0.5, 0.9, 1.0)),
    "gesture_extent": ("gesture_size", (0.0, 0.75, 1.0, 1.25, 1.5), (0.0, 0.3, 0.5, 0.85, 1.0)),
    "two_handedness": ("two_handed_share", (0.0, 1.0), (0.0, 1.0)),
    "tempo": ("gesture_speed", (0.5, 0.85, 1.0, 1.2, 1.6), (0.0, 0.2, 0.5, 0.9, 1.0)),
}  # fmt: skip
_USUAL = 0.5
_LARGEST = 1e9


def knobs_of_former(content: Mapping[str, object]) -> tuple[float, ...]:
    """(14,) knobs that move like a style file of the first version.

    Knobs that it did not know are those of an average person.
    Raises ValueError, naming the entry, where one is missing or no number.
    """
    knobs = dict.fromkeys(KNOBS, _USUAL)
    for knob, (entry, values, places) in _KNOBS.items():
        value = content.get(entry)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ValueError(entry)
        if not abs(value) < _LARGEST:
            raise ValueError(entry)
        knobs[knob] = round(float(np.interp(value, values, places)), 3)
    return tuple(knobs.values())
