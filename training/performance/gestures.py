"""What the hands do: gestures in phases (Kendon 2004), strokes on accents that the face plays too.

Made so that it can be played by someone who hears the present only: hands rise when a phrase has
begun, wait raised for an accent, strike just after its vowel has begun, and sink when a pause has
become audible.
"""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from pipeline.hand_pose import POSE_SIZE, Slot
from pipeline.rates import FPS
from training.performance.chance import wandering
from training.performance.face import FacePerformance
from training.performance.gesture_library import GestureForm
from training.performance.gesture_manner import GestureManner, gesture_manner, varied
from training.performance.minimum_jerk import steps
from training.performance.score import Accent, Phrase, Score

LONGEST_STROKE_DELAY_S = 0.065
_REACTION_S = (0.07, 0.26)
_PREPARATION_S, _REARRANGEMENT_S = 0.68, 0.45
_STROKE_S, _RECOVERY_S, _RETRACTION_S = 0.2, 0.32, 0.85
_EARLY_S = 0.1
_PATIENCE_S = 2.2
_HOLD_S = (0.05, 0.22)
_LEAST_BEAT_GAP_S = 0.24
_RECONSIDER_S = (1.2, 2.8)
_AUDIBLE_PAUSE_S, _LINGER_S = 5 / FPS, (0.02, 0.5)
_LEAST_LEFT_S = 0.35
_NOD_WINDOW_S = 0.15
_NODDED_CHANCE, _OTHER_CHANCE = 0.97, 0.1
_AGAIN_CHANCE = 0.5
_FINGER_LAG_S, _OTHER_HAND_LAG_S = 0.04, 0.03
_TREMOR_M, _TREMOR_SMOOTH_S = 0.004, 0.3
_RAISED_WAY_M, _STILL_M = 0.2, 0.02


class Phase(IntEnum):
    """Phases of a gesture; RECOVERY leads back from a stroke to the next beat."""

    REST = 0
    PREPARATION = 1
    READY = 2
    STROKE = 3
    HOLD = 4
    RECOVERY = 5
    RETRACTION = 6


# phases in which the hands set out for somewhere
MOVES = (Phase.PREPARATION, Phase.STROKE, Phase.RECOVERY, Phase.RETRACTION)


@dataclass(frozen=True, slots=True)
class HandsPerformance:
    """poses: (T, 2, POSE_SIZE) left, right; raised: (T, 2) in [0, 1], how far each hand is up;
    strokes_s, accents_s: (S,) when strokes start, and the onsets of the vowels they belong to;
    phases: (T,) uint8 of Phase; moves: (N, 2 + 2 POSE_SIZE) start in seconds, phase and where each
    move of the hands leads; the first one is where they rest, at 0 s"""

    poses: np.ndarray
    raised: np.ndarray
    strokes_s: np.ndarray
    accents_s: np.ndarray
    phases: np.ndarray
    moves: np.ndarray


@dataclass(slots=True)
class _Plan:
    """Movements in order of time, as they are decided.

    moves: start_s, duration_s, (2, POSE_SIZE) way, phase; marks: when phases begin; strokes:
    start_s and onset of the accent; hands: (2, POSE_SIZE) the last target
    """

    manner: GestureManner
    hands: np.ndarray
    leading: int
    raised: bool = False
    moves: list[tuple[float, float, np.ndarray, Phase]] = field(default_factory=list)
    marks: list[tuple[float, Phase]] = field(default_factory=list)
    strokes: list[tuple[float, float]] = field(default_factory=list)

    def move(self, start_s: float, duration_s: float, target: np.ndarray, phase: Phase) -> float:
        """Set out for a target; returns the time of arrival."""
        self.moves.append((start_s, duration_s, target - self.hands, phase))
        self.hands = target
        while self.marks and self.marks[-1][0] >= start_s:
            self.marks.pop()
        self.marks.append((start_s, phase))
        return start_s + duration_s


def play_hands(
    score: Score,
    face: FacePerformance,
    knobs: np.ndarray,
    gesture: float,
    draw: np.random.Generator,
) -> HandsPerformance:
    """Both hands through a stretch of speech; gesture: intensity in [0, 2], 0 = they never rise."""
    manner = gesture_manner(knobs, gesture, draw)
    plan = _Plan(manner, manner.rest, manner.leading)
    times_s = np.array([accent.time_s for accent in score.accents])
    played_s = np.sort(np.concatenate([face.nods_s, face.turns_s, face.raises_s]))
    shown = _near(times_s, played_s, _NOD_WINDOW_S)
    following = [*(phrase.start_s for phrase in score.phrases[1:]), np.inf]
    for phrase, following_s in zip(score.phrases, following, strict=False):
        first, last = np.searchsorted(times_s, (phrase.start_s, phrase.end_s))
        accents = list(zip(score.accents[first:last], shown[first:last], strict=True))
        if manner.chance > 0.0:
            _play_phrase(plan, phrase, accents, draw)
        _rest_after(plan, phrase, following_s, draw)
    return _performed(plan, score.frames, draw)


def _near(times_s: np.ndarray, others_s: np.ndarray, window_s: float) -> np.ndarray:
    """(N,) bool, is there another time within the window?"""
    if not len(others_s):
        return np.zeros(len(times_s), bool)
    place = np.searchsorted(others_s, times_s)
    before = np.abs(times_s - others_s[np.maximum(place - 1, 0)])
    after = np.abs(times_s - others_s[np.minimum(place, len(others_s) - 1)])
    return np.minimum(before, after) < window_s


def _play_phrase(
    plan: _Plan, phrase: Phrase, accents: list[tuple[Accent, bool]], draw: np.random.Generator
) -> None:
    """Gestures from the start of a phrase on, as long as there are accents to strike on."""
    manner = plan.manner
    time_s = phrase.start_s + draw.uniform(*_REACTION_S)
    length_s = phrase.end_s - phrase.start_s
    taken = draw.uniform(size=len(accents))
    wanted = [
        accent
        for (accent, shown), chance in zip(accents, taken, strict=True)
        if chance < (_NODDED_CHANCE if shown else _OTHER_CHANCE + 0.35 * accent.strength)
    ]
    eager = False
    while time_s < phrase.end_s - _LEAST_LEFT_S:
        chance = manner.chance * min(0.35 + 0.65 * length_s, 1.0)
        if not (plan.raised or eager) and draw.uniform() >= chance:
            time_s += draw.uniform(*_RECONSIDER_S)
            continue
        time_s, struck = _gesture(plan, time_s, wanted, draw)
        if plan.raised and draw.uniform() >= _AGAIN_CHANCE + 0.4 * manner.chance:
            # One gesture is enough: the hands sink before the phrase is over, or stay.
            if draw.uniform() < 0.5:
                time_s = _retract(plan, time_s + draw.uniform(0.1, 0.5), draw)
                time_s += draw.uniform(*_RECONSIDER_S)
            else:
                return
        eager = not struck
        time_s += 0.0 if struck else draw.uniform(0.2, 0.6)


def _gesture(
    plan: _Plan, time_s: float, wanted: list[Accent], draw: np.random.Generator
) -> tuple[float, bool]:
    """One form with its beats from a time on; returns when it is over, and whether it came to a
    stroke (without one the hands stay where they are)."""
    manner = plan.manner
    if draw.uniform() > manner.steady:
        plan.leading = manner.leading if draw.uniform() < 0.5 else 1 - plan.leading
    form = varied(manner.form(draw), draw)
    full_s = _REARRANGEMENT_S if plan.raised else _PREPARATION_S
    rise_s = full_s * manner.pace * draw.uniform(0.85, 1.15)
    ready_s = time_s + rise_s
    strikes = [a for a in wanted if ready_s - _EARLY_S <= a.time_s <= ready_s + _PATIENCE_S]
    if not strikes:
        return time_s, False
    ready = manner.hands(form, form.ready, plan.leading, draw)
    plan.move(time_s, rise_s, ready, Phase.PREPARATION)
    plan.marks.append((ready_s, Phase.READY))
    plan.raised = True
    beats = 1 + int(draw.uniform() * form.most_beats)
    later = [a for a in wanted if a.time_s >= strikes[0].time_s]
    return _beats(plan, form, later, beats, draw), True


def _beats(
    plan: _Plan,
    form: GestureForm,
    accents: list[Accent],
    beats: int,
    draw: np.random.Generator,
) -> float:
    """Strokes on up to so many of the accents; returns when the last one has been held."""
    manner = plan.manner
    ready, free_s, end_s, made = plan.hands, -np.inf, 0.0, 0
    for accent in accents:
        start_s = accent.time_s + draw.uniform(0.0, LONGEST_STROKE_DELAY_S)
        if made == beats or (made and accent.time_s - end_s > _PATIENCE_S):
            break
        if start_s < free_s:
            continue
        if made and form.rebounds:
            _recover(plan, end_s, start_s, ready, draw)
        extent = manner.size * (0.7 + 0.45 * accent.strength) * draw.uniform(0.9, 1.1)
        duration_s = _STROKE_S * manner.pace * (0.8 + 0.3 * extent)
        stroke = form.strokes[made % len(form.strokes)]
        target = manner.hands(form, _extended(form.ready, stroke, extent), plan.leading, draw)
        arrival_s = plan.move(start_s, duration_s, target, Phase.STROKE)
        plan.marks.append((arrival_s, Phase.HOLD))
        plan.strokes.append((start_s, accent.time_s))
        end_s = arrival_s + draw.uniform(*_HOLD_S) * manner.pace
        free_s = end_s + _LEAST_BEAT_GAP_S * manner.pace
        made += 1
    return end_s


def _recover(
    plan: _Plan, time_s: float, next_s: float, ready: np.ndarray, draw: np.random.Generator
) -> None:
    """Back towards where the stroke came from, in time for the next one."""
    duration_s = min(_RECOVERY_S * plan.manner.pace, next_s - time_s + 0.05)
    target = plan.hands + draw.uniform(0.6, 1.0) * (ready - plan.hands)
    arrival_s = plan.move(time_s, duration_s, target, Phase.RECOVERY)
    if arrival_s < next_s:
        plan.marks.append((arrival_s, Phase.READY))


def _extended(ready: np.ndarray, stroke: np.ndarray, extent: float) -> np.ndarray:
    """(2, POSE_SIZE): the stroke made longer or shorter; the shape of the hand stays within."""
    way = stroke - ready
    way[:, : Slot.PRONATION] *= extent
    way[:, Slot.PRONATION : Slot.SPREAD] *= min(0.4 + 0.6 * extent, 1.25)
    way[:, Slot.SPREAD :] *= min(0.5 + 0.6 * extent, 1.0)
    return ready + way


def _rest_after(plan: _Plan, phrase: Phrase, following_s: float, draw: np.random.Generator) -> None:
    """Sink once the pause has been heard, unless the voice goes on at once."""
    start_s = phrase.end_s + _AUDIBLE_PAUSE_S + draw.uniform(*_LINGER_S)
    if plan.raised and start_s < following_s:
        _retract(plan, max(start_s, plan.marks[-1][0] + 0.05), draw)


def _retract(plan: _Plan, time_s: float, draw: np.random.Generator) -> float:
    target = plan.manner.rest.copy()
    target[:, : Slot.SWIVEL] += 0.004 * draw.standard_normal((2, 3))
    duration_s = _RETRACTION_S * plan.manner.pace**0.5 * draw.uniform(0.85, 1.2)
    end_s = plan.move(time_s, duration_s, target, Phase.RETRACTION)
    plan.marks.append((end_s, Phase.REST))
    plan.raised = False
    return end_s


def _performed(plan: _Plan, frames: int, draw: np.random.Generator) -> HandsPerformance:
    starts_s = np.array([move[0] for move in plan.moves])
    durations_s = np.array([move[1] for move in plan.moves])
    ways = np.array([move[2] for move in plan.moves]).reshape(-1, 2, POSE_SIZE)
    poses = np.empty((frames, 2, POSE_SIZE))
    for hand in range(2):
        lag_s = 0.0 if hand == plan.manner.leading else _OTHER_HAND_LAG_S
        for slots, later_s in (
            (slice(0, Slot.FLEXION), 0.0),
            (slice(Slot.FLEXION, POSE_SIZE), _FINGER_LAG_S),
        ):
            moved = steps(frames, starts_s + lag_s + later_s, durations_s, ways[:, hand, slots])
            poses[:, hand, slots] = plan.manner.rest[hand, slots] + moved
    height = poses[:, :, Slot.UP] - plan.manner.rest[:, Slot.UP]
    raised = np.clip((height - _STILL_M) / _RAISED_WAY_M, 0.0, 1.0)
    tremor = _TREMOR_M * wandering(draw, frames, _TREMOR_SMOOTH_S, 6).reshape(frames, 2, 3)
    poses[:, :, : Slot.SWIVEL] += raised[..., None] * tremor
    poses[:, :, Slot.CURL :] *= 1.0 + raised[..., None] * tremor[..., :1] * 12.0
    times = np.array([mark[0] for mark in plan.marks])
    phases = np.zeros(frames, np.uint8)
    if len(times):
        order = np.argsort(times, kind="stable")
        names = np.array([mark[1] for mark in plan.marks], np.uint8)[order]
        place = np.searchsorted(times[order], (np.arange(frames) + 0.5) / FPS, side="right")
        phases = np.where(place > 0, names[np.maximum(place - 1, 0)], 0).astype(np.uint8)
    strokes = np.array(plan.strokes).reshape(-1, 2)
    inside = strokes[:, 0] < frames / FPS
    return HandsPerformance(
        poses, raised, strokes[inside, 0], strokes[inside, 1], phases, _told(plan)
    )


def _told(plan: _Plan) -> np.ndarray:
    target = plan.manner.rest
    rows = [[0.0, Phase.REST, *target.ravel()]]
    for start_s, _, way, phase in plan.moves:
        target = target + way
        rows.append([start_s, phase, *target.ravel()])
    return np.array(rows)
