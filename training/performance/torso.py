"""What the trunk does: it follows the head, leans, drifts, shrugs and lifts its shoulders."""

import numpy as np

from pipeline.knobs import KNOB_INDEX
from pipeline.motion_space import HEAD_ROTATION
from pipeline.stream_types import State
from training.performance.chance import followed, wandering
from training.performance.face import FacePerformance
from training.performance.minimum_jerk import bumps, frame_times
from training.performance.score import Score

_SWAY = np.array([0.16, 0.27, 0.22])  # pitch, yaw, roll
_DELAY_S, _FOLLOW_S = (0.06, 0.085), 0.06
_DRIFT = np.radians([0.6, 0.85, 0.45])
_DRIFT_SMOOTH_S = (1.0, 2.4)
_LEAN = np.radians(5.0)
_LISTENING_LEAN = np.radians(0.5)
_SHOULDER_TURN = np.radians(1.0)
_BREATH_LIFT = np.radians(1.5)
_HAND_LIFT = np.radians(3.0)
_POSTURE_LIFT = np.radians(2.0)
_LIFT_DRIFT = np.radians(0.3)
_SHRUG = np.radians(3.5), np.radians(7.0)
_LARGEST_LIFT = np.radians(11.5)


def play_torso(
    score: Score,
    face: FacePerformance,
    raised: np.ndarray,
    knobs: np.ndarray,
    draw: np.random.Generator,
) -> np.ndarray:
    """(T, 3) radians of turn about the template's axes: pitch, yaw, roll.

    raised: (T, 2) in [0, 1], how far the left and the right hand are up
    """
    yaw, pitch, roll = face.face[:, HEAD_ROTATION].astype(np.float64).T
    gains = _SWAY * draw.uniform(0.75, 1.3, 3)
    times_s = frame_times(score.frames)
    before_s = times_s - draw.uniform(*_DELAY_S)
    head = np.stack(
        [followed(np.interp(before_s, times_s, turn), _FOLLOW_S) for turn in (pitch, yaw, -roll)],
        axis=1,
    )
    energy = 0.55 + 0.9 * float(knobs[KNOB_INDEX["head_energy"]])
    slow = sum(0.7 * wandering(draw, score.frames, smooth_s, 3) for smooth_s in _DRIFT_SMOOTH_S)
    turn = gains * head + energy * _DRIFT * slow
    turn += np.radians([0.5, 0.7, 0.4]) * draw.standard_normal(3)
    turn[:, 0] += _LEAN * (float(knobs[KNOB_INDEX["posture"]]) - 0.5)
    listening = (score.state == State.LISTENING).astype(np.float64)
    turn[:, 0] += _LISTENING_LEAN * followed(listening, 0.8)
    # The shoulder of a raised hand comes forward.
    turn[:, 1] += _SHOULDER_TURN * followed(raised[:, 1] - raised[:, 0], 0.2)
    return turn


def play_shoulders(
    score: Score,
    breath: np.ndarray,
    raised: np.ndarray,
    knobs: np.ndarray,
    draw: np.random.Generator,
) -> np.ndarray:
    """(T, 2) radians that the left and the right clavicle are lifted, breath (T,) included."""
    lift = _BREATH_LIFT * breath[:, None] + _HAND_LIFT * raised
    lift += _POSTURE_LIFT * (float(knobs[KNOB_INDEX["posture"]]) - 0.7)
    lift += _LIFT_DRIFT * wandering(draw, score.frames, 3.0, 2)
    lift += _shrugs(score, float(knobs[KNOB_INDEX["expressiveness"]]), draw)
    return _LARGEST_LIFT * np.tanh(lift / _LARGEST_LIFT)


def _shrugs(score: Score, expressiveness: float, draw: np.random.Generator) -> np.ndarray:
    """(T, 2) radians: now and then behind a question, and in a hesitation."""
    asked = [(phrase.end_s, 0.3) for phrase in score.phrases if phrase.question]
    unsure = [(start_s + 0.25, 0.12) for start_s, _ in score.hesitations]
    chosen = [
        when for when, chance in asked + unsure if draw.uniform() < 2.0 * expressiveness * chance
    ]
    starts_s = np.array(chosen) + draw.uniform(0.05, 0.25, len(chosen))
    count = len(chosen)
    height = draw.uniform(*_SHRUG, count)[:, None] * draw.uniform(0.7, 1.0, (count, 2))
    rises_s, holds_s, falls_s = (
        draw.uniform(low, high, count) for low, high in ((0.2, 0.32), (0.1, 0.45), (0.35, 0.6))
    )
    return bumps(score.frames, starts_s, (rises_s, holds_s, falls_s), height)
