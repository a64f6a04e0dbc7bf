"""How the hands of a recorded motion accompany speech: how often, how wide, how fast."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.motion_signal import events, merged, runs, smoothed
from pipeline.names import JOINT_INDEX
from pipeline.rates import FPS
from pipeline.skeleton import Skeleton, rotations_from_axis_angle

_CHAIN = ("clavicle", "shoulder01", "upperarm01", "upperarm02", "lowerarm01", "lowerarm02", "wrist")
_ARMS = [JOINT_INDEX[f"{name}.{side}"] for side in "LR" for name in _CHAIN[2:]]
_SEEN_RAD = 1e-4
# Height over the resting hand from which a hand counts as raised, and as lowered again.
_RAISED_M, _LOWERED_M = 0.15, 0.09
_STROKE_ABOVE_M = 0.18
# Hands that stay above this, below the shoulder, all the time do not rest.
_RESTING_M = -0.4
_TOGETHER_S = 0.1
_RISING_S = 1.0
_SMOOTHING_S = 0.04
_LEAST_MOVEMENT_M = 0.02


@dataclass(frozen=True, slots=True)
class HandHabits:
    """raised_share: of the speaking time but for the starts of phrases, in which a hand is up;
    two_handed_share: of the time in which any hand is up; stroke_m: mean way of a raised hand
    between two turning points; rise_m_per_s: median of the highest speeds with which hands come
    up; gestures: their count"""

    raised_share: float
    two_handed_share: float
    stroke_m: float
    rise_m_per_s: float
    gestures: int


def wrist_places(joint_rotation: np.ndarray, skeleton: Skeleton) -> np.ndarray:
    """(T, 2, 3) metres of the left and the right wrist from its shoulder at rest, in the axes of
    the chest, from (T, 49, 3) axis-angle in the order of names.BODY_JOINTS."""
    local = rotations_from_axis_angle(joint_rotation)
    places = np.empty((len(local), 2, 3))
    for hand, side in enumerate("LR"):
        rest = {name: skeleton.rest_positions[skeleton.index(f"{name}.{side}")] for name in _CHAIN}
        turn = np.tile(np.eye(3), (len(local), 1, 1))
        place = np.tile(rest["clavicle"] - rest["upperarm01"], (len(local), 1))
        for name, following in pairwise(_CHAIN):
            turn = turn @ local[:, JOINT_INDEX[f"{name}.{side}"]]
            place = place + turn @ (rest[following] - rest[name])
        places[:, hand] = place
    return places


def hand_habits(
    joint_rotation: np.ndarray, speaking: np.ndarray, skeleton: Skeleton
) -> HandHabits | None:
    """Habits of the hands, from (T, 49, 3) axis-angle and (T,) bool; None where the arms never
    move, that is, where nobody saw them."""
    if np.ptp(joint_rotation[:, _ARMS], axis=0).max() < _SEEN_RAD:
        return None
    places = wrist_places(joint_rotation, skeleton)
    low = np.minimum(np.percentile(places[..., 1], 5.0, axis=0), _RESTING_M)
    height = places[..., 1] - low
    left, right = (height > 0.5 * (_RAISED_M + _LOWERED_M)).T
    either, both = left | right, left & right
    velocity = np.gradient(smoothed(places, _SMOOTHING_S), axis=0) * FPS
    strokes, rises = [], []
    for hand in range(2):
        for start, stop in events(height[:, hand], _RAISED_M, _LOWERED_M):
            rises.append(float(velocity[start:stop, hand, 1].max()))
        strokes += _strokes(places[:, hand], velocity[:, hand], height[:, hand] > _STROKE_ABOVE_M)
    return HandHabits(
        raised_share=float(either[_under_way(speaking)].mean()) if speaking.any() else 0.0,
        two_handed_share=float(both.sum() / max(either.sum(), 1)),
        stroke_m=float(np.mean(strokes)) if strokes else 0.0,
        rise_m_per_s=float(np.median(rises)) if rises else 0.0,
        gestures=len(merged(runs(either), _TOGETHER_S)),
    )


def _under_way(speaking: np.ndarray) -> np.ndarray:
    """(T,) bool: spoken for so long that hands had time to rise; else all of the speaking time."""
    late = np.zeros_like(speaking)
    for start, stop in runs(speaking):
        late[start + round(_RISING_S * FPS) : stop] = True
    return late if late.any() else speaking


def _strokes(places: np.ndarray, velocity: np.ndarray, raised: np.ndarray) -> list[float]:
    """Metres between the turning points (lowest speeds) of one raised hand."""
    speed = np.linalg.norm(velocity, axis=1)
    slowest = np.flatnonzero((speed[1:-1] <= speed[:-2]) & (speed[1:-1] < speed[2:])) + 1
    ways = []
    for start, stop in runs(raised):
        turning = places[slowest[(slowest > start) & (slowest < stop - 1)]]
        ways += np.linalg.norm(np.diff(turning, axis=0), axis=1).tolist()
    return [way for way in ways if way > _LEAST_MOVEMENT_M]
