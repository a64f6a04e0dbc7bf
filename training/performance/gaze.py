"""Gaze in the world: fixations on the viewer, aversions, saccades on the main sequence."""

from dataclasses import dataclass

import numpy as np

from pipeline.stream_types import State
from training.performance.chance import raised_after, times_at_rate, wandering
from training.performance.minimum_jerk import steps
from training.performance.score import Score

LARGE_SHIFT_RAD = np.radians(6.0)

_LEAST_AWAY, _MOST_AWAY = 0.03, 0.5
_AVERSION_S, _AVERSION_SIGMA = 0.95, 0.45
_FIXATION_S, _FIXATION_SIGMA = 1.1, 0.6
_STATE_FACTOR = {State.IDLE: 0.9, State.LISTENING: 0.45, State.SPEAKING: 1.0}
_AT_START, _AT_HESITATION = (0.05, 0.4, 2.5), (0.12, 0.5, 5.0)
_AVERTED_DEG = (4.5, 13.0)
_PITCH_DEG = (-7.0, 8.0)
_FIXATION_DEG = np.array([0.55, 0.45])
_DRIFT_DEG, _DRIFT_S = 0.12, 0.25
_SECOND_GLANCE = 0.35


@dataclass(frozen=True, slots=True)
class GazePlay:
    """direction: (T, 2) radians yaw, pitch, 0 = the viewer; large_s: (E,) start times of shifts
    over 6 degrees; targets: (E, 2) radians, where they go"""

    direction: np.ndarray
    large_s: np.ndarray
    targets: np.ndarray


def play_gaze(score: Score, eye_contact: float, draw: np.random.Generator) -> GazePlay:
    """Where the eyes look. eye_contact: the knob, 0 to 1."""
    starts_s, ends_s = _aversions(score, eye_contact, draw)
    times_s, targets = _fixations(score, starts_s, ends_s, draw)
    shifts = np.diff(targets, axis=0, prepend=np.zeros((1, 2)))
    size_rad = np.hypot(shifts[:, 0], shifts[:, 1])
    durations_s = np.array([saccade_duration_s(angle) for angle in np.degrees(size_rad).tolist()])
    direction = steps(score.frames, times_s, durations_s, shifts)
    direction += np.radians(_DRIFT_DEG) * wandering(draw, score.frames, _DRIFT_S, 2)
    large = size_rad > LARGE_SHIFT_RAD
    return GazePlay(direction, times_s[large], targets[large])


def _aversions(
    score: Score, eye_contact: float, draw: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Start and end times of looks away from the viewer; none overlap."""
    factor = np.array([_STATE_FACTOR[State(k)] for k in range(len(State))])
    away = (_MOST_AWAY + (_LEAST_AWAY - _MOST_AWAY) * eye_contact) * factor[score.state]
    base = away / (1 - away) / _AVERSION_S
    shaped = raised_after(base, [p.start_s for p in score.phrases], *_AT_START)
    shaped = raised_after(shaped, [h[0] for h in score.hesitations], *_AT_HESITATION)
    rate = shaped * (base.sum() / max(shaped.sum(), 1e-9))
    starts_s = times_at_rate(draw, rate, 0.8)
    lasts_s = _AVERSION_S * np.exp(
        _AVERSION_SIGMA * np.clip(draw.standard_normal(len(starts_s)), -2.5, 2.5)
        - 0.5 * _AVERSION_SIGMA**2
    )
    ends_s = starts_s + lasts_s
    free = np.ones(len(starts_s), bool)
    busy_s = -1.0
    for index, (start_s, end_s) in enumerate(zip(starts_s, ends_s, strict=True)):
        free[index] = start_s > busy_s + 0.25
        busy_s = end_s if free[index] else busy_s
    return starts_s[free], ends_s[free]


def _fixations(
    score: Score, starts_s: np.ndarray, ends_s: np.ndarray, draw: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Times (E,) and targets (E, 2) in radians of all saccades, in order of time."""
    count = len(starts_s)
    side = np.where(draw.uniform(size=count) < draw.uniform(0.3, 0.7), 1.0, -1.0)
    away = np.column_stack([
        side * draw.uniform(*_AVERTED_DEG, count), draw.uniform(*_PITCH_DEG, count)
    ])  # fmt: skip
    middle_s = starts_s + (ends_s - starts_s) * draw.uniform(0.35, 0.65, count)
    twice = (draw.uniform(size=count) < _SECOND_GLANCE) & (ends_s - starts_s > 0.7)
    second = away + draw.normal(0.0, (3.0, 2.0), (count, 2))
    home = draw.normal(0.0, 1.0, (count, 2)) * _FIXATION_DEG
    small_s = times_at_rate(draw, np.full(score.frames, 1.0 / _FIXATION_S), _FIXATION_SIGMA)
    places = np.searchsorted(starts_s, small_s) - 1
    on_viewer = (places < 0) | (small_s > np.append(ends_s, -1.0)[places] + 0.2)
    soon = np.append(starts_s, np.inf)[places + 1] - small_s < 0.2
    small_s = small_s[on_viewer & ~soon]
    small = draw.normal(0.0, 1.0, (len(small_s), 2)) * _FIXATION_DEG
    times_s = np.concatenate([starts_s, middle_s[twice], ends_s, small_s])
    targets = np.radians(np.concatenate([away, second[twice], home, small]))
    order = np.argsort(times_s, kind="stable")
    return times_s[order], targets[order]


def saccade_duration_s(amplitude_deg: float) -> float:
    """Main sequence: 21 ms and 2.2 ms per degree (Carpenter 1988)."""
    return 0.021 + 0.0022 * amplitude_deg
