# ruff: noqa: RUF001  (letters of other scripts are the data)
"""From an engine's own segment times to phones on the sound's true clock.

Engines report token times that are late by a constant, give stress marks time of their own, and
hide pauses inside spaces; the corrections were measured on acoustic events (fricative onsets,
closures).
"""

import unicodedata
from dataclasses import replace
from itertools import pairwise

import numpy as np

from training.speech.phones import (
    LENGTH_MARKS,
    PAUSE_SYMBOLS,
    STRESS_MARKS,
    Phone,
    viseme_parts,
)

SHIFT_S = {"kokoro": -0.05, "hibari": -0.05, "piper": -0.008}
MIN_PAUSE_S = 0.06
_ENVELOPE_HOP_S = 0.005
_PLOSIVES = "pbtdkɡgcʈɖqʔʧʤ"

Segment = tuple[str, float, float]


def alphabet_of(engine: str, language: str) -> str:
    """The alphabet of an engine's phones, as phones.viseme_parts knows it."""
    if engine == "flite" or (engine == "festival" and language == "en"):
        return "arpabet"
    if engine == "festival":
        return "czech" if language == "cs" else "sampa"
    return "ipa"


def fix(
    engine: str, alphabet: str, segments: list[Segment], samples: np.ndarray, rate_hz: int
) -> list[Phone]:
    """Corrected phones of one utterance; the gaps between words are split by energy."""
    if engine == "piper":
        segments = _without_pads(segments)
    segments = _shifted(segments, SHIFT_S.get(engine, 0.0), len(samples) / rate_hz)
    phones = _split_pauses(_merge_marks(segments), _quiet(samples, rate_hz), alphabet)
    return _with_closures(phones) if engine == "espeak" else phones


def _without_pads(segments: list[Segment]) -> list[Segment]:
    """Piper puts a pad after every token; half of it belongs to each neighbour."""
    merged: list[list] = []
    boundary_s = 0.0
    for symbol, start_s, end_s in segments:
        if symbol == "_":
            boundary_s = (start_s + end_s) / 2
            if merged:
                merged[-1][2] = boundary_s
        else:
            merged.append([symbol, boundary_s if merged else start_s, end_s])
    return [(symbol, start_s, end_s) for symbol, start_s, end_s in merged]


def _shifted(segments: list[Segment], shift_s: float, length_s: float) -> list[Segment]:
    if not shift_s or not segments:
        return segments
    ends = [max(0.0, end_s + shift_s) for _, _, end_s in segments]
    ends[-1] = length_s
    starts = [0.0, *ends[:-1]]
    return [(s[0], a, b) for s, a, b in zip(segments, starts, ends, strict=True)]


def _quiet(samples: np.ndarray, rate_hz: int, drop_db: float = 38.0) -> np.ndarray:
    """Per 5 ms: is the level more than `drop_db` under the utterance's loud level?"""
    hop, window = int(_ENVELOPE_HOP_S * rate_hz), int(0.02 * rate_hz)
    power = np.pad(samples.astype(np.float64) ** 2, (window // 2, window))
    total = np.concatenate([[0.0], np.cumsum(power)])
    at = np.arange(len(samples) // hop + 1) * hop
    level_db = 10 * np.log10((total[at + window] - total[at]) / window + 1e-9)
    return level_db < np.percentile(level_db, 95) - drop_db


def _merge_marks(segments: list[Segment]) -> list[list]:
    """[symbol, start, end, stressed]: stress joins the next phone, length and tone the previous."""
    merged: list[list] = []
    mark_start: float | None = None
    stressed = False
    for symbol, start_s, end_s in segments:
        if end_s <= start_s and symbol not in STRESS_MARKS:
            continue
        if symbol in STRESS_MARKS:
            mark_start = start_s if mark_start is None else mark_start
            stressed = symbol == STRESS_MARKS[0]
            continue
        if symbol in LENGTH_MARKS or symbol in "↓→↗↘" or unicodedata.combining(symbol[0]):
            if merged:
                merged[-1][2] = end_s
            continue
        pause = symbol in PAUSE_SYMBOLS
        begin_s = start_s if mark_start is None else mark_start
        if pause and merged and merged[-1][0] == "sil":
            merged[-1][2] = end_s
        else:
            bare = symbol.strip(STRESS_MARKS)
            mark = stressed or symbol.startswith(STRESS_MARKS[0])
            merged.append(["sil" if pause else bare, begin_s, end_s, mark and not pause])
        mark_start, stressed = None, stressed and pause
    return _spread_stress(merged)


def _spread_stress(merged: list[list]) -> list[list]:
    """The mark stands before the syllable; its vowel may come a consonant or two later."""
    vowels = {"aa", "E", "ih", "oh", "ou"}
    for index, item in enumerate(merged):
        if not item[3]:
            continue
        for later in merged[index : index + 4]:
            if later[0] == "sil":
                break
            later[3] = True
            if viseme_parts(later[0], "ipa")[0][0] in vowels:
                break
    return merged


def tightened(phones: list[Phone], samples: np.ndarray, rate_hz: int) -> list[Phone]:
    """Ends the last phone before each pause where its sound dies away: 30 dB under the loud level.

    Seen from outside, a mouth closes with the last audible sound, not with the last of its breath.
    """
    loud = ~_quiet(samples, rate_hz, drop_db=30.0)
    result = list(phones)
    for index in range(len(phones) - 1):
        phone, pause = phones[index], phones[index + 1]
        if pause.symbol != "sil" or phone.symbol == "sil":
            continue
        first = int((phone.start_s + 0.03) / _ENVELOPE_HOP_S)
        heard = np.flatnonzero(loud[first : int(phone.end_s / _ENVELOPE_HOP_S)])
        last = first + (int(heard[-1]) + 1 if len(heard) else 0)
        end_s = min(phone.end_s, last * _ENVELOPE_HOP_S + 0.01)
        result[index] = replace(phone, end_s=end_s)
        result[index + 1] = replace(result[index + 1], start_s=end_s)
    return result


def _longest_run(flags: np.ndarray) -> tuple[int, int] | None:
    edges = np.diff(np.r_[0, flags.astype(int), 0])
    starts, ends = np.where(edges == 1)[0], np.where(edges == -1)[0]
    if not len(starts):
        return None
    best = int(np.argmax(ends - starts))
    return int(starts[best]), int(ends[best])


def _split_pauses(merged: list[list], quiet: np.ndarray, alphabet: str) -> list[Phone]:
    """A pause counts only where it is quiet; other gaps go to the phones beside them."""
    result: list[list] = []
    last = len(merged) - 1
    for index, (symbol, start_s, end_s, stressed) in enumerate(merged):
        if symbol != "sil":
            result.append([symbol, start_s, end_s, stressed])
            continue
        low_s = max(start_s - 0.25, merged[index - 1][1] + 0.05) if 0 < index < last else start_s
        first = int(low_s / _ENVELOPE_HOP_S)
        run = _longest_run(quiet[first : int(end_s / _ENVELOPE_HOP_S) + 1])
        edge = index in (0, last)
        if edge or (run and (run[1] - run[0]) * _ENVELOPE_HOP_S >= MIN_PAUSE_S):
            pause = [(first + k) * _ENVELOPE_HOP_S for k in run] if run else [start_s, end_s]
            pause[0] = 0.0 if index == 0 else pause[0]
            pause[1] = max(end_s, pause[1]) if index == last else pause[1]
            if result:
                result[-1][2] = max(result[-1][1] + 0.01, pause[0])
            result.append(["sil", *pause, False])
            cut = pause[1]
        else:
            following = viseme_parts(merged[index + 1][0], alphabet)[0][0]
            closure = following in ("PP", "DD", "kk")
            cut = start_s if closure else (start_s + end_s) / 2
            if result:
                result[-1][2] = cut
        if index < last:
            merged[index + 1][1] = cut
    return [
        Phone(s, round(float(a), 4), round(float(b), 4), bool(m)) for s, a, b, m in result if b > a
    ]


def _with_closures(phones: list[Phone]) -> list[Phone]:
    """espeak-ng dates a plosive at its burst: give it back its closure."""
    items = [[p.symbol, p.start_s, p.end_s, p.stressed] for p in phones]
    for before, item in pairwise(items):
        if item[0][0] in _PLOSIVES and before[0] != "sil":
            closure_s = min(0.06, (before[2] - before[1]) * 0.4)
            item[1] -= closure_s
            before[2] -= closure_s
    return [Phone(s, round(a, 4), round(b, 4), m) for s, a, b, m in items]
