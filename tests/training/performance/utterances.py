"""Synthetic speech with exact phones, for tests of the performance teacher."""

import numpy as np

from pipeline.rates import SAMPLE_RATE_HZ

VOWELS = ("aa1", "iy1", "eh0", "ow1", "uw0", "ah0", "ae1")
CONSONANTS = ("b", "d", "f", "k", "m", "n", "p", "s", "t", "v", "l", "th", "ch", "r")


def spoken_clip(
    draw: np.random.Generator, syllables: int, rising: bool = False
) -> tuple[np.ndarray, list[list]]:
    """A buzzing voice that says consonant-vowel syllables between two short pauses.

    Returns its sound at 24 kHz and phones [symbol, start_s, end_s, stressed].
    """
    phones: list[list] = [["sil", 0.0, 0.1, 0]]
    for _ in range(syllables):
        stressed = int(draw.uniform() < 0.3)
        for symbol, lasts_s in (
            (draw.choice(CONSONANTS), draw.uniform(0.04, 0.1)),
            (draw.choice(VOWELS), draw.uniform(0.08, 0.15) + 0.05 * stressed),
        ):
            phones.append([str(symbol), phones[-1][2], phones[-1][2] + lasts_s, stressed])
    phones.append(["sil", phones[-1][2], phones[-1][2] + 0.12, 0])
    length = int(phones[-1][2] * SAMPLE_RATE_HZ)
    times = np.arange(length) / SAMPLE_RATE_HZ
    loud, f0_hz = np.zeros(length), np.full(length, 130.0)
    for symbol, start_s, end_s, stressed in phones:
        span = slice(int(start_s * SAMPLE_RATE_HZ), int(end_s * SAMPLE_RATE_HZ))
        vowel = symbol in VOWELS
        loud[span] = 0.0 if symbol == "sil" else (0.2 + 0.15 * stressed if vowel else 0.06)
        f0_hz[span] *= 1.25 if stressed else 1.0
    if rising:
        f0_hz *= 2.0 ** np.clip((times - (phones[-1][1] - 0.4)) / 0.4, 0.0, 1.0)
    phase = 2 * np.pi * np.cumsum(f0_hz) / SAMPLE_RATE_HZ
    voice = sum(np.sin(k * phase) / k for k in range(1, 12))
    return (loud * voice).astype(np.float32), phones


def spoken_shard(
    seconds: float, seed: int = 0, pause_s: float = 0.5
) -> tuple[np.ndarray, list[dict]]:
    """Utterances with pauses between them as (samples, clips) of a shard of the corpus."""
    draw = np.random.default_rng(seed)
    samples = np.zeros(int(seconds * SAMPLE_RATE_HZ), np.float32)
    clips, at = [], int(0.3 * SAMPLE_RATE_HZ)
    while True:
        sound, phones = spoken_clip(draw, int(draw.integers(6, 16)), bool(draw.uniform() < 0.2))
        if at + len(sound) > len(samples):
            return samples, clips
        samples[at : at + len(sound)] = sound
        clips.append({
            "start_sample": at, "samples": len(sound), "alphabet": "arpabet", "phones": phones,
        })  # fmt: skip
        at += len(sound) + int(draw.uniform(0.6, 1.4) * pause_s * SAMPLE_RATE_HZ)
