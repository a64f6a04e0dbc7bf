"""A style from a recorded motion: the parameters with which our own stages move like that.

The reference values are what `measure_habits` finds in motions that the stages themselves made
from 100 s of speech, four seeds each, over the range of every parameter.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from pipeline.errors import StyleError
from pipeline.motion_file import Motion
from pipeline.motion_habits import (
    LEAST_LISTENING_S,
    LEAST_SPEAKING_S,
    Habits,
    measure_habits,
)
from pipeline.rates import FPS
from pipeline.style import DEFAULT_STYLE, RANGES, STYLE_VECTOR_SIZE, Style, load_style
from pipeline.template import load_template

SHORTEST_S = 10.0
LEAST_MOTION_RAD = 1e-3

# (measured, parameter) of the natural style's neighbours, both rising.
_AVERSIONS = ((0.0, 3.2, 6.2, 10.3, 13.0, 17.7, 21.4), (0.0, 2.0, 4.0, 7.0, 9.0, 15.0, 28.0))
_RAISED = ((0.0, 0.046, 0.246, 0.52, 0.69, 0.79, 0.92), (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 1.0))
_STROKE_M = ((0.025, 0.033, 0.037, 0.051, 0.071), (0.0, 0.3, 0.6, 1.0, 1.4))
_RISE_M_PER_S = ((0.6, 0.88, 1.07, 1.26, 1.52), (0.5, 0.8, 1.0, 1.2, 1.5))
# Blinks that pauses and glances bring forward come on top of the spontaneous ones.
_BLINKS_PER_PAUSE, _OTHER_BLINKS = 0.2, 2.0
_BLINK_OF_WIDTH = 2.0
_DRIFT_SHARES = np.array([1.0, 0.6, 0.6])
_DRIFT_GAIN = 1.05
_DRIFT_HZ = 0.042
_BEAT_RAD = math.radians(0.64)
_BROWS, _JAW = 0.0305, 0.312
# How much the network moves head and brows along with the first entries of the vector.
_NETWORK_OF_VECTOR = 0.12
_ROUNDS = 12
_JAW_OF_MOUTH, _JAW_OF_ENERGY = 0.19, 0.117
# Nods are rare: a minute of the usual ones is mixed in.
_PRIOR_NODS_MIN, _NODS_GAIN = 0.5, 1.3
_SMILE_OF_VOICE, _SMILE_OF_WARMTH, _WARMTH = 0.0224, 1.257, 5.7
_POSTURE_GAIN = 1.45


@dataclass(frozen=True, slots=True)
class LearnedStyle:
    """style; measured: names of the parameters that the motion showed, the others are those of
    the natural style; habits: what was measured"""

    style: Style
    measured: tuple[str, ...]
    habits: Habits


def learn_style(
    motion: Motion, name: str, title: str, untold: Collection[str] = ()
) -> LearnedStyle:
    """The style in which somebody moves.

    untold: parameters that the source of the motion does not tell; they stay as usual
    Raises:
        StyleError: the motion is too short, nobody speaks in it, or nothing moves
    """
    if len(motion) < SHORTEST_S * FPS:
        raise StyleError(
            f"The clip is {len(motion) / FPS:.1f} s long; a style needs {SHORTEST_S:.0f} s or"
            " more, better a minute."
        )
    arrays = motion.arrays()
    if (
        max(np.ptp(arrays.head_rotation, axis=0).max(), np.ptp(arrays.gaze, axis=0).max())
        < LEAST_MOTION_RAD
    ):
        raise StyleError("Nothing moves in the clip; choose one in which somebody talks.")
    model = load_template()
    habits = measure_habits(arrays, model.skeleton(np.zeros(len(model.identity_names))))
    if habits.speaking_s < LEAST_SPEAKING_S:
        raise StyleError(
            f"Somebody speaks for only {habits.speaking_s:.1f} s of the clip; a style needs"
            f" {LEAST_SPEAKING_S:.0f} s or more."
        )
    natural = load_style(DEFAULT_STYLE)
    found = _face(habits, natural) | _head(habits) | _torso(habits) | _hands(habits)
    found = {key: value for key, value in found.items() if key not in untold}
    numbers = {key: getattr(natural, key) for key in RANGES} | _in_range(found)
    vector = np.zeros(STYLE_VECTOR_SIZE)
    # The networks follow the vector, which follows the gains: what they do need not be done twice.
    for _ in range(_ROUNDS):
        network = 1.0 + _NETWORK_OF_VECTOR * (vector[0] + vector[2:5].sum())
        gains = {"nod_gain": found["nod_gain"] / network, "brow_gain": found["brow_gain"] / network}
        numbers |= _in_range(gains)
        vector = 0.5 * (vector + _vector(numbers, habits.jaw))
    style = Style(name=name, title=title, vector=tuple(np.round(vector, 3).tolist()), **numbers)
    return LearnedStyle(style, tuple(sorted(found)), habits)


def _mapped(value: float, curve: tuple[tuple[float, ...], tuple[float, ...]]) -> float:
    return float(np.interp(value, *curve))


def _in_range(values: dict[str, float]) -> dict[str, float]:
    return {key: round(float(np.clip(value, *RANGES[key])), 3) for key, value in values.items()}


def _face(habits: Habits, natural: Style) -> dict[str, float]:
    blinks = habits.blinks_per_min - _OTHER_BLINKS - _BLINKS_PER_PAUSE * habits.pauses_per_min
    found = {
        "blink_rate_per_min": blinks,
        "gaze_aversion_rate_per_min": _mapped(habits.aversions_per_min, _AVERSIONS),
        # The network smiles along with the warmth that goes with the smile.
        "smile": (habits.smile - _SMILE_OF_VOICE) / _SMILE_OF_WARMTH,
        "brow_gain": habits.brows / _BROWS,
    }
    if habits.blink_s is not None:
        found["blink_s"] = _BLINK_OF_WIDTH * habits.blink_s
    if habits.listening_s >= LEAST_LISTENING_S:
        minutes = habits.listening_s / 60.0
        usual = natural.listening_nods_per_min
        nods = _NODS_GAIN * habits.nods_per_min * minutes + usual * _PRIOR_NODS_MIN
        found["listening_nods_per_min"] = nods / (minutes + _PRIOR_NODS_MIN)
    return found


def _head(habits: Habits) -> dict[str, float]:
    yaw, _, roll = habits.drift_rad / _DRIFT_SHARES
    drift_rad = _DRIFT_GAIN * math.sqrt(0.5 * (yaw * yaw + roll * roll))
    return {
        "head_drift_deg": math.degrees(drift_rad),
        "head_tempo": habits.drift_hz / _DRIFT_HZ,
        "nod_gain": habits.beat_rad / _BEAT_RAD,
    }


def _torso(habits: Habits) -> dict[str, float]:
    torso = habits.torso
    if torso is None:
        return {}
    posture_deg = _POSTURE_GAIN * math.degrees(torso.posture_rad)
    found = {"sway_gain": torso.sway, "posture_drift_deg": posture_deg}
    return found if torso.breath_hz is None else found | {"breath_rate_hz": torso.breath_hz}


def _hands(habits: Habits) -> dict[str, float]:
    hands = habits.hands
    if hands is None:
        return {}
    found = {"gesture_rate": _mapped(hands.raised_share, _RAISED)}
    if hands.gestures:
        found["two_handed_share"] = hands.two_handed_share
        found["gesture_speed"] = _mapped(hands.rise_m_per_s, _RISE_M_PER_S)
    if hands.stroke_m:
        found["gesture_size"] = _mapped(hands.stroke_m, _STROKE_M)
    return found


def _vector(numbers: dict[str, float], jaw: float) -> np.ndarray:
    """(8,) what conditions the networks, on the scale of the shipped presets."""

    def level(gain: float, factor: float) -> float:
        return float(np.clip(factor * math.log2(max(gain, 0.1)), -1.0, 1.0))

    head, brows = level(numbers["nod_gain"], 1.2), level(numbers["brow_gain"], 1.2)
    tempo = level(numbers["gesture_speed"], 2.6)
    hands = numbers["gesture_rate"] * numbers["gesture_size"] / 0.75
    gesture = float(np.clip(1.2 * (hands - 1.0), -1.0, 1.0))
    energy = 1.15 * (head + gesture + tempo) / 3.0
    warmth = _WARMTH * (numbers["smile"] - 0.08)
    mouth = (jaw / _JAW - 1.0 - _JAW_OF_ENERGY * energy) / _JAW_OF_MOUTH
    gaze = 0.1 * (7.0 - numbers["gaze_aversion_rate_per_min"])
    return np.clip((energy, warmth, head, brows, mouth, gesture, gaze, tempo), -1.0, 1.0)
