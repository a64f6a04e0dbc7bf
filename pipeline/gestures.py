"""Which gesture the hands make now, and in which phase of it they are.

Phases after Kendon 2004: preparation, stroke on the stressed syllable, hold, retraction. Causal:
the hands wait, raised, for the next stress, and sink when the voice pauses.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from pipeline.body_manner import BodyManner
from pipeline.gesture_forms import (
    GESTURE_FORMS,
    ONE_HANDED,
    POSE_SIZE,
    REST,
    TWO_HANDED,
    GestureForm,
    Slot,
)
from pipeline.hand_path import HandPath, resting_path
from pipeline.motion_settings import MotionSettings
from pipeline.noise import SmoothNoise, normal, uniform
from pipeline.phrasing import Phrase

_STREAM = 61
_NOISE_STREAM = 81
_PREPARATION_S = 0.62
_RECOVERY_S = 0.36
_STROKE_S = 0.2
_RETRACTION_S = 0.75
_LINGER_S = 0.12
_PATIENCE_S = 1.8
_DECISION_S = 1.6
_NEARLY_READY_S = 0.2
_TREMOR_M = 0.004
_SMALLEST_SIZE, _LARGEST_SIZE = 0.3, 1.4


class Phase(IntEnum):
    """Phases of a gesture; RECOVERY leads back from a stroke to the next beat."""

    REST = 0
    PREPARATION = 1
    READY = 2
    STROKE = 3
    HOLD = 4
    RECOVERY = 5
    RETRACTION = 6


@dataclass(frozen=True, slots=True)
class GestureState:
    """path: of both hands; until_s: when the phase ends by itself; decide_s: when resting hands
    next consider a gesture; count: of random decisions."""

    path: HandPath
    phase: Phase = Phase.REST
    until_s: float = 0.0
    form: int = 0
    right: bool = True
    beats_left: int = 0
    decide_s: float = 0.0
    count: int = 0

    @property
    def raised(self) -> bool:
        return self.phase not in (Phase.REST, Phase.RETRACTION)


class Gestures:
    """Gestures(manner, settings, seed): phrase by phrase, the pose of both hands."""

    def __init__(self, manner: BodyManner, settings: MotionSettings, seed: int) -> None:
        intensity = settings.gesture
        self._seed = seed
        self._rate = min(manner.gesture_rate * intensity, 1.0)
        size = manner.gesture_size * (0.4 + 0.6 * intensity)
        self._size = min(max(size, _SMALLEST_SIZE), _LARGEST_SIZE)
        self._pace = 1.0 / manner.gesture_speed
        self._two_handed_share = manner.two_handed_share
        self._tremor = SmoothNoise(seed, _NOISE_STREAM, (0.7, 0.6, 0.8, 0.75, 0.65, 0.85))

    def init_state(self) -> GestureState:
        return GestureState(path=resting_path())

    def step(self, time_s: float, phrase: Phrase, state: GestureState) -> GestureState:
        """Advance to a time; the pose is then self.pose(time_s, state)."""
        if state.raised:
            if self._rate == 0.0 or (not phrase.speaking and phrase.silent_s >= _LINGER_S):
                return self._retract(time_s, state)
            return self._continue(time_s, phrase, state)
        if state.phase is Phase.RETRACTION and time_s >= state.until_s:
            state = replace(state, phase=Phase.REST)
        return self._consider(time_s, phrase, state)

    def pose(self, time_s: float, state: GestureState) -> np.ndarray:
        """(2, POSE_SIZE) left, right; raised hands are never quite still."""
        pose = state.path.pose(time_s)
        lift = np.minimum(np.maximum((pose[:, Slot.UP] - REST[Slot.UP]) / 0.25, 0.0), 1.0)
        tremor = self._tremor.at(time_s).reshape(2, 3)
        pose[:, : Slot.SWIVEL] += (0.3 + lift[:, None]) * _TREMOR_M * tremor
        pose[:, Slot.CURL :] *= 1.0 + 0.06 * tremor[:, :1]
        return pose

    def _consider(self, time_s: float, phrase: Phrase, state: GestureState) -> GestureState:
        """At the start of a phrase and again in long ones: shall the hands take part?"""
        if phrase.speaking_s < 0.15 or time_s < state.decide_s or self._rate == 0.0:
            return state
        count = state.count + 1
        chance = self._rate * (0.45 + 0.75 * phrase.vigour)
        if uniform(self._seed, _STREAM, count) >= chance:
            return replace(state, count=count, decide_s=time_s + _DECISION_S)
        return self._prepare(time_s, replace(state, count=count))

    def _continue(self, time_s: float, phrase: Phrase, state: GestureState) -> GestureState:
        """A stress sets off the stroke if the hands are up or nearly so; a beat that comes too
        early is let go, since a late stroke looks worse than none."""
        if phrase.stressed:
            close = time_s >= state.until_s - _NEARLY_READY_S
            rising = state.phase in (Phase.PREPARATION, Phase.RECOVERY)
            if state.phase is Phase.READY or (rising and close):
                return self._stroke(time_s, phrase.emphasis, state)
        return state if time_s < state.until_s else self._next_phase(time_s, state)

    def _next_phase(self, time_s: float, state: GestureState) -> GestureState:
        """What follows when a phase is over; patience over in READY ends the gesture."""
        match state.phase:
            case Phase.PREPARATION | Phase.RECOVERY:
                patience_s = _PATIENCE_S * self._pace
                return replace(state, phase=Phase.READY, until_s=time_s + patience_s)
            case Phase.STROKE:
                hold_s = uniform(self._seed, _STREAM + 1, state.count, 0.06, 0.24) * self._pace
                return replace(state, phase=Phase.HOLD, until_s=time_s + hold_s)
            case Phase.HOLD if state.beats_left > 0:
                return self._recover(time_s, state)
            case Phase.HOLD:
                count = state.count + 1
                if uniform(self._seed, _STREAM + 2, count) < 0.55 + 0.35 * self._rate:
                    return self._prepare(time_s, replace(state, count=count))
        return self._retract(time_s, state)

    def _prepare(self, time_s: float, state: GestureState) -> GestureState:
        count = state.count
        both = uniform(self._seed, _STREAM + 3, count) < self._two_handed_share
        forms = TWO_HANDED if both else ONE_HANDED
        form = forms[int(uniform(self._seed, _STREAM + 4, count, 0.0, len(forms)))]
        change = uniform(self._seed, _STREAM + 5, count) < (0.15 if state.raised else 0.35)
        right = state.right != change
        beats = 1 + int(uniform(self._seed, _STREAM + 6, count, 0.0, form.most_beats))
        target = self._both_hands(form, form.ready, right, count)
        # Hands that are already up arrive sooner.
        way_m = np.abs(target - state.path.pose(time_s))[:, : Slot.SWIVEL].max()
        duration_s = _PREPARATION_S * self._pace * min(max(0.6 + float(way_m), 0.7), 1.1)
        return replace(
            state,
            path=state.path.turn(time_s, target, duration_s),
            phase=Phase.PREPARATION,
            until_s=time_s + duration_s,
            form=GESTURE_FORMS.index(form),
            right=right,
            beats_left=beats,
        )

    def _stroke(self, time_s: float, emphasis: float, state: GestureState) -> GestureState:
        form = GESTURE_FORMS[state.form]
        count = state.count + 1
        extent = self._size * (0.6 + 0.6 * emphasis)
        pose = form.ready + extent * (form.stroke - form.ready)
        duration_s = _STROKE_S * self._pace * (0.85 + 0.3 * extent)
        return replace(
            state,
            path=state.path.turn(
                time_s, self._both_hands(form, pose, state.right, count), duration_s
            ),
            phase=Phase.STROKE,
            until_s=time_s + duration_s,
            beats_left=state.beats_left - 1,
            count=count,
        )

    def _recover(self, time_s: float, state: GestureState) -> GestureState:
        form = GESTURE_FORMS[state.form]
        count = state.count + 1
        share = uniform(self._seed, _STREAM + 7, count, 0.6, 1.0)
        pose = form.stroke + share * (form.ready - form.stroke)
        duration_s = _RECOVERY_S * self._pace
        target = self._both_hands(form, pose, state.right, count)
        return replace(
            state,
            path=state.path.turn(time_s, target, duration_s),
            phase=Phase.RECOVERY,
            until_s=time_s + duration_s,
            count=count,
        )

    def _retract(self, time_s: float, state: GestureState) -> GestureState:
        target = np.stack((REST, REST))
        return replace(
            state,
            path=state.path.turn(time_s, target, _RETRACTION_S),
            phase=Phase.RETRACTION,
            until_s=time_s + _RETRACTION_S,
            decide_s=time_s + uniform(self._seed, _STREAM + 8, state.count, 0.5, 1.5),
        )

    def _both_hands(
        self, form: GestureForm, pose: np.ndarray, right: bool, count: int
    ) -> np.ndarray:
        """(2, POSE_SIZE): the form's pose with small differences each time, or rest."""
        hands = np.empty((2, POSE_SIZE))
        for hand in range(2):
            if not (form.two_handed or right == bool(hand)):
                hands[hand] = REST
                continue
            hands[hand] = pose
            for slot in (Slot.LATERAL, Slot.UP, Slot.FORWARD):
                stream = _STREAM + 9 + 3 * hand + slot
                hands[hand, slot] += 0.009 * normal(self._seed, stream, count)
            # Smaller gestures also stay lower.
            hands[hand, Slot.UP] -= 0.03 * max(1.0 - self._size, 0.0)
        return hands
