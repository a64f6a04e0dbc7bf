"""What a recorded motion says about a person's habits: how often, how far, how fast."""

import math
from dataclasses import dataclass

import numpy as np

from pipeline.hand_habits import HandHabits, hand_habits
from pipeline.motion_file import MotionArrays
from pipeline.motion_signal import events, followed, merged, runs, smoothed
from pipeline.names import ACTION_INDEX, JOINT_INDEX, SPINE_JOINTS
from pipeline.rates import FPS
from pipeline.skeleton import Skeleton
from pipeline.stream_types import State
from pipeline.torso_habits import TorsoHabits, torso_habits

LEAST_SPEAKING_S = 5.0
LEAST_LISTENING_S = 15.0

_EYES = [ACTION_INDEX["eyeBlinkLeft"], ACTION_INDEX["eyeBlinkRight"]]
_SPINE = [JOINT_INDEX[name] for name in SPINE_JOINTS]
_SMILES = [ACTION_INDEX["mouthSmileLeft"], ACTION_INDEX["mouthSmileRight"]]
_BLINK_SHARE, _LEAST_BLINK, _LONGEST_BLINK_S = 0.5, 0.3, 0.6
_AVERTED_RAD, _RETURNED_RAD = math.radians(3.5), math.radians(2.2)
_SHORTEST_AVERSION_S, _AVERSIONS_APART_S = 0.15, 0.1
# The head goes along with the gaze: share of it, and the rate of an exponential approach per frame.
_HEAD_FOLLOWS_GAZE, _FOLLOW_RATE = 0.15, 5.0 / FPS
_SLOW_S, _QUICK_S, _BEAT_LEVEL_S, _BROW_LEVEL_S = 0.35, 0.05, 0.8, 2.0
_NOD_RAD, _NOD_OVER_RAD, _NODS_APART_S = math.radians(0.8), math.radians(0.4), 1.0


@dataclass(frozen=True, slots=True)
class Habits:
    """Measured habits; None where the motion does not show them.

    pauses, blinks, aversions: a minute; blink_s: median width of a blink at half its height
    drift_rad (3,): standard deviation of slow yaw, pitch, roll; drift_hz: mean frequency of slow
    yaw and roll with the torso's (speed over amplitude)
    beat_rad: standard deviation of the quick pitch in speech
    nods: a minute of listening, of which there were listening_s
    smile: [0, 1], the usual one of a quiet mouth; brows: standard deviation of raised inner brows
    in speech; jaw: 90th percentile of jawOpen in speech
    """

    speaking_s: float
    listening_s: float
    pauses_per_min: float
    blinks_per_min: float
    blink_s: float | None
    aversions_per_min: float
    drift_rad: np.ndarray
    drift_hz: float
    beat_rad: float
    nods_per_min: float
    smile: float
    brows: float
    jaw: float
    torso: TorsoHabits | None
    hands: HandHabits | None


def measure_habits(motion: MotionArrays, skeleton: Skeleton) -> Habits:
    """The habits in a motion of the rate of the stream; `skeleton`: of an average person."""
    speaking, listening = motion.state == State.SPEAKING, motion.state == State.LISTENING
    minutes = len(motion.state) / FPS / 60.0
    head = motion.head_rotation.astype(np.float64)
    gaze = head[:, :2] + motion.gaze.astype(np.float64).mean(axis=1)
    gaze = gaze - np.median(gaze, axis=0)
    drift = _drift(head, gaze)
    quick_pitch = smoothed(head[:, 1], _QUICK_S) - smoothed(head[:, 1], _BEAT_LEVEL_S)
    blinks, blink_s = _blinks(motion.facial_actions[:, _EYES].mean(axis=1))
    talking = speaking if speaking.any() else np.ones_like(speaking)
    quiet = ~speaking if (~speaking).sum() > FPS else np.ones_like(speaking)
    brow = motion.facial_actions[:, ACTION_INDEX["browInnerUp"]]
    brow = brow - smoothed(brow, _BROW_LEVEL_S)
    return Habits(
        speaking_s=float(speaking.sum()) / FPS,
        listening_s=float(listening.sum()) / FPS,
        pauses_per_min=len(runs(speaking)) / minutes,
        blinks_per_min=blinks / minutes,
        blink_s=blink_s,
        aversions_per_min=_aversions(gaze[:, 0]) / minutes,
        drift_rad=drift.std(axis=0),
        drift_hz=_mean_frequency_hz(_drift(head + _torso_turn(motion), gaze)),
        beat_rad=float(quick_pitch[talking].std()),
        nods_per_min=_nods(quick_pitch, listening),
        smile=float(np.median(motion.facial_actions[:, _SMILES].mean(axis=1)[quiet])),
        brows=float(brow[talking].std()),
        jaw=float(np.percentile(motion.facial_actions[talking, ACTION_INDEX["jawOpen"]], 90.0)),
        torso=torso_habits(motion.joint_rotation, head, speaking),
        hands=hand_habits(motion.joint_rotation, speaking, skeleton),
    )


def _drift(head: np.ndarray, gaze: np.ndarray) -> np.ndarray:
    """(T, 3) radians of slow head rotation about its mean, without what goes along with gaze."""
    slow = head.copy()
    slow[:, :2] -= _HEAD_FOLLOWS_GAZE * followed(gaze, _FOLLOW_RATE)
    slow = smoothed(slow, _SLOW_S)
    return slow - slow.mean(axis=0)


def _torso_turn(motion: MotionArrays) -> np.ndarray:
    """(T, 3) yaw, pitch, roll of the torso; the turns are small, so they add."""
    pitch, yaw, roll = motion.joint_rotation[:, _SPINE].sum(axis=1).T
    return np.stack((yaw, pitch, -roll), axis=1)


def _mean_frequency_hz(drift: np.ndarray) -> float:
    speed = np.gradient(drift, axis=0) * FPS
    ratio = speed.std(axis=0) / np.maximum(drift.std(axis=0), 1e-6)
    return float(ratio[[0, 2]].mean() / (2.0 * math.pi))


def _blinks(closure: np.ndarray) -> tuple[int, float | None]:
    """How many blinks there are, and their median width at half height in seconds."""
    opened = float(np.median(closure))
    height = max(float(np.percentile(closure, 99.0)) - opened, _LEAST_BLINK)
    half = opened + _BLINK_SHARE * height
    widths = []
    for start, stop in events(closure, half, opened + 0.5 * _BLINK_SHARE * height):
        above = np.arange(start, stop)[closure[start:stop] >= half]
        first, last = int(above[0]), int(above[-1])
        if first == 0 or last + 1 == len(closure):
            continue
        rise = (closure[first] - half) / max(closure[first] - closure[first - 1], 1e-6)
        fall = (closure[last] - half) / max(closure[last] - closure[last + 1], 1e-6)
        widths.append((last - first + min(rise, 1.0) + min(fall, 1.0)) / FPS)
    widths = [width for width in widths if width <= _LONGEST_BLINK_S]
    return len(widths), float(np.median(widths)) if widths else None


def _aversions(yaw: np.ndarray) -> int:
    """How often a gaze (T,) leaves its usual direction for a while; how high it is says little,
    since trackers hardly see that."""
    away = merged(events(np.abs(yaw), _AVERTED_RAD, _RETURNED_RAD), _AVERSIONS_APART_S)
    return int((away[:, 1] - away[:, 0] >= _SHORTEST_AVERSION_S * FPS).sum())


def _nods(quick_pitch: np.ndarray, listening: np.ndarray) -> float:
    """A minute of listening; 0 without any."""
    found = merged(events(quick_pitch, _NOD_RAD, _NOD_OVER_RAD), _NODS_APART_S)
    count = sum(bool(listening[start]) for start, _ in found)
    return count / max(float(listening.sum()) / FPS / 60.0, 1e-3)
