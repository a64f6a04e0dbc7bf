"""The engines, started when first asked for, and what they say as 24 kHz sound with phones."""

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.signal import resample_poly

from pipeline.rates import SAMPLE_RATE_HZ
from training.speech import labels
from training.speech.disguise import move_formants, tape
from training.speech.phones import viseme_parts
from training.speech.scripts import Line
from training.speech.shard import Said
from training.speech.speaker import Speaker
from training.speech.spoken import Spoken

_SHORTEST_S, _LONGEST_S = 0.3, 25.0
_DRAWL_SHARE = 0.6


class Studio:
    """Says lines with any speaker."""

    def __init__(self, engines_cache: Path):
        self._cache = engines_cache
        self._engines: dict = {}

    def say(self, speaker: Speaker, lines: list[Line], draw: random.Random) -> list[Said | None]:
        """The lines in their order; None where the engine or the labels could not follow."""
        return [
            None if spoken is None else finished(spoken, speaker, line)
            for spoken, line in zip(self._spoken(speaker, lines, draw), lines, strict=True)
        ]

    def _spoken(
        self, speaker: Speaker, lines: list[Line], draw: random.Random
    ) -> list[Spoken | None]:
        engine = self._engine(speaker.engine)
        if speaker.engine == "hibari":
            drawls = [_drawl(line, draw) for line in lines]
            return [
                engine.speak(line.text, speaker, drawl)
                for line, drawl in zip(lines, drawls, strict=True)
            ]
        speed = speaker.tempo / speaker.pitch  # the tape that makes the pitch also runs faster
        if speaker.engine == "festival":
            return engine.speak_all([line.text for line in lines], speaker.voice, speed)
        if speaker.engine == "piper":
            return [engine.speak(line.text, speed) for line in lines]
        return [engine.speak(line.text, speaker.voice, speed) for line in lines]

    def _engine(self, name: str):
        if name not in self._engines:
            self._engines[name] = _makers(self._cache)[name]()
        return self._engines[name]


def _makers(cache: Path) -> dict[str, Callable]:
    from training.speech.classic_voices import Espeak, Festival, Flite
    from training.speech.hibari_voice import Hibari
    from training.speech.neural_voices import Piper

    return {
        "hibari": lambda: Hibari(cache), "piper": lambda: Piper(cache), "flite": Flite,
        "festival": Festival, "espeak": Espeak,
    }  # fmt: skip


def _drawl(line: Line, draw: random.Random) -> float:
    if line.kind == "hesitant" and draw.random() < _DRAWL_SHARE:
        return draw.uniform(1.8, 5.0)
    return draw.uniform(1.2, 1.8) if line.kind == "emphatic" and draw.random() < 0.3 else 1.0


def finished(spoken: Spoken, speaker: Speaker, line: Line) -> Said | None:
    """The engine's sound with corrected phones, disguised, at 24 kHz; None if it is unusable."""
    length_s = len(spoken.samples) / spoken.rate_hz
    if not _SHORTEST_S <= length_s <= _LONGEST_S or len(spoken.segments) < 3:
        return None
    if not np.isfinite(spoken.samples).all() or np.abs(spoken.samples).max() < 1e-3:
        return None
    alphabet = labels.alphabet_of(speaker.engine, speaker.language)
    try:
        phones = labels.fix(
            speaker.engine, alphabet, spoken.segments, spoken.samples, spoken.rate_hz
        )
        for phone in phones:
            viseme_parts(phone.symbol, alphabet)
    except LookupError:  # a foreign word's phone: to guess would poison training
        return None
    samples = spoken.samples
    if speaker.engine != "hibari" and (speaker.pitch, speaker.formant) != (1.0, 1.0):
        samples, phones = tape(samples, phones, speaker.pitch)
        samples = move_formants(samples, spoken.rate_hz, speaker.formant / speaker.pitch)
    if spoken.rate_hz != SAMPLE_RATE_HZ:
        common = int(np.gcd(spoken.rate_hz, SAMPLE_RATE_HZ))
        up, down = SAMPLE_RATE_HZ // common, spoken.rate_hz // common
        samples = resample_poly(samples, up, down).astype(np.float32)
    return Said(speaker, line, samples, phones, alphabet)
