"""What the knobs of a style mean for breath, posture and gestures."""

from dataclasses import dataclass

import numpy as np

from pipeline.knobs import KNOB_INDEX
from pipeline.style import Style

# Knob, and value of the quantity, both rising; the middle is an average person.
_KNOB = (0.0, 0.25, 0.5, 0.9, 1.0)
_RATES = (0.03, 0.4, 0.75, 0.97, 1.0)
_SIZES = (0.3, 0.7, 1.0, 1.28, 1.4)
_SPEEDS = (0.75, 0.87, 1.0, 1.25, 1.35)
_LEANING_RAD = np.radians(2.0)
_BREATH_RATES_HZ = (0.22, 0.28)


@dataclass(frozen=True, slots=True)
class BodyManner:
    """gesture_rate: share of phrases that the hands accompany; gesture_size: extent of the strokes,
    1.0 = as drawn in the gesture forms; gesture_speed: tempo of preparation and stroke, 1.0 = a
    calm conversation; two_handed_share: of gestures; leaning_rad: pitch of the torso, forwards"""

    gesture_rate: float
    gesture_size: float
    gesture_speed: float
    two_handed_share: float
    leaning_rad: float
    breath_rate_hz: float


def body_manner(style: Style) -> BodyManner:
    """How somebody of a style moves the body."""

    def knob(name: str) -> float:
        return style.knobs[KNOB_INDEX[name]]

    return BodyManner(
        gesture_rate=float(np.interp(knob("gesture_rate"), _KNOB, _RATES)),
        gesture_size=float(np.interp(knob("gesture_extent"), _KNOB, _SIZES)),
        gesture_speed=float(np.interp(knob("tempo"), _KNOB, _SPEEDS)),
        two_handed_share=knob("two_handedness"),
        leaning_rad=float(_LEANING_RAD * (2.0 * knob("posture") - 1.0)),
        breath_rate_hz=float(np.interp(knob("head_energy"), (0.0, 1.0), _BREATH_RATES_HZ)),
    )
