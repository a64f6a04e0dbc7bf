"""Strokes of the hands, found in the motion alone, against beats of the voice or of the face.

Known weaknesses: whatever is fast counts as a stroke, so a quick retraction counts too; what hits
a beat by chance is told by `chance`, the same strokes moved along the motion.
"""

from dataclasses import dataclass

import numpy as np

from bench.motion.signals import peaks, smoothed, speed
from bench.motion.tracks import Tracks
from pipeline.rates import FPS

STROKE_M_PER_S = 0.15
STROKES_APART_S = 0.25
NOD_DEG_PER_S = 6.0
# Width of the bell that scores how near a stroke is to a beat.
NEAR_S = 0.1
# A stroke is fastest some time after the beat that starts it.
OFFSETS_S = np.arange(-0.1, 0.41, 0.02)
LATEST_FASTEST_S = 0.4
_SMOOTHING_S = 0.04
_CHANCE_SHIFTS_S = (0.7, 1.3, 1.9, 2.9, 3.7, 4.3)

# Times of strokes, times of beats, and the length of the motion they are from, in seconds.
Beats = list[tuple[np.ndarray, np.ndarray, float]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """strokes: how many; score: mean of exp(-d^2 / 2 NEAR_S^2), d from each stroke, moved earlier
    by offset_s, to the nearest beat; chance: of strokes that have nothing to do with the beats"""

    strokes: int
    offset_s: float
    score: float
    chance: float


def strokes_s(tracks: Tracks) -> np.ndarray:
    """(N,) times at which a wrist is fastest, of both hands; two at a time count once."""
    places = smoothed(tracks.wrists_m, _SMOOTHING_S)
    fastest = np.max([speed(places[:, hand]) for hand in range(2)], axis=0)
    return (peaks(fastest, STROKE_M_PER_S, STROKES_APART_S) + 1.0) / FPS


def nods_s(tracks: Tracks) -> np.ndarray:
    """(N,) times at which the head goes down fastest."""
    pitch = smoothed(tracks.head_deg[:, 1], _SMOOTHING_S)
    return (peaks(np.diff(pitch) * FPS, NOD_DEG_PER_S, STROKES_APART_S) + 1.0) / FPS


def share_found(started_s: np.ndarray, fastest_s: np.ndarray) -> float:
    """Share of strokes whose start is known for which a fastest moment was found soon after."""
    if not len(started_s):
        return float("nan")
    after_s = fastest_s - started_s[:, None]
    soon = (after_s >= 0.0) & (after_s <= LATEST_FASTEST_S)
    return round(float(soon.any(axis=1).mean()), 3)


def alignment(beats: Beats, offset_s: float | None = None) -> Alignment:
    """Over several motions; without an offset, the one that fits best is taken."""
    if offset_s is None:
        offset_s = float(max(OFFSETS_S, key=lambda offset: _score(beats, float(offset))))
    chance = [_score(_moved(beats, shift), offset_s) for shift in _CHANCE_SHIFTS_S]
    return Alignment(
        strokes=sum(len(strokes) for strokes, _, _ in beats),
        offset_s=round(offset_s, 2),
        score=round(_score(beats, offset_s), 3),
        chance=round(float(np.mean(chance)), 3),
    )


def _moved(beats: Beats, shift_s: float) -> Beats:
    return [((strokes + shift_s) % length_s, found, length_s) for strokes, found, length_s in beats]


def _score(beats: Beats, offset_s: float) -> float:
    scores = []
    for strokes, found, _ in beats:
        if len(strokes) and len(found):
            away = np.abs((strokes - offset_s)[:, None] - found).min(axis=1)
            scores.append(np.exp(-0.5 * (away / NEAR_S) ** 2))
    return float(np.concatenate(scores).mean()) if scores else float("nan")
