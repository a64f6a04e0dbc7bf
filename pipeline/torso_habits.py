"""How the torso of a recorded motion follows the head, drifts and breathes."""

from dataclasses import dataclass

import numpy as np

from pipeline.motion_signal import followed, runs, smoothed
from pipeline.names import JOINT_INDEX, SPINE_JOINTS
from pipeline.rates import FPS

_SPINE = slice(JOINT_INDEX[SPINE_JOINTS[0]], JOINT_INDEX[SPINE_JOINTS[-1]] + 1)
_CLAVICLES = [JOINT_INDEX["clavicle.L"], JOINT_INDEX["clavicle.R"]]
# The torso's yaw and roll follow the head's through two low-pass steps, as in body_motion.
_FOLLOW = 0.38
_SWAY_SHARES = np.array([0.22, 0.18])
_POSTURE_SHARES = np.array([1.0, 0.7])
_QUICK_S, _SLOW_S = 0.1, 2.0
_SEEN_RAD = 1e-4
_LEAST_BREATH_S, _LEAST_QUIET_S = 8.0, 20.0
_BREATH_RATES_HZ = np.arange(0.12, 0.6, 0.01)
_LEAST_BREATH_GAIN = 0.25


@dataclass(frozen=True, slots=True)
class TorsoHabits:
    """sway: turn of the torso for one of the head, 1 = as in the natural style; posture_rad:
    standard deviation of what remains of its yaw; breath_hz: None where it cannot be told"""

    sway: float
    posture_rad: float
    breath_hz: float | None


def torso_habits(
    joint_rotation: np.ndarray, head: np.ndarray, speaking: np.ndarray
) -> TorsoHabits | None:
    """Habits of the torso from (T, 49, 3) axis-angle, (T, 3) radians of the head and (T,) bool;
    None where the torso never moves, that is, where nobody saw it."""
    spine = joint_rotation[:, _SPINE].astype(np.float64).sum(axis=1)[:, 1:]
    if np.ptp(spine, axis=0).max() < _SEEN_RAD:
        return None
    turn = np.stack((head[:, 0], -head[:, 2]), axis=1)
    cause = _SWAY_SHARES * followed(followed(turn, _FOLLOW), _FOLLOW)
    quick_cause, quick_spine = (_quick(values) for values in (cause, spine))
    power = float((quick_cause * quick_cause).sum())
    sway = float((quick_cause * quick_spine).sum()) / max(power, 1e-9)
    drift = (spine - sway * cause).std(axis=0) / _POSTURE_SHARES
    lift = 0.5 * (joint_rotation[:, _CLAVICLES[0], 2] - joint_rotation[:, _CLAVICLES[1], 2])
    return TorsoHabits(sway, float(np.sqrt((drift * drift).mean())), _breath_hz(lift, speaking))


def _quick(values: np.ndarray) -> np.ndarray:
    return smoothed(values, _QUICK_S) - smoothed(values, _SLOW_S)


def _breath_hz(lift: np.ndarray, speaking: np.ndarray) -> float | None:
    """Strongest rhythm of the rising shoulders where nobody speaks (least-squares spectrum)."""
    quiet = [(a, b) for a, b in runs(~speaking) if b - a >= _LEAST_BREATH_S * FPS]
    if sum(b - a for a, b in quiet) < _LEAST_QUIET_S * FPS:
        return None
    left, whole = np.zeros(len(_BREATH_RATES_HZ)), 0.0
    for start, stop in quiet:
        time_s = np.arange(stop - start) / FPS
        trend = np.stack((np.ones_like(time_s), time_s), axis=1)
        whole += _residual(trend, lift[start:stop])
        for place, rate_hz in enumerate(_BREATH_RATES_HZ):
            phase = 2.0 * np.pi * rate_hz * time_s[:, None]
            basis = np.concatenate((trend, np.cos(phase), np.sin(phase)), axis=1)
            left[place] += _residual(basis, lift[start:stop])
    best = int(left.argmin())
    explained = 1.0 - left[best] / max(whole, 1e-12)
    return float(_BREATH_RATES_HZ[best]) if explained > _LEAST_BREATH_GAIN else None


def _residual(basis: np.ndarray, values: np.ndarray) -> float:
    weights = np.linalg.lstsq(basis, values, rcond=None)[0]
    return float(np.square(basis @ weights - values).sum())
