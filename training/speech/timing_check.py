# ruff: noqa: RUF001  (letters of the phonetic alphabet are the data)
"""How far labels lie from what is heard: edges of sound measured against edges of phones."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.rates import SAMPLE_RATE_HZ
from training.speech.phones import viseme_parts

_HOP_S, _WINDOW_S = 0.0025, 0.012
_LOW_HZ, _HIGH_HZ = (80.0, 900.0), (3800.0, 7800.0)
_REACH_S = 0.08
_CLOSURE_REACH_S, _DIP_DB = 0.05, 10.0
_UNDER_LOUD_DB = 32.0
_VOWELS = frozenset(("aa", "E", "ih", "oh", "ou"))
KINDS = ("hiss begins", "hiss ends", "speech begins", "speech pauses", "closure")


@dataclass(frozen=True, slots=True)
class Bands:
    """Levels in dB every 2.5 ms; time_s of the windows' centres."""

    time_s: np.ndarray
    low: np.ndarray
    high: np.ndarray
    whole: np.ndarray


def bands(samples: np.ndarray) -> Bands:
    """Short-time levels below 900 Hz, of 4 to 8 kHz and of everything; samples at 24 kHz."""
    hop, window = round(_HOP_S * SAMPLE_RATE_HZ), round(_WINDOW_S * SAMPLE_RATE_HZ)
    padded = np.pad(samples, (window // 2, window))
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop]
    power = np.abs(np.fft.rfft(frames * np.hanning(window), 512, axis=1)) ** 2
    hz = np.fft.rfftfreq(512, 1 / SAMPLE_RATE_HZ)

    def level(low_hz: float, high_hz: float) -> np.ndarray:
        return 10 * np.log10(power[:, (hz > low_hz) & (hz < high_hz)].sum(1) + 1e-9)

    time_s = np.arange(len(frames)) * _HOP_S
    return Bands(time_s, level(*_LOW_HZ), level(*_HIGH_HZ), level(20.0, 12_000.0))


def clip_errors(samples: np.ndarray, phones: list, alphabet: str) -> dict[str, list[float]]:
    """Heard minus labelled, in seconds, for each kind of edge; phones as in a shard's JSON.

    Hiss: s and sh beside vowels, where 4-8 kHz crosses the level below 900 Hz. Speech: where the
    level crosses 32 dB under the loud level at the edges of pauses over 120 ms. Closure: how far
    the quietest moment of a plosive between vowels lies outside its phone (0 inside).
    """
    measured = bands(samples)
    edge_level = measured.whole - (np.percentile(measured.whole, 95) - _UNDER_LOUD_DB)
    hiss = measured.high - measured.low
    names = [viseme_parts(p[0], alphabet)[0][0] for p in phones]
    errors: dict[str, list[float]] = {kind: [] for kind in KINDS}

    def note(kind: str, level: np.ndarray, at_s: float, rises: bool) -> None:
        heard_s = _crossing(measured.time_s, level, at_s, rises)
        if heard_s is not None:
            errors[kind].append(heard_s - at_s)

    for index in range(1, len(phones) - 1):
        _, start_s, end_s, _ = phones[index]
        before, name, after = names[index - 1 : index + 2]
        if name in ("SS", "CH") and end_s - start_s > 0.04:
            if before in _VOWELS:
                note("hiss begins", hiss, start_s, True)
            if after in _VOWELS:
                note("hiss ends", hiss, end_s, False)
        elif name == "sil" and end_s - start_s > 0.12:
            note("speech pauses", edge_level, start_s, False)
            note("speech begins", edge_level, end_s, True)
        if _is_plosive(phones[index][0], name) and before in _VOWELS and after in _VOWELS:
            errors["closure"] += _closure_error(measured, start_s, end_s)
    return errors


def _closure_error(measured: Bands, start_s: float, end_s: float) -> list[float]:
    """How far outside the phone the sound is quietest, [] where it has no clear dip."""
    time_s, level = measured.time_s, measured.whole
    near = (time_s > start_s - _CLOSURE_REACH_S) & (time_s < end_s + _CLOSURE_REACH_S)
    around = (time_s > start_s - _REACH_S) & (time_s < end_s + _REACH_S)
    if not near.any() or level[around].max() - level[near].min() < _DIP_DB:
        return []
    low_s = time_s[near][level[near].argmin()]
    return [float(min(0.0, low_s - start_s) + max(0.0, low_s - end_s))]


def _is_plosive(symbol: str, viseme: str) -> bool:
    return symbol.lower()[:1] in "pbtdkgɡ" and viseme in ("PP", "DD", "kk")


def _crossing(time_s: np.ndarray, level: np.ndarray, at_s: float, rises: bool) -> float | None:
    """The crossing of zero nearest to at_s within 80 ms, in seconds."""
    near = np.flatnonzero(np.abs(time_s - at_s) <= _REACH_S)
    if len(near) < 3:
        return None
    steps = np.diff((level[near] > 0).astype(int))
    found = np.flatnonzero(steps == (1 if rises else -1))
    if not len(found):
        return None
    times = time_s[near[found]] + _HOP_S / 2
    return float(times[np.abs(times - at_s).argmin()])


def summary(errors_s: list[float]) -> tuple[int, float, float, float]:
    """Count, median in ms, median and 90th percentile of the absolute error about zero in ms."""
    errors_ms = 1000 * np.array(errors_s)
    return (
        len(errors_ms),
        float(np.median(errors_ms)),
        float(np.median(np.abs(errors_ms))),
        float(np.percentile(np.abs(errors_ms), 90)),
    )


def shard_errors(json_path: Path, clips: list[dict], samples: np.ndarray) -> dict[str, list[float]]:
    """Errors of all spoken clips of one shard together."""
    total: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for clip in clips:
        if len(clip["phones"]) < 3:
            continue
        sound = samples[clip["start_sample"] : clip["start_sample"] + clip["samples"]]
        if len(sound) < clip["samples"]:
            raise ValueError(f"{json_path.stem}: the sound ends before its labels")
        for kind, found in clip_errors(sound, clip["phones"], clip["alphabet"]).items():
            total[kind] += found
    return total
