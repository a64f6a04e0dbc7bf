"""Phrases, accents, hesitations and states of a stretch of speech."""

from itertools import pairwise

import numpy as np

from pipeline.phrasing import LISTENING_S, SPEECH_OFF_FRAMES, SPEECH_ON_FRAMES
from pipeline.rates import FPS
from pipeline.stream_types import State
from training.lip_targets import VOWELS
from training.performance.score import Accent, Phrase
from training.speech.phones import Phone

_PHRASE_PAUSE_S, _FINAL_PAUSE_S = 0.25, 0.45
_SHORTEST_PAUSE_S = 0.06
_ACCENT, _ACCENT_SPACING_S = 0.55, 0.28
_HESITANT_PAUSE_S = 0.12
_DRAWN_OUT_S, _DRAWN_OUT_SHARE = 0.3, 2.4
_LONGEST_FILLER_S, _SHORTEST_FILLER_S = 0.7, 0.18
_RISE_OCTAVES, _RISE_WINDOW_S = 0.17, 0.45
_OCTAVE_ERROR = 0.8  # what rises that far is a creaking voice's pitch, mistaken by an octave

Visemes = tuple[tuple[str, float, float, float], ...]


def with_pauses(phones: list[Phone], length_s: float) -> tuple[Phone, ...]:
    """Phones in order with every gap between them filled by a pause."""
    result: list[Phone] = []
    at_s = 0.0
    for phone in phones:
        if phone.start_s > at_s + 1e-3:
            result.append(Phone("sil", at_s, phone.start_s))
        result.append(phone)
        at_s = phone.end_s
    if length_s > at_s + 1e-3:
        result.append(Phone("sil", at_s, length_s))
    return tuple(result)


def voiced_frames(visemes: Visemes, frames: int) -> np.ndarray:
    """(T,) bool: at least half of the frame is speech or a pause too short to count."""
    share = np.zeros(frames)
    edges = np.arange(frames + 1) / FPS
    for start_s, end_s in spoken_runs(visemes, _SHORTEST_PAUSE_S):
        low, high = int(start_s * FPS), min(int(end_s * FPS) + 1, frames)
        inside = np.minimum(edges[low + 1 : high + 1], end_s) - np.maximum(edges[low:high], start_s)
        share[low:high] += np.maximum(inside, 0.0) * FPS
    return share >= 0.5


def spoken_runs(visemes: Visemes, pause_s: float) -> list[tuple[float, float]]:
    """(start_s, end_s) of speech between pauses of at least pause_s."""
    runs: list[tuple[float, float]] = []
    for name, start_s, end_s, _ in visemes:
        if name == "sil":
            continue
        if runs and start_s - runs[-1][1] < pause_s:
            runs[-1] = (runs[-1][0], end_s)
        else:
            runs.append((start_s, end_s))
    return runs


def states(voiced: np.ndarray) -> np.ndarray:
    """(T,) int8 of State: pipeline.phrasing.follow_phrase's rule for all frames at once."""
    frames = len(voiced)
    edges = np.flatnonzero(np.diff(voiced.astype(np.int8), prepend=2))
    mark = np.zeros(frames, np.int8)
    for start, end in pairwise([*edges, frames]):
        needed = SPEECH_ON_FRAMES if voiced[start] else SPEECH_OFF_FRAMES
        if end - start >= needed:
            mark[start + needed - 1] = 1 if voiced[start] else -1
    marked = np.where(mark != 0, np.arange(frames), -1)
    last = np.maximum.accumulate(marked)
    speaking = (last >= 0) & (mark[last] == 1)
    spoke = np.maximum.accumulate(np.where(speaking, np.arange(frames), -1))
    silent = np.arange(frames) - spoke
    listening = (spoke >= 0) & (silent < LISTENING_S * FPS)
    return np.where(
        speaking, State.SPEAKING, np.where(listening, State.LISTENING, State.IDLE)
    ).astype(np.int8)


def phrases_of(visemes: Visemes, f0_hz: np.ndarray) -> tuple[Phrase, ...]:
    """What lies between pauses of a quarter of a second."""
    runs = spoken_runs(visemes, _PHRASE_PAUSE_S)
    silence = (np.inf, np.inf)
    return tuple(
        Phrase(*run, _rises(f0_hz, *run), following[0] - run[1] >= _FINAL_PAUSE_S)
        for run, following in pairwise([*runs, silence])
    )


def _rises(f0_hz: np.ndarray, start_s: float, end_s: float) -> bool:
    """Does the pitch end well above both where it came from and the usual one?"""
    low, high = int(start_s * FPS), int(end_s * FPS) + 1
    phrase = np.log2(np.maximum(f0_hz[low:high], 1.0))
    tail = phrase[-int(_RISE_WINDOW_S * FPS) :]
    phrase, tail = phrase[phrase > 0], tail[tail > 0]
    if len(tail) < 5 or len(phrase) < 10:
        return False
    third = max(len(tail) // 3, 2)
    end = float(np.median(tail[-third:]))
    risen = end - float(np.median(tail[:third])), end - float(np.median(phrase))
    return min(risen) > _RISE_OCTAVES and max(risen) < _OCTAVE_ERROR


def accents_of(phones: tuple[Phone, ...], prominence: np.ndarray) -> tuple[Accent, ...]:
    """Onsets of the vowels that stand out; of two that are close the first."""
    result: list[Accent] = []
    for index in np.flatnonzero(prominence > _ACCENT):
        time_s = phones[index].start_s
        if not result or time_s - result[-1].time_s >= _ACCENT_SPACING_S:
            strength = (prominence[index] - _ACCENT) / (1 - _ACCENT)
            result.append(Accent(time_s, float(np.clip(strength, 0.02, 1.0))))
    return tuple(result)


def hesitations_of(
    visemes: Visemes, phrases: tuple[Phrase, ...]
) -> tuple[tuple[float, float], ...]:
    """Drawn-out vowels, fillers between pauses, and short pauses inside a phrase."""
    vowels = [(start_s, end_s) for name, start_s, end_s, _ in visemes if name in VOWELS]
    usual_s = float(np.median([b - a for a, b in vowels])) if vowels else 0.0
    long_s = max(_DRAWN_OUT_S, _DRAWN_OUT_SHARE * usual_s)
    found = [(a, b) for a, b in vowels if b - a >= long_s]
    for phrase in phrases:
        sounds = [v[0] for v in visemes if phrase.start_s <= v[1] < phrase.end_s]
        lasts_s = phrase.end_s - phrase.start_s
        short = _SHORTEST_FILLER_S <= lasts_s <= _LONGEST_FILLER_S
        if short and len(sounds) <= 2 and sounds[0] in VOWELS:
            found.append((phrase.start_s, phrase.end_s))
    found += [
        (start_s, end_s)
        for name, start_s, end_s, _ in visemes
        if name == "sil" and _HESITANT_PAUSE_S <= end_s - start_s < _PHRASE_PAUSE_S
    ]
    return tuple(sorted(set(found)))
