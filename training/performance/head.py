"""The head: postures, drift, nods and turns on accents, nods of a listener. Degrees inside."""

from dataclasses import dataclass

import numpy as np

from pipeline.knobs import KNOB_INDEX
from pipeline.rates import FPS
from pipeline.stream_types import State
from training.performance.chance import (
    apart,
    followed,
    raised_after,
    times_at_rate,
    wandering,
)
from training.performance.gaze import GazePlay
from training.performance.minimum_jerk import bumps, steps
from training.performance.score import Score

LARGEST_DEG = 24.0

# deviations of yaw, pitch, roll in degrees of the natural style
_POSE_DEG, _WANDER_DEG = np.array([2.0, 1.6, 1.05]), np.array([1.5, 2.2, 1.3])
_POSES_HZ = {State.IDLE: 0.11, State.LISTENING: 0.16, State.SPEAKING: 0.42}
_LIVELY = {State.IDLE: 0.35, State.LISTENING: 0.4, State.SPEAKING: 1.0}
_AT_START = (0.0, 0.35, 3.0)
_WANDER_S = 0.24
_STATE_TAKES_S = 0.5
_ACCENT_LAG_S = 0.07
_BEAT_SPACING_S = 0.42
_NOD_DEG, _TURN_DEG, _LEAN_DEG = (4.0, 8.0), (3.0, 8.0), (1.0, 4.0)
_FOLLOWS_GAZE = 0.22
_TILT_DEG, _TILT_LASTS_S = 5.0, 9.0
_POSTURE_DEG, _POSTURE_Z_M, _POSTURE_Y_M = 5.0, 0.03, 0.006
# metres of translation per radian of yaw -> x, roll -> x, pitch -> z and y
_ARM_M = (0.015, 0.05, 0.045, -0.02)
_SWAY_M, _SWAY_S = np.array([0.003, 0.001, 0.0035]), 0.9
_BREATH_M = 0.0015


@dataclass(frozen=True, slots=True)
class HeadPlay:
    """rotation (T, 3) radians yaw, pitch, roll; translation (T, 3) metres; start times of what it
    does on accents: nods_s (downwards or up), turns_s (turns and tilts)"""

    rotation: np.ndarray
    translation: np.ndarray
    nods_s: np.ndarray
    turns_s: np.ndarray


@dataclass(frozen=True, slots=True)
class _Manner:
    """A style's numbers: reach and shares are 1 in the natural style, pace is 1 at tempo 0.5."""

    reach: float
    pitch_share: float
    turn_share: float
    nod_chance: float
    beat_chance: float
    pace: float
    tilt: float
    posture: float
    axes: np.ndarray

    @classmethod
    def of(cls, knobs: np.ndarray) -> "_Manner":
        energy, balance, tilt, tempo, posture = (
            float(knobs[KNOB_INDEX[name]])
            for name in ("head_energy", "nod_turn_balance", "tilt", "tempo", "posture")
        )
        pitch_share, turn_share = 0.6 + 0.8 * balance, 1.4 - 0.8 * balance
        return cls(
            reach=(0.35 + 5.6 * energy - 0.8 * energy**2) / 3.0,
            pitch_share=pitch_share,
            turn_share=turn_share,
            nod_chance=0.1 + 0.8 * balance,
            beat_chance=0.3 + 0.5 * energy,
            pace=0.6 + 0.8 * tempo,
            tilt=tilt,
            posture=posture,
            axes=np.array([turn_share, pitch_share, turn_share]),
        )


def play_head(
    score: Score, knobs: np.ndarray, gaze: GazePlay, draw: np.random.Generator
) -> HeadPlay:
    """How the head moves with this speech; knobs: (14,)."""
    manner = _Manner.of(knobs)
    rotation = _poses(score, manner, draw) + _wander(score, manner, draw)
    beats, nods_s, turns_s = _beats(score, manner, draw)
    rotation += beats
    rotation += _questions(score, manner, draw)
    rotation[:, 1] += _listening_nods(score, manner, draw)
    rotation[:, 2] += _long_tilts(score, manner, draw)
    rotation[:, :2] += _with_gaze(score, gaze)
    rotation[:, 1] += _POSTURE_DEG * (0.5 - manner.posture)
    rotation = np.radians(LARGEST_DEG * np.tanh(rotation / LARGEST_DEG))
    return HeadPlay(rotation, _translation(score, manner, rotation, draw), nods_s, turns_s)


def _by_state(score: Score, table: dict[State, float]) -> np.ndarray:
    return np.array([table[State(k)] for k in range(len(State))])[score.state]


def _poses(score: Score, manner: _Manner, draw: np.random.Generator) -> np.ndarray:
    """(T, 3) attitudes held for a few seconds, most often changed as a phrase begins."""
    rate = _by_state(score, _POSES_HZ) * manner.pace
    rate = raised_after(rate, [p.start_s for p in score.phrases], *_AT_START)
    starts_s = times_at_rate(draw, rate, 0.6)
    count = len(starts_s)
    lively = np.array([_LIVELY[State(k)] for k in range(len(State))])
    frames = np.clip((starts_s * FPS).astype(int), 0, score.frames - 1)
    scale = manner.reach * lively[score.state[frames]] ** 0.5
    poses = draw.standard_normal((count + 1, 3)) * _POSE_DEG * manner.axes
    poses[1:] *= scale[:, None]
    poses[0] *= 0.5 * manner.reach
    lasts_s = draw.uniform(0.45, 1.0, count) / manner.pace
    return poses[0] + steps(score.frames, starts_s, lasts_s, np.diff(poses, axis=0))


def _wander(score: Score, manner: _Manner, draw: np.random.Generator) -> np.ndarray:
    """(T, 3) what never rests while one speaks."""
    noise = wandering(draw, score.frames, _WANDER_S / manner.pace, 3)
    slow = wandering(draw, score.frames, 2.2 / manner.pace, 3)
    lively = followed(_by_state(score, _LIVELY), _STATE_TAKES_S)[:, None]
    return manner.reach**0.85 * manner.axes * (_WANDER_DEG * noise * lively + 0.35 * slow)


def _beats(
    score: Score, manner: _Manner, draw: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(T, 3) nods and turns on accents, and the start times of either."""
    strengths = np.array([a.strength for a in score.accents])
    count = len(strengths)
    chosen = draw.uniform(size=count) < manner.beat_chance * (0.5 + 0.9 * strengths)
    lags_s, kinds = draw.uniform(0.0, _ACCENT_LAG_S, count), draw.uniform(size=count)
    size, pace = draw.uniform(size=count), manner.pace * np.exp(0.12 * draw.standard_normal(count))
    signs = draw.choice((-1.0, 1.0), (count, 2))
    starts_s = np.array([a.time_s for a in score.accents]) + lags_s
    kept = np.flatnonzero(chosen)
    kept = kept[apart(starts_s[kept], _BEAT_SPACING_S / manner.pace)]
    vigour = 0.4 * size + 0.6 * strengths
    nod = kept[kinds[kept] < manner.nod_chance]
    turn = kept[kinds[kept] >= manner.nod_chance]
    result = np.zeros((score.frames, 3))
    depth = manner.reach**0.85 * (_NOD_DEG[0] + (_NOD_DEG[1] - _NOD_DEG[0]) * vigour[nod])
    up = size[nod] > 0.85
    result[:, 1] = _nods(score.frames, starts_s[nod], np.where(up, -0.6, 1.0) * depth, pace[nod])
    yaw = _TURN_DEG[0] + (_TURN_DEG[1] - _TURN_DEG[0]) * vigour[turn]
    roll = _LEAN_DEG[0] + (_LEAN_DEG[1] - _LEAN_DEG[0]) * size[turn]
    height = manner.reach**0.85 * np.column_stack([yaw, roll]) * signs[turn]
    lasts_s = (0.3 / pace[turn], 0.15 + 0.9 * size[turn] ** 2, 0.5 / pace[turn])
    result[:, [0, 2]] = bumps(score.frames, starts_s[turn], lasts_s, height)
    return result, starts_s[nod], starts_s[turn]


def _nods(frames: int, starts_s, depth_deg, pace) -> np.ndarray:
    """(T,) down quickly, up more slowly, a little beyond, and back."""
    down_s, up_s, back_s = 0.2 / pace, 0.34 / pace, 0.4 / pace
    beyond = 0.15 * depth_deg
    return steps(
        frames,
        np.concatenate([starts_s, starts_s + down_s, starts_s + down_s + up_s]),
        np.concatenate([down_s, up_s, back_s]),
        np.concatenate([depth_deg, -depth_deg - beyond, beyond]),
    )


def _questions(score: Score, manner: _Manner, draw: np.random.Generator) -> np.ndarray:
    """(T, 3) a question lifts the chin or tilts the head."""
    ends_s = np.array([p.end_s for p in score.phrases if p.question])
    count = len(ends_s)
    height = manner.reach * np.column_stack([
        np.zeros(count), -draw.uniform(1.0, 3.5, count), draw.uniform(-3.0, 3.0, count)
    ])  # fmt: skip
    hold_s = draw.uniform(0.3, 0.9, count)
    return bumps(score.frames, ends_s - 0.25, (0.4, hold_s, 0.7), height)


def _listening_nods(score: Score, manner: _Manner, draw: np.random.Generator) -> np.ndarray:
    """(T,) one to three nods in a row, two to six times a minute."""
    rate = (2.0 + 4.0 * manner.nod_chance) / 60.0 * (score.state == State.LISTENING)
    starts_s = times_at_rate(draw, rate, 0.7)
    starts_s = starts_s[apart(starts_s, 2.5)]
    count = len(starts_s)
    swings, depth = draw.integers(1, 4, count), draw.uniform(2.0, 4.5, count)
    pace = 0.85 * manner.pace * np.exp(0.1 * draw.standard_normal(count))
    result = np.zeros(score.frames)
    for swing in range(3):
        does = swings > swing
        at_s = starts_s + swing * 0.55 / pace
        size = manner.reach**0.6 * depth * 0.6**swing
        result += _nods(score.frames, at_s[does], size[does], pace[does])
    return result


def _long_tilts(score: Score, manner: _Manner, draw: np.random.Generator) -> np.ndarray:
    """(T,) leaning to a side, mostly to the same one, for many seconds."""
    starts_s = times_at_rate(draw, np.full(score.frames, 1.0 / _TILT_LASTS_S), 0.5)
    count = len(starts_s)
    side = 1.0 if draw.uniform() < 0.5 else -1.0
    sides = np.where(draw.uniform(size=count + 1) < 0.25, -side, side)
    levels = (
        _TILT_DEG
        * manner.tilt
        * (0.65 + 0.35 * manner.reach)
        * sides
        * draw.uniform(0.6, 1.15, count + 1)
    )
    lasts_s = draw.uniform(0.8, 1.6, count) / manner.pace
    return levels[0] + steps(score.frames, starts_s, lasts_s, np.diff(levels))


def _with_gaze(score: Score, gaze: GazePlay) -> np.ndarray:
    """(T, 2) the head goes part of the way to where the eyes have gone."""
    targets = np.degrees(gaze.targets) * _FOLLOWS_GAZE
    moves = np.diff(targets, axis=0, prepend=np.zeros((1, 2)))
    return steps(score.frames, gaze.large_s + 0.05, np.full(len(moves), 0.55), moves)


def _translation(
    score: Score, manner: _Manner, rotation: np.ndarray, draw: np.random.Generator
) -> np.ndarray:
    """(T, 3) metres: posture, what goes along with rotation, sway, and breath in pauses."""
    yaw, pitch, roll = rotation.T
    pitch = pitch - np.radians(_POSTURE_DEG * (0.5 - manner.posture))
    sway = wandering(draw, score.frames, _SWAY_S, 3) * _SWAY_M * min(manner.reach, 1.3)
    breath = followed((~score.voiced).astype(float), 0.7) * _BREATH_M
    along = np.column_stack([
        _ARM_M[0] * yaw + _ARM_M[1] * roll, _ARM_M[3] * pitch + breath, _ARM_M[2] * pitch
    ])  # fmt: skip
    level = np.array([0.0, _POSTURE_Y_M, _POSTURE_Z_M]) * (manner.posture - 0.5)
    return level + along + sway
