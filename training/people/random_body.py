"""Random bodies over the whole motion space: torso, breath, shoulders, arms, wrists, fingers."""

import numpy as np

from pipeline.body_pose import LARGEST_LIFT, LARGEST_TORSO_TURN
from pipeline.hand_pose import POSE_SIZE, REST, REST_FORMS, Slot
from pipeline.knobs import KNOBS
from pipeline.motion_space import BODY_SIZE, BREATH, CLAVICLE_LIFT, HANDS, TORSO_TURN
from training.performance.gesture_library import GESTURE_FORMS
from training.performance.gesture_manner import gesture_manner
from training.performance.hand_shapes import HAND_SHAPES, shape_of

_WIDE_TORSO_CHANCE = 0.5
# body_pose limits the turn smoothly: this much is asked for to come near to its limit.
_ASKED_OF_TORSO = 1.7
_USUAL_TORSO_TURN = np.radians(3.5)
_SHRUG_CHANCE, _USUAL_LIFT = 0.15, np.radians(1.8)
_RAISED_SHARES = (0.1, 0.14, 0.76)
_GESTURE_SHARE = 0.4
_LARGEST_GESTURE = 2.0
_NEW_SHAPE_CHANCE, _FREE_FINGERS_CHANCE = 0.45, 0.15
_SHAPES = np.stack([shape_of(name) for name in HAND_SHAPES])
_SHAPE = slice(Slot.SPREAD, None)
_FINGER_JITTER, _SPREAD_JITTER = np.radians(4.0), np.radians(1.0)
_FULL_CURL = np.radians(((24, 34, 36), *((66, 74, 42),) * 4))
_FREE_SPREAD = np.radians((-6.0, 9.0))
# Lateral, up, forward in metres; two hands keep a way apart.
_PLACE = slice(Slot.LATERAL, Slot.SWIVEL)
_LOWEST_PLACE, _HIGHEST_PLACE = np.array([-0.075, -0.19, 0.245]), np.array([0.03, -0.05, 0.32])
_INNERMOST_OF_TWO_M = -0.035
# Swivel of the elbow, pronation, flexion, deviation.
_TURNS = slice(Slot.SWIVEL, Slot.SPREAD)
_LOWEST_TURN, _HIGHEST_TURN = np.radians([0, -75, -55, -18]), np.radians([9, 85, 22, 22])


def random_raised(draw: np.random.Generator) -> int:
    """How many hands are raised before the chest: 0, 1 or 2."""
    return int(draw.choice(3, p=_RAISED_SHARES))


def random_body(draw: np.random.Generator, raised: int) -> np.ndarray:
    """(BODY_SIZE,) float32 of motion_space with so many hands raised, which may still be in each
    other's way."""
    row = np.zeros(BODY_SIZE)
    if draw.uniform() < _WIDE_TORSO_CHANCE:
        row[TORSO_TURN] = _ASKED_OF_TORSO * LARGEST_TORSO_TURN * draw.uniform(-1.0, 1.0, 3)
    else:
        row[TORSO_TURN] = _USUAL_TORSO_TURN * draw.standard_normal(3)
    row[BREATH] = draw.uniform()
    row[CLAVICLE_LIFT] = _USUAL_LIFT * draw.standard_normal(2)
    if draw.uniform() < _SHRUG_CHANCE:
        row[CLAVICLE_LIFT] += draw.uniform(0.0, LARGEST_LIFT) * draw.uniform(0.3, 1.0, 2)
    hands = random_hands(draw, raised)
    row[HANDS] = hands.ravel()
    return row.astype(np.float32)


def random_hands(draw: np.random.Generator, raised: int) -> np.ndarray:
    """(2, POSE_SIZE) left, right: both raised, one of them, or at rest."""
    if not raised:
        hands = REST_FORMS[draw.integers(len(REST_FORMS))].hands.copy()
    elif draw.uniform() < _GESTURE_SHARE:
        hands = _gesture(draw, raised == 2)
    else:
        hands = np.stack((_anywhere(draw, raised == 2), REST))
    if raised == 2 and np.array_equal(hands[1], REST):
        hands[1] = _anywhere(draw, True)
    for hand in hands:
        _vary_fingers(draw, hand)
    return hands[::-1] if draw.uniform() < 0.5 else hands


def _gesture(draw: np.random.Generator, both: bool) -> np.ndarray:
    """(2, POSE_SIZE) somewhere on the way of a gesture of the library, as one person plays it."""
    forms = [form for form in GESTURE_FORMS if form.two_handed == both]
    form = forms[draw.integers(len(forms))]
    manner = gesture_manner(draw.uniform(size=len(KNOBS)), _LARGEST_GESTURE * draw.uniform(), draw)
    stroke = form.strokes[draw.integers(len(form.strokes))]
    share = draw.uniform()
    poses = form.ready + share * (stroke - form.ready)
    hands = manner.hands(form, poses, 0, draw)
    return hands if both else np.stack((hands[0], REST))


def _anywhere(draw: np.random.Generator, both: bool) -> np.ndarray:
    """(POSE_SIZE,) a hand anywhere before the chest, turned any way."""
    pose = REST.copy()
    lowest = _LOWEST_PLACE.copy()
    if both:
        lowest[0] = _INNERMOST_OF_TWO_M
    pose[_PLACE] = draw.uniform(lowest, _HIGHEST_PLACE)
    pose[_TURNS] = draw.uniform(_LOWEST_TURN, _HIGHEST_TURN)
    pose[_SHAPE] = _mixed_shape(draw)
    assert pose.shape == (POSE_SIZE,)
    return pose


def _vary_fingers(draw: np.random.Generator, hand: np.ndarray) -> None:
    """Give a hand (POSE_SIZE,) another shape now and then, and always one of its own."""
    kind = draw.uniform()
    if kind < _FREE_FINGERS_CHANCE:
        curl = draw.uniform(0.0, 1.0, (5, 1)) * _FULL_CURL * draw.uniform(0.8, 1.2, (5, 3))
        hand[_SHAPE] = np.concatenate(([draw.uniform(*_FREE_SPREAD)], curl.ravel()))
    elif kind < _FREE_FINGERS_CHANCE + _NEW_SHAPE_CHANCE:
        hand[_SHAPE] = _mixed_shape(draw)
    hand[Slot.SPREAD] += _SPREAD_JITTER * draw.standard_normal()
    hand[Slot.CURL :] += _FINGER_JITTER * draw.standard_normal(POSE_SIZE - Slot.CURL)


def _mixed_shape(draw: np.random.Generator) -> np.ndarray:
    """(16,) one shape, or on the way from one to another."""
    first, second = draw.integers(len(_SHAPES), size=2)
    share = draw.uniform() if draw.uniform() < 0.5 else 0.0
    return _SHAPES[first] + share * (_SHAPES[second] - _SHAPES[first])
