"""Speakers made from the voices of engines: who says a line, and how it differs from its engine."""

import math
import random
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Speaker:
    """tempo, pitch and formant are ratios to the engine's voice; melody scales its pitch movements
    (in octaves) about their mean; tilt_db leans the spectrum per octave above 1 kHz; breath_db is
    noise against harmonics; peak is the loudest sample of an ordinary line."""

    engine: str
    voice: str
    language: str
    tempo: float = 1.0
    pitch: float = 1.0
    formant: float = 1.0
    melody: float = 1.0
    tilt_db: float = 0.0
    breath_db: float = 0.0
    peak: float = 0.5

    @property
    def label(self) -> str:
        """Names the speaker within the corpus."""
        return f"{self.engine}:{self.voice}:p{self.pitch:.2f}f{self.formant:.2f}"


def _log_uniform(draw: random.Random, low: float, high: float) -> float:
    return math.exp(draw.uniform(math.log(low), math.log(high)))


def cast(engine: str, voice: str, language: str, variety: str, draw: random.Random) -> Speaker:
    """A speaker of one of the varieties: "plain", "tape" (also formants), "recast" (Hibari)."""
    plain = Speaker(
        engine, voice, language, tempo=draw.uniform(0.85, 1.2), peak=_log_uniform(draw, 0.3, 0.75)
    )
    if variety == "plain":
        return plain
    if variety == "tape":
        tape = _log_uniform(draw, 0.8, 1.25)
        formant = min(1.2, max(0.84, tape * _log_uniform(draw, 0.88, 1.14)))
        return replace(plain, pitch=tape, formant=formant, tempo=draw.uniform(0.78, 1.3))
    if variety == "recast":
        pitch = _log_uniform(draw, 0.42, 1.45)
        formant = min(1.2, max(0.8, pitch**0.3 * _log_uniform(draw, 0.92, 1.09)))
        return replace(
            plain, pitch=pitch, formant=formant, melody=_log_uniform(draw, 0.55, 1.7),
            tilt_db=draw.uniform(-3.5, 2.5), breath_db=draw.uniform(-3, 7),
            tempo=draw.uniform(0.76, 1.35),
        )  # fmt: skip
    raise ValueError(f"no such variety of speakers: {variety!r}")
