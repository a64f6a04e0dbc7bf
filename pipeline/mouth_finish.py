"""The last word on the mouth: lips that should touch do touch.

On the template every mouth action but smile and pucker parts the lips, so closed means zero.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.names import ACTION_INDEX, VISEME_INDEX

_OPENING = (
    "jawOpen", "mouthFunnel", "mouthLowerDownLeft", "mouthLowerDownRight", "mouthUpperUpLeft",
    "mouthUpperUpRight", "mouthStretchLeft", "mouthStretchRight", "mouthRollLower",
    "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper", "tongueOut", "mouthPressLeft",
    "mouthPressRight", "mouthClose",
)  # fmt: skip
_OPENING_INDEX = np.array([ACTION_INDEX[name] for name in _OPENING])
_PUCKER, _JAW = ACTION_INDEX["mouthPucker"], ACTION_INDEX["jawOpen"]
_ROLL, _TONGUE = ACTION_INDEX["mouthRollLower"], ACTION_INDEX["tongueOut"]
_BILABIAL = VISEME_INDEX["PP"]
# sounds that need parted lips, or a lip at the teeth
_APART = [VISEME_INDEX[name] for name in ("aa", "E", "ih", "oh", "ou", "FF", "SS", "CH")]
# one doubtful witness must not outvote a sure one
_ODDS_RANGE, _LEAST_CLOSED_ODDS = (-3.0, 6.0), -2.0


# a frame; slow enough that a syllable is remembered while the lips are shut behind it
_LOUDEST_FALL_DB = 1.0


def dip(levels_db: Sequence[float], loudest_db: float) -> tuple[float, float]:
    """How far a frame lies below what was loud before it and what follows it; and loudest_db, the
    last sounds' level, slowly falling, with this frame.

    levels_db: of the frame and of those behind it that are heard already
    """
    loudest_db = max(levels_db[0], loudest_db - _LOUDEST_FALL_DB)
    return max(loudest_db, *levels_db) - levels_db[0], loudest_db


@dataclass(frozen=True, slots=True)
class MouthFinish:
    """What a motion network may not leave to chance about the lips.

    closed_weight, bilabial_weight, apart_weight: what the log odds of closed lips, of p b m and of
        sounds that hold the lips apart say for and against a contact; in noise none of them
        reaches the odds it has in quiet, but they err in different frames
    dip_weight: what each dB says by which the sound falls as the lips shut, to largest_dip_db
    contact_gate: their sum below which the network's mouth stays, above which it is shut
    speech_gate, onset_gate: below this posterior of speech the mouth shuts, above the second it is
        free; while somebody speaks, and while nobody does, when a rustle must not part the lips
    muted_db: below this level there is nobody at the microphone
    smallest_jaw: a jaw that opens less counts as shut: half-parted lips look like a fault
    lip_to_teeth, tongue_shown: least mouthRollLower of f and v, least tongueOut of th
    teeth_jaw_share: how much of its opening the jaw loses for f and v
    shutting, opening: most that silence can shut or free the lips by in one frame
    """

    closed_weight: float = 0.4
    bilabial_weight: float = 0.6
    apart_weight: float = 0.3
    dip_weight: float = 0.15
    largest_dip_db: float = 8.0
    contact_gate: tuple[float, float] = (-0.75, 0.15)
    speech_gate: tuple[float, float] = (0.10, 0.30)
    onset_gate: tuple[float, float] = (0.35, 0.65)
    muted_db: float = -66.0
    smallest_jaw: float = 0.015
    lip_to_teeth: float = 0.35
    tongue_shown: float = 0.25
    teeth_jaw_share: float = 0.6
    shutting: float = 0.3
    opening: float = 0.5

    def contact(self, closed: float, viseme: np.ndarray, dip_db: float = 0.0) -> float:
        """How firmly the lips are held together for a sound, 0 free to 1 shut.

        closed: posterior of closed lips; viseme: (15,) posteriors in the order of names.VISEMES
        dip_db: how far the sound lies below the loudest just heard
        """
        apart = float(sum(viseme[index] for index in _APART))
        evidence = (
            self.closed_weight * max(_log_odds(closed), _LEAST_CLOSED_ODDS)
            + self.bilabial_weight * _log_odds(float(viseme[_BILABIAL]))
            - self.apart_weight * _log_odds(apart)
            + self.dip_weight * min(max(dip_db, 0.0), self.largest_dip_db)
        )
        return _smooth_step(evidence, *self.contact_gate)

    def quiet(self, speech: float, energy_db: float, speaking: bool, last: float) -> float:
        """How firmly silence holds the lips, 0 free to 1 shut.

        speech: posterior of speech; energy_db: of the sound; speaking: is somebody?
        last: this value one frame before
        """
        wanted = 1.0
        if energy_db >= self.muted_db:
            gate = self.speech_gate if speaking else self.onset_gate
            wanted = 1.0 - _smooth_step(speech, *gate)
        return min(max(wanted, last - self.opening), last + self.shutting)

    def add_contacts(self, actions: np.ndarray, viseme: np.ndarray) -> np.ndarray:
        """A new (52,) array with the contacts of lip and teeth, tongue and teeth that are heard.

        viseme: (15,) posteriors in the order of names.VISEMES
        """
        teeth, tongue = float(viseme[VISEME_INDEX["FF"]]), float(viseme[VISEME_INDEX["TH"]])
        result = actions.copy()
        result[_JAW] *= 1.0 - self.teeth_jaw_share * teeth
        result[_ROLL] = max(float(result[_ROLL]), self.lip_to_teeth * teeth)
        result[_TONGUE] = max(float(result[_TONGUE]), self.tongue_shown * tongue)
        return result

    def finish(self, actions: np.ndarray, contact: float, quiet: float) -> np.ndarray:
        """A new (52,) array in which the mouth is shut for a sound, or since nobody speaks."""
        finished = actions.copy()
        finished[_OPENING_INDEX] *= 1.0 - max(contact, quiet)
        finished[_PUCKER] *= 1.0 - max(0.5 * contact, quiet)
        if finished[_JAW] < self.smallest_jaw:
            finished[_OPENING_INDEX] *= finished[_JAW] / self.smallest_jaw
        return finished


def _log_odds(posterior: float) -> float:
    within = min(max(posterior, 1e-9), 1.0 - 1e-9)
    least, largest = _ODDS_RANGE
    return min(max(math.log(within / (1.0 - within)), least), largest)


def _smooth_step(value: float, low: float, high: float) -> float:
    x = min(max((value - low) / (high - low), 0.0), 1.0)
    return x * x * (3.0 - 2.0 * x)
