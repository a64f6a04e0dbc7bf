"""Random faces over the whole motion space: visemes, expressions, rare actions, head and gaze."""

from dataclasses import dataclass

import numpy as np

from pipeline.motion_space import (
    ACTIONS,
    FACE_ACTION_INDICES,
    FACE_ACTIONS,
    FACE_SIZE,
    GAZE,
    HEAD_ROTATION,
    HEAD_TRANSLATION,
)
from pipeline.mouth_finish import MouthFinish
from pipeline.names import ACTION_INDEX, FACIAL_ACTIONS, VISEME_INDEX, VISEMES
from training.lip_targets import SHAPES
from training.people.pose import actions_from

# Yaw, pitch, roll that the renderer must know.
LARGEST_HEAD_TURN = np.radians([35.0, 25.0, 20.0])

EXPRESSIONS: dict[str, dict[str, float]] = {
    "none": {},
    "smile": {"mouthSmile": 0.7, "cheekSquint": 0.4, "eyeSquint": 0.25},
    "broad smile": {"mouthSmile": 0.9, "mouthUpperUp": 0.45, "mouthLowerDown": 0.25,
                    "jawOpen": 0.08, "cheekSquint": 0.7, "eyeSquint": 0.45},
    "laugh": {"mouthSmile": 0.9, "jawOpen": 0.5, "mouthUpperUp": 0.5, "mouthLowerDown": 0.3,
              "cheekSquint": 0.9, "eyeSquint": 0.6, "noseSneer": 0.2},
    "half smile": {"mouthSmileLeft": 0.6, "mouthDimpleLeft": 0.4, "cheekSquintLeft": 0.3},
    "smirk": {"mouthSmileRight": 0.5, "mouthPressRight": 0.3, "browOuterUpRight": 0.5},
    "surprise": {"browInnerUp": 0.9, "browOuterUp": 0.9, "eyeWide": 0.8, "jawOpen": 0.35},
    "fear": {"browInnerUp": 1.0, "browDown": 0.3, "eyeWide": 0.9, "mouthStretch": 0.6,
             "jawOpen": 0.2},
    "sadness": {"browInnerUp": 0.8, "mouthFrown": 0.7, "mouthShrugLower": 0.4, "eyeSquint": 0.2},
    "anger": {"browDown": 0.9, "eyeSquint": 0.5, "noseSneer": 0.4, "mouthPress": 0.6},
    "disgust": {"noseSneer": 0.9, "mouthUpperUp": 0.6, "browDown": 0.5, "eyeSquint": 0.4},
    "contempt": {"mouthDimpleRight": 0.7, "mouthPressRight": 0.4, "eyeSquint": 0.2},
    "doubt": {"browDownLeft": 0.6, "browOuterUpRight": 0.8, "mouthLeft": 0.35,
              "mouthShrugUpper": 0.3},
    "thought": {"browDown": 0.35, "mouthPucker": 0.35, "mouthRight": 0.4, "eyeSquint": 0.15},
    "effort": {"eyeSquint": 0.8, "browDown": 0.7, "mouthStretch": 0.5, "mouthUpperUp": 0.3},
    "shrug": {"mouthShrugLower": 0.9, "mouthShrugUpper": 0.5, "mouthFrown": 0.5,
              "browOuterUp": 0.4},
    "pressed lips": {"mouthPress": 0.8, "mouthRollLower": 0.4, "mouthRollUpper": 0.4},
    "bitten lip": {"mouthRollLower": 0.9, "jawOpen": 0.08, "mouthUpperUp": 0.2},
    "kiss": {"mouthPucker": 1.0, "mouthFunnel": 0.15},
    "whistle": {"mouthFunnel": 0.7, "mouthPucker": 0.6, "jawOpen": 0.08},
    "blown cheeks": {"cheekPuff": 1.0, "mouthPucker": 0.2},
    "yawn": {"jawOpen": 1.0, "eyeSquint": 0.5, "browInnerUp": 0.4, "mouthFunnel": 0.3},
    "shout": {"jawOpen": 0.85, "mouthUpperUp": 0.6, "mouthLowerDown": 0.6, "browDown": 0.5},
    "tongue shown": {"tongueOut": 0.9, "jawOpen": 0.4, "mouthSmile": 0.2},
    "jaw aside": {"jawLeft": 0.8, "mouthLeft": 0.4, "jawOpen": 0.1},
    "jaw forward": {"jawForward": 0.9, "mouthShrugLower": 0.3, "browDown": 0.3},
    "raised brows": {"browInnerUp": 0.7, "browOuterUp": 0.7},
    "frown": {"browDown": 0.7},
}  # fmt: skip
_NAMES = tuple(EXPRESSIONS)
_VISEME_SHAPES = np.stack([actions_from(SHAPES[name]) for name in VISEMES])
_EXPRESSION_SHAPES = np.stack([actions_from(shape) for shape in EXPRESSIONS.values()])
_TALKS, _PLAIN_CHANCE, _RARE_CHANCE, _SEALED_CHANCE = 0.65, 0.3, 0.3, 0.15
_MOST_RARE = 4
_BOTH_SIDES_CHANCE = 0.6
_SHUT_CHANCE, _HALF_SHUT_CHANCE, _WINK_CHANCE = 0.1, 0.14, 0.04
_USUAL_TURN = np.radians([9.0, 6.5, 5.0])
_WIDE_TURN_CHANCE = 0.5
_SHIFT_M, _LARGEST_SHIFT_M = np.array([0.02, 0.008, 0.015]), 0.04
_AT_VIEWER, _WITH_HEAD = 0.4, 0.25
_GAZE_REACH, _EYE_REACH = np.radians([32.0, 20.0]), np.radians([34.0, 22.0])
# Further up the upper lid hides the iris.
_LOOKS_UP = np.radians(13.0)
_OPPOSITES = (("jawLeft", "jawRight"), ("mouthLeft", "mouthRight"))
_TONGUE_NEEDS_JAW = 0.4
_MOUTH = np.array(
    [name.startswith(("jaw", "mouth", "tongue", "cheekPuff")) for name in FACIAL_ACTIONS]
)
# The same action at the other side.
_PARTNER = {
    name: ACTION_INDEX[name.removesuffix(side) + other]
    for side, other in (("Left", "Right"), ("Right", "Left"))
    for name in FACE_ACTIONS
    if name.endswith(side) and all(name not in pair for pair in _OPPOSITES)
}
_BLINKS = [ACTION_INDEX["eyeBlinkLeft"], ACTION_INDEX["eyeBlinkRight"]]
_ROW_BLINKS = [FACE_ACTIONS.index(f"eyeBlink{side}") for side in ("Left", "Right")]
_WIDE = [ACTION_INDEX["eyeWideLeft"], ACTION_INDEX["eyeWideRight"]]
_MOUTH_FINISH = MouthFinish()


@dataclass(frozen=True, slots=True)
class RandomFace:
    """row: (FACE_SIZE,) of motion_space; viseme: (15,) shares of the sounds the mouth makes, zero
    while nobody speaks."""

    row: np.ndarray
    viseme: np.ndarray


def random_face(draw: np.random.Generator) -> RandomFace:
    """A face that any person could make for a moment."""
    viseme = np.zeros(len(VISEMES), np.float32)
    expression = _expression(draw)
    sealed = draw.uniform() < _SEALED_CHANCE
    if draw.uniform() < _TALKS:
        share = draw.uniform()
        for name, amount in zip(
            draw.integers(len(VISEMES), size=2), (share, 1 - share), strict=True
        ):
            viseme[name] += amount
        # an expression leaves the mouth to the sound, but for a part
        expression = expression * np.where(_MOUTH, draw.uniform(0.0, 0.5), 1.0)
        sealed = viseme[VISEME_INDEX["PP"]] > 0.6
    actions = expression + draw.uniform(0.5, 1.5) * (viseme @ _VISEME_SHAPES)
    if draw.uniform() < _RARE_CHANCE:
        actions = np.maximum(actions, _rare(draw))
    actions = possible(actions)
    if sealed:
        actions = _MOUTH_FINISH.finish(actions, 1.0, 0.0)
    actions[_BLINKS] = _lids(draw)
    actions[_WIDE] *= 1 - actions[_BLINKS]
    row = np.zeros(FACE_SIZE, np.float32)
    row[ACTIONS] = actions[list(FACE_ACTION_INDICES)]
    row[HEAD_ROTATION] = _head(draw)
    shift = _SHIFT_M * draw.standard_normal(3)
    row[HEAD_TRANSLATION] = np.clip(shift, -_LARGEST_SHIFT_M, _LARGEST_SHIFT_M)
    row[GAZE] = _gaze(draw, row[HEAD_ROTATION])
    return RandomFace(eyes_in_reach(row), viseme)


def eyes_in_reach(rows: np.ndarray) -> np.ndarray:
    """Faces (..., FACE_SIZE) whose eyes turn no further in the head than irises stay in sight, and
    not up under half shut lids, where only white would show."""
    head = rows[..., HEAD_ROTATION][..., :2]
    turn = rows[..., GAZE] - head
    far = np.linalg.norm(turn / _EYE_REACH, axis=-1, keepdims=True)
    turn = turn / np.maximum(far, 1.0)
    shut = rows[..., _ROW_BLINKS].min(-1)
    highest = -_LOOKS_UP * np.clip(1 - 2 * shut, 0, 1)
    turn[..., 1] = np.maximum(turn[..., 1], highest)
    reached = rows.copy()
    reached[..., GAZE] = head + turn
    return reached


def possible(actions: np.ndarray) -> np.ndarray:
    """A new (52,) array in [0, 1] without what no face can do at the same time."""
    allowed = np.clip(actions, 0.0, 1.0).astype(np.float32)
    for one, other in _OPPOSITES:
        pair = [ACTION_INDEX[one], ACTION_INDEX[other]]
        allowed[pair] -= allowed[pair].min()
    jaw, close, tongue = (ACTION_INDEX[n] for n in ("jawOpen", "mouthClose", "tongueOut"))
    allowed[jaw] = max(allowed[jaw], _TONGUE_NEEDS_JAW * allowed[tongue])
    # It takes back what the jaw opens; more of it parts closed lips.
    allowed[close] = min(allowed[close], allowed[jaw])
    return allowed


def _expression(draw: np.random.Generator) -> np.ndarray:
    """(52,) one expression or a mixture of two, at any intensity."""
    first, second = draw.integers(len(_NAMES), size=2)
    share = draw.uniform() if draw.uniform() < 0.4 else 1.0
    mixed = share * _EXPRESSION_SHAPES[first] + (1 - share) * _EXPRESSION_SHAPES[second]
    intensity = (
        draw.uniform(0.0, 0.25) if draw.uniform() < _PLAIN_CHANCE else draw.uniform(0.3, 1.2)
    )
    return intensity * mixed


def _rare(draw: np.random.Generator) -> np.ndarray:
    """(52,) a few single actions, at one side or both, up to their end."""
    actions = np.zeros(len(ACTION_INDEX), np.float32)
    for name in draw.choice(FACE_ACTIONS, draw.integers(1, _MOST_RARE + 1), replace=False):
        amount = draw.uniform(0.2, 1.0)
        actions[ACTION_INDEX[name]] = amount
        if name in _PARTNER:
            actions[_PARTNER[name]] = amount * (draw.uniform() < _BOTH_SIDES_CHANCE)
    # Shut lips over an open jaw, as one who chews.
    jaw, close = ACTION_INDEX["jawOpen"], ACTION_INDEX["mouthClose"]
    actions[jaw] = max(actions[jaw], actions[close])
    return actions


def _lids(draw: np.random.Generator) -> np.ndarray:
    """(2,) closure of the left and the right lid."""
    kind = draw.uniform()
    if kind < _SHUT_CHANCE:
        return np.ones(2)
    if kind < _SHUT_CHANCE + _HALF_SHUT_CHANCE:
        return np.full(2, draw.uniform(0.1, 0.95))
    if kind < _SHUT_CHANCE + _HALF_SHUT_CHANCE + _WINK_CHANCE:
        return draw.permutation([draw.uniform(0.7, 1.0), draw.uniform(0.0, 0.25)])
    return np.full(2, draw.uniform(0.0, 0.06))


def _head(draw: np.random.Generator) -> np.ndarray:
    """(3,) radians."""
    if draw.uniform() < _WIDE_TURN_CHANCE:
        return draw.uniform(-1.0, 1.0, 3) * LARGEST_HEAD_TURN
    turn = _USUAL_TURN * draw.standard_normal(3)
    return np.clip(turn, -LARGEST_HEAD_TURN, LARGEST_HEAD_TURN)


def _gaze(draw: np.random.Generator, head: np.ndarray) -> np.ndarray:
    """(2,) radians in the world: at the viewer, where the head points, or anywhere near it."""
    kind = draw.uniform()
    if kind < _AT_VIEWER:
        return np.radians(2.0) * draw.standard_normal(2)
    if kind < _AT_VIEWER + _WITH_HEAD:
        return head[:2] + np.radians(3.0) * draw.standard_normal(2)
    return head[:2] + draw.uniform(-1.0, 1.0, 2) * _GAZE_REACH
