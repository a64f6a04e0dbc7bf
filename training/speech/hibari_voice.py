# ruff: noqa: RUF001  (letters of the phonetic alphabet are the data)
"""Hibari as many speakers: its network predicts a spectrum and a pitch, both easily recast."""

from pathlib import Path

import numpy as np

from training.speech.labels import Segment
from training.speech.speaker import Speaker
from training.speech.spoken import Spoken

_VOICED_HZ = 40.0
_VOWELS = frozenset("aeiouɑɔəɛɪʊʌæIAOWYQɜ")


class Hibari:
    """Hibari 0.2 (Apache-2.0), one voice, 100 times faster than real time."""

    name = "hibari"

    def __init__(self, cache: Path):
        import hibari

        from training.speech.neural_voices import expose

        self._voice = hibari.Hibari()
        source = Path(self._voice.model_path).read_bytes()
        self._session = expose(source, "/Clip_output_0", cache / "hibari.onnx")
        self._symbols = {number: symbol for symbol, number in self._voice.vocab.items()}

    def speak(self, text: str, speaker: Speaker, drawl: float = 1.0) -> Spoken:
        """The line; its last stressed vowel is held `drawl` times as long."""
        from hibari import dsp

        from training.speech.neural_voices import timed

        ids = self._voice.ids(self._voice.g2p(text))
        inputs = {"ids": np.array([ids], np.int64), "speed": np.array([speaker.tempo], np.float32)}
        *outputs, durations = self._session.run(None, inputs)
        parameters = [p[0] for p in outputs[:6]]
        durations = np.ravel(durations)
        tokens = ["^", *(self._symbols[k] for k in ids[1:-1]), "$"]
        frames = len(parameters[5])
        segments = timed(tokens, durations, frames * dsp.HOP / dsp.SR / durations.sum())
        noise = np.random.default_rng(len(ids))
        if drawl > 1:
            parameters, segments = held(parameters, segments, drawl, dsp.HOP / dsp.SR)
        if speaker.pitch != 1 or drawl > 1:
            parameters = recast(parameters, speaker, noise)
        samples = dsp.synth(*parameters, noise).astype(np.float32)
        return Spoken(samples, dsp.SR, segments)


def recast(
    parameters: list[np.ndarray], speaker: Speaker, noise: np.random.Generator
) -> list[np.ndarray]:
    """The parameters of hibari.dsp.synth for another speaker.

    harmonic level, its phase, noise level, free level, free phase: (601, F); f0: (F,) in Hz.
    The free branch holds what is left of the old pitch: its phase is drawn anew.
    """
    harmonic, phase, hiss, free, _, f0 = parameters
    bins = len(harmonic)
    hz = np.arange(bins) * 20.0
    octaves = np.log2(np.maximum(hz, 1000.0) / 1000.0)[:, None]
    tilt = (speaker.tilt_db / 8.686 * octaves).astype(np.float32)
    breath = np.float32(speaker.breath_db / 8.686)
    harmonic, hiss, free = (_stretched(m, speaker.formant) + tilt for m in (harmonic, hiss, free))
    phase = 0.5 * _stretched(phase, speaker.formant)
    voiced = f0 > _VOICED_HZ
    hiss = hiss + np.where(voiced, breath, 0).astype(np.float32)
    free = free - np.where(voiced, np.float32(0.7), 0).astype(np.float32)
    f0 = f0.copy()
    if voiced.any():
        mean = np.exp(np.log(f0[voiced]).mean())
        f0[voiced] = mean * (f0[voiced] / mean) ** speaker.melody * speaker.pitch
        f0[voiced] = np.maximum(f0[voiced], _VOICED_HZ + 8)
    free_phase = noise.uniform(-np.pi, np.pi, free.shape).astype(np.float32)
    return [harmonic, phase, hiss, free, free_phase, f0]


def _stretched(table: np.ndarray, ratio: float) -> np.ndarray:
    source = np.arange(len(table), dtype=np.float32) / ratio
    low = np.minimum(source.astype(int), len(table) - 1)
    high = np.minimum(low + 1, len(table) - 1)
    weight = np.clip(source - low, 0, 1)[:, None].astype(np.float32)
    return (1 - weight) * table[low] + weight * table[high]


def held(
    parameters: list[np.ndarray], segments: list[Segment], factor: float, step_s: float
) -> tuple[list[np.ndarray], list[Segment]]:
    """Parameters and segments with the last vowel's frames repeated `factor` times."""
    vowels = [k for k, s in enumerate(segments) if s[0] in _VOWELS and s[2] > s[1]]
    if not vowels:
        return parameters, segments
    _, start_s, end_s = segments[vowels[-1]]
    count = len(parameters[5])
    first, last = round(start_s / step_s), min(round(end_s / step_s), count)
    held = np.linspace(first, last - 1, max(1, round((last - first) * factor))).round().astype(int)
    order = np.concatenate([np.arange(first), held, np.arange(last, count)])
    added_s = (len(order) - count) * step_s
    moved = []
    for index, (symbol, a, b) in enumerate(segments):
        begin = a + (added_s if index > vowels[-1] else 0.0)
        moved.append((symbol, begin, b + (added_s if index >= vowels[-1] else 0.0)))
    return [p[..., order] for p in parameters], moved
