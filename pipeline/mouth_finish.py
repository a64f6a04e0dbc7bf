"""The last word on the mouth: lips that should touch do touch.

On the template every mouth action but smile and pucker parts the lips, so closed means zero.
"""

import numpy as np

from pipeline.names import ACTION_INDEX, VISEME_INDEX

# posterior of closed lips below which the network's mouth stays, above which it is shut
GATE = (0.45, 0.70)
# louder of speech and doubt: below this posterior of speech the mouth shuts, above it stays
SPEECH_GATE = (0.10, 0.30)
MUTED_DB = -66.0
SMALLEST_JAW = 0.015

# f and v bring the lower lip to the upper teeth, th shows the tongue: too rare for a regression
LIP_TO_TEETH, TONGUE_SHOWN = 0.35, 0.25
_FF_JAW_SHARE = 0.6

_OPENING = (
    "jawOpen", "mouthFunnel", "mouthLowerDownLeft", "mouthLowerDownRight", "mouthUpperUpLeft",
    "mouthUpperUpRight", "mouthStretchLeft", "mouthStretchRight", "mouthRollLower",
    "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper", "tongueOut", "mouthPressLeft",
    "mouthPressRight", "mouthClose",
)  # fmt: skip
_SHAPING = ("mouthPucker",)
_OPENING_INDEX = [ACTION_INDEX[name] for name in _OPENING]
_SHAPING_INDEX = [ACTION_INDEX[name] for name in _SHAPING]


def _smooth_step(value: float, low: float, high: float) -> float:
    x = min(max((value - low) / (high - low), 0.0), 1.0)
    return x * x * (3.0 - 2.0 * x)


def shut(closed: float, speech: float, energy_db: float) -> float:
    """How firmly the lips are held together, 0 free to 1 touching.

    closed: posterior of closed lips; speech: posterior of speech; energy_db: of the sound
    """
    if energy_db < MUTED_DB:
        return 1.0
    quiet = 1.0 - _smooth_step(speech, *SPEECH_GATE)
    return max(_smooth_step(closed, *GATE), quiet)


def add_contacts(actions: np.ndarray, viseme: np.ndarray) -> np.ndarray:
    """A new (52,) array with the contacts of lip and teeth, tongue and teeth that are heard.

    viseme: (15,) posteriors in the order of names.VISEMES
    """
    teeth, tongue = float(viseme[VISEME_INDEX["FF"]]), float(viseme[VISEME_INDEX["TH"]])
    result = actions.copy()
    result[ACTION_INDEX["jawOpen"]] *= 1.0 - _FF_JAW_SHARE * teeth
    for name, value in (
        ("mouthRollLower", LIP_TO_TEETH * teeth),
        ("tongueOut", TONGUE_SHOWN * tongue),
    ):
        result[ACTION_INDEX[name]] = max(float(result[ACTION_INDEX[name]]), value)
    return result


def finish_mouth(actions: np.ndarray, shut_share: float) -> np.ndarray:
    """A new (52,) array in which the mouth is shut by that share.

    A jaw that is hardly open counts as shut: half-parted lips look like a fault.
    """
    finished = actions.copy()
    finished[_OPENING_INDEX] *= 1.0 - shut_share
    finished[_SHAPING_INDEX] *= 1.0 - 0.5 * shut_share
    if finished[ACTION_INDEX["jawOpen"]] < SMALLEST_JAW:
        fade = finished[ACTION_INDEX["jawOpen"]] / SMALLEST_JAW
        finished[_OPENING_INDEX] *= fade
    return finished
