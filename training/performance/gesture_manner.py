"""How one person gestures in one stretch: knobs, intensity and chance made into figures."""

from dataclasses import dataclass

import numpy as np

from pipeline.hand_pose import REST_FORMS, Slot
from pipeline.knobs import KNOB_INDEX
from training.performance.gesture_library import (
    ONE_HANDED,
    TWO_HANDED,
    GestureForm,
)
from training.performance.hand_shapes import shape_of

_SMALLEST_SIZE, _LARGEST_SIZE = 0.3, 1.6
_ENERGY_WIDTH = 0.3
_PLACE = slice(Slot.LATERAL, Slot.SWIVEL)
_WRIST = slice(Slot.PRONATION, Slot.SPREAD)
_SHAPE = slice(Slot.SPREAD, None)
_PLACE_JITTER_M, _WRIST_JITTER = 0.008, np.radians(4.0)
_OTHER_SHAPE_CHANCE = 0.25
# Shapes that may stand for each other without a change of sense.
_KIN = (
    ("relaxed", "index led", "half closed"),
    ("open", "offering", "spread"),
    ("flat", "bridge", "steeple"),
    ("pinch", "ring", "three pads"),
    ("cup", "claw", "open"),
)
# A larger or smaller manner also moves the whole space of gestures: lateral, up, forward.
_SPACE_M = np.array([0.012, 0.035, 0.0])
_HIGHEST_UP_M, _LOWEST_UP_M = -0.08, -0.22
# Short arms reach less high before the chest.
_HIGHEST_UP_SLOPE = 0.6
_WIDEST_M, _INNERMOST_M, _INNERMOST_OF_TWO_M = 0.015, -0.075, -0.035
_CLEAR_FORWARD_M = 0.245


@dataclass(frozen=True, slots=True)
class GestureManner:
    """chance: that hands accompany a phrase; size: of strokes, 1 = as in the library; pace: factor
    on durations; two_handed: chance of a gesture with both hands; energy: which forms are liked;
    looseness: [0, 1], how far fingers stay relaxed; leading: 0 the left hand, 1 the right one;
    steady: chance that the leading hand stays the same; rest: (2, POSE_SIZE) left, right"""

    chance: float
    size: float
    pace: float
    two_handed: float
    energy: float
    looseness: float
    leading: int
    steady: float
    rest: np.ndarray

    def form(self, draw: np.random.Generator) -> GestureForm:
        """The next gesture; forms near to one's own energy come more often."""
        forms = TWO_HANDED if draw.uniform() < self.two_handed else ONE_HANDED
        away = (np.array([form.energy for form in forms]) - self.energy) / _ENERGY_WIDTH
        weight = np.exp(-0.5 * away * away) + 0.02
        return forms[int(draw.choice(len(forms), p=weight / weight.sum()))]

    def hands(
        self, form: GestureForm, poses: np.ndarray, leading: int, draw: np.random.Generator
    ) -> np.ndarray:
        """(2, POSE_SIZE) left, right for (2, POSE_SIZE) leading, other; a little different each
        time; within reach, clear of the body and of each other."""
        hands = self.rest.copy()
        innermost = _INNERMOST_OF_TWO_M if form.two_handed else _INNERMOST_M
        for place, pose in enumerate(poses[: 1 + form.two_handed]):
            target = pose.copy()
            target[_PLACE] += (self.size - 1.0) * _SPACE_M
            target[_PLACE] += _PLACE_JITTER_M * draw.standard_normal(3)
            target[_WRIST] += _WRIST_JITTER * draw.standard_normal(3)
            target[_SHAPE] += self.looseness * (shape_of("relaxed") - target[_SHAPE])
            lateral = float(np.clip(target[Slot.LATERAL], innermost, _WIDEST_M))
            target[Slot.LATERAL] = lateral
            highest = _HIGHEST_UP_M + _HIGHEST_UP_SLOPE * min(lateral, 0.0)
            target[Slot.UP] = np.clip(target[Slot.UP], _LOWEST_UP_M, highest)
            clear = _CLEAR_FORWARD_M - 2.0 * max(lateral, 0.0)
            target[Slot.FORWARD] = max(target[Slot.FORWARD], clear)
            hands[leading if place == 0 else 1 - leading] = target
        return hands


def gesture_manner(knobs: np.ndarray, gesture: float, draw: np.random.Generator) -> GestureManner:
    """Of a person with such knobs (14,), at a gesture intensity in [0, 2]."""

    def knob(name: str) -> float:
        return float(knobs[KNOB_INDEX[name]])

    often = 0.04 + 0.94 * knob("gesture_rate") ** 0.8
    size = (0.55 + 0.9 * knob("gesture_extent")) * (0.5 + 0.5 * gesture)
    liked = 0.15 + 0.45 * knob("gesture_extent") + 0.3 * knob("expressiveness")
    rests = np.array([form.share for form in REST_FORMS])
    leading = int(draw.uniform() < 0.85)
    rest = REST_FORMS[int(draw.choice(len(REST_FORMS), p=rests / rests.sum()))].hands
    return GestureManner(
        chance=1.0 - (1.0 - often) ** gesture,
        size=float(np.clip(size, _SMALLEST_SIZE, _LARGEST_SIZE)),
        pace=float(2.0 ** (0.9 * (0.5 - knob("tempo"))) * np.exp(0.05 * draw.standard_normal())),
        two_handed=0.03 + 0.94 * knob("two_handedness"),
        energy=liked,
        looseness=float(draw.uniform(0.0, 0.22)),
        leading=leading,
        steady=float(draw.uniform(0.65, 0.95)),
        rest=np.stack((rest[leading], rest[1 - leading]) if leading else (rest[0], rest[1])),
    )


def varied(form: GestureForm, draw: np.random.Generator) -> GestureForm:
    """The form, now and then with another shape of the hands that means the same."""
    if draw.uniform() >= _OTHER_SHAPE_CHANCE:
        return form
    ready, strokes = form.ready.copy(), form.strokes.copy()
    choice = draw.uniform()
    for family in _KIN:
        shapes = np.stack([shape_of(name) for name in family])
        for poses in (ready, *strokes):
            for pose in poses:
                if np.abs(shapes - pose[_SHAPE]).max(1).min() < 1e-9:
                    pose[_SHAPE] = shapes[int(choice * len(family))]
    return GestureForm(
        form.name,
        ready,
        strokes,
        form.two_handed,
        form.most_beats,
        form.rebounds,
        form.energy,
    )
