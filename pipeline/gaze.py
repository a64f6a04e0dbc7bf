"""Where the eyes look: fixations on the viewer, short aversions, saccades on the main sequence."""

import math
from dataclasses import dataclass

import numpy as np

from pipeline.noise import lognormal, normal, uniform
from pipeline.phrasing import Phrase

LARGEST_EYE_YAW = math.radians(28.0)
LARGEST_EYE_PITCH = math.radians(20.0)

_STREAM = 31
_FIXATION_MEAN_S = 1.1
_AVERSION_MEAN_S = 0.75
_LISTENING_FACTOR = 0.5
_ONSET_CHANCE = 0.3
_PAUSE_CHANCE = 0.25


@dataclass(frozen=True, slots=True)
class GazeState:
    """The last saccade, (yaw, pitch) radians in the world (0 = the viewer), and its fixation."""

    source: tuple[float, float] = (0.0, 0.0)
    target: tuple[float, float] = (0.0, 0.0)
    start_s: float = -1.0
    duration_s: float = 0.03
    next_s: float = 1.0
    averted: bool = False
    shifted: bool = False
    count: int = 0

    def direction(self, time_s: float) -> tuple[float, float]:
        """(yaw, pitch) radians in the world, +yaw to the avatar's left, +pitch down."""
        u = min(max((time_s - self.start_s) / self.duration_s, 0.0), 1.0)
        ease = u * u * u * (10.0 - 15.0 * u + 6.0 * u * u)
        (yaw_0, pitch_0), (yaw_1, pitch_1) = self.source, self.target
        return yaw_0 + (yaw_1 - yaw_0) * ease, pitch_0 + (pitch_1 - pitch_0) * ease


class Gaze:
    """Gaze(aversion_rate_per_min, seed): jumps between fixation points and rests in between."""

    def __init__(self, aversion_rate_per_min: float, seed: int) -> None:
        self._chance = min(aversion_rate_per_min / 60.0 * _FIXATION_MEAN_S, 0.9)
        self._seed = seed

    def init_state(self) -> GazeState:
        return GazeState(next_s=uniform(self._seed, _STREAM, 0, 0.3, 1.5))

    def step(self, time_s: float, phrase: Phrase, state: GazeState) -> GazeState:
        """Advance to a time; `shifted` marks the frame in which a saccade to or from an aversion
        begins."""
        moving = time_s < state.start_s + state.duration_s
        if not moving and not state.averted and self._hesitates(phrase):
            return self._jump(time_s, True, state)
        if time_s < state.next_s:
            return _settled(state) if state.shifted else state
        if state.averted:
            stays = uniform(self._seed, _STREAM + 1, state.count) < 0.2
            return self._jump(time_s, stays, state)
        factor = 1.0 if phrase.speaking else _LISTENING_FACTOR
        away = uniform(self._seed, _STREAM + 1, state.count) < self._chance * factor
        return self._jump(time_s, away, state)

    def _hesitates(self, phrase: Phrase) -> bool:
        if self._chance == 0.0 or not (phrase.began or phrase.ended):
            return False
        scale = min(self._chance / 0.13, 2.0)
        chance = (_ONSET_CHANCE if phrase.began else _PAUSE_CHANCE) * scale
        return uniform(self._seed, _STREAM + 2, phrase.frame) < chance

    def _jump(self, time_s: float, away: bool, state: GazeState) -> GazeState:
        seed, count = self._seed, state.count + 1
        if away:
            side = 1.0 if uniform(seed, _STREAM + 3, count) < 0.5 else -1.0
            target = (
                side * math.radians(uniform(seed, _STREAM + 4, count, 4.0, 11.0)),
                math.radians(uniform(seed, _STREAM + 5, count, -5.0, 6.0)),
            )
            dwell_s = lognormal(seed, _STREAM + 6, count, _AVERSION_MEAN_S, 0.4)
        else:
            target = (
                math.radians(0.6 * normal(seed, _STREAM + 4, count)),
                math.radians(0.5 * normal(seed, _STREAM + 5, count)),
            )
            dwell_s = lognormal(seed, _STREAM + 6, count, _FIXATION_MEAN_S, 0.6)
        source = state.direction(time_s)
        angle_deg = math.degrees(math.hypot(target[0] - source[0], target[1] - source[1]))
        duration_s = saccade_duration_s(angle_deg)
        dwell_s = min(max(dwell_s, 0.25), 6.0)
        return GazeState(
            source=source,
            target=target,
            start_s=time_s,
            duration_s=duration_s,
            next_s=time_s + duration_s + dwell_s,
            averted=away,
            shifted=away or state.averted,
            count=count,
        )


def saccade_duration_s(amplitude_deg: float) -> float:
    """Main sequence: 21 ms and 2.2 ms per degree (Carpenter 1988)."""
    return 0.021 + 0.0022 * amplitude_deg


def eyes_in_head(gaze_world: np.ndarray, head_rotation: np.ndarray) -> np.ndarray:
    """Vestibulo-ocular reflex: eye rotation in the head that keeps a gaze in the world.

    gaze_world: (2,) radians yaw, pitch, 0 = the viewer; head_rotation: (3,) radians yaw, pitch,
    roll as in FaceFrame. Returns (2, 2) float32 for FaceFrame.gaze, both eyes alike (the portrait
    already converges on the viewer), within the reach of the eyes.
    """
    yaw, pitch = float(gaze_world[0]), float(gaze_world[1])
    x, y, z = math.sin(yaw) * math.cos(pitch), -math.sin(pitch), math.cos(yaw) * math.cos(pitch)
    head_yaw, head_pitch, head_roll = (float(angle) for angle in head_rotation)
    # Inverse of Ry(yaw) Rx(pitch) Rz(-roll).
    c, s = math.cos(head_yaw), math.sin(head_yaw)
    x, z = c * x - s * z, s * x + c * z
    c, s = math.cos(head_pitch), math.sin(head_pitch)
    y, z = c * y + s * z, c * z - s * y
    c, s = math.cos(head_roll), math.sin(head_roll)
    x, y = c * x - s * y, s * x + c * y
    eye_yaw = min(max(math.atan2(x, z), -LARGEST_EYE_YAW), LARGEST_EYE_YAW)
    eye_pitch = min(max(math.atan2(-y, math.hypot(x, z)), -LARGEST_EYE_PITCH), LARGEST_EYE_PITCH)
    return np.array([[eye_yaw, eye_pitch]] * 2, dtype=np.float32)


def _settled(state: GazeState) -> GazeState:
    return GazeState(
        state.source,
        state.target,
        state.start_s,
        state.duration_s,
        state.next_s,
        state.averted,
        False,
        state.count,
    )
