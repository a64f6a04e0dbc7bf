"""What is left of the lips' closures in noise, through a bad microphone, and when quiet.

Known weaknesses: the babble is made of the other clips, mostly one voice; a segment counts against
the range that the lips have in the same condition, so lips that shrink altogether are not seen
here but in `range_mm`.
"""

from collections.abc import Callable

import numpy as np

from bench.motion.clips import AlignedClip
from bench.motion.lips import lip_score
from bench.motion.player import Manner, Player
from bench.motion.tracks import tracks_of
from pipeline.rates import SAMPLE_RATE_HZ

BABBLE_DB = 10.0
TALKERS = 6
NARROW_HZ = 4_000.0
QUIET_DB = -20.0
_BLOCK = SAMPLE_RATE_HZ // 20


def robustness(clips: list[AlignedClip], clean: float, player: Player) -> dict:
    """Share of closed bilabials in each condition and points lost against `clean`."""
    everything = [clip.samples for clip in clips]
    conditions: dict[str, Callable[[int], np.ndarray]] = {
        "babble_10_db": lambda k: with_babble(everything, k),
        "narrow_band": lambda k: narrow(everything[k]),
        "quiet": lambda k: everything[k] * 10.0 ** (QUIET_DB / 20.0),
    }
    report: dict = {"clean": clean}
    for name, condition in conditions.items():
        motions = [
            player.play(player.hear(condition(k).astype(np.float32)), Manner())
            for k in range(len(clips))
        ]
        score = lip_score(clips, [tracks_of(motion.arrays()) for motion in motions])
        report[name] = {
            "bilabials_closed": score.bilabials_closed,
            "points_lost": round(100.0 * (clean - score.bilabials_closed), 1),
            "viseme_accuracy": score.viseme_accuracy,
            "silence_motion": score.silence_motion,
            "range_mm": score.range_mm,
        }
    return report


def with_babble(sounds: list[np.ndarray], index: int) -> np.ndarray:
    """One sound with some of the others, repeated to its length, 10 dB below its voice."""
    voice = sounds[index].astype(np.float64)
    others = [k for k in range(len(sounds)) if k != index]
    draw = np.random.default_rng(index)
    babble = np.zeros(len(voice))
    for k in draw.choice(others, min(TALKERS, len(others)), replace=False):
        talker = np.resize(sounds[k].astype(np.float64), len(voice))
        babble += np.roll(talker, int(draw.integers(len(voice)))) / voice_level(sounds[k])
    gain = voice_level(voice) * 10.0 ** (-BABBLE_DB / 20.0)
    rms = np.sqrt(np.mean(np.square(babble)))
    return voice + babble * gain / max(rms, 1e-9)


def narrow(samples: np.ndarray) -> np.ndarray:
    """As through a microphone that samples at 8 kHz: nothing above 4 kHz, falling from 3.6 kHz."""
    spectrum = np.fft.rfft(samples)
    hz = np.fft.rfftfreq(len(samples), 1.0 / SAMPLE_RATE_HZ)
    return np.fft.irfft(spectrum * np.clip((NARROW_HZ - hz) / 400.0, 0.0, 1.0), len(samples))


def voice_level(samples: np.ndarray) -> float:
    """RMS of the louder half of 50 ms blocks."""
    blocks = samples[: len(samples) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    power = np.sort(np.mean(np.square(blocks, dtype=np.float64), axis=1))
    return float(np.sqrt(power[len(power) // 2 :].mean()) + 1e-9)
