"""The forms of gestures, and how people hold their hands when they do not gesture.

Classes after McNeill 1992 (beats, deictics, metaphorics) as far as they fit any words. Hands touch
neither each other nor the body. Places suit the arms of an average person, whose upper arms stay
near to the trunk; see hand_shapes.hand_pose for the order of the numbers.
"""

from dataclasses import dataclass

import numpy as np

from pipeline.hand_pose import REST
from training.performance.hand_shapes import hand_pose


@dataclass(frozen=True, slots=True)
class GestureForm:
    """One gesture.

    ready: (2, POSE_SIZE) where the leading and the other hand wait for the accent
    strokes: (n, 2, POSE_SIZE) where they go on it; further beats take the next one, then begin anew
    two_handed: does the other hand take part? If not, its poses are not used.
    most_beats: how often a stroke may follow without a new preparation
    rebounds: hands go back between beats; otherwise each beat starts where the last one ended
    energy: [0, 1], from gestures of quiet people to those of lively ones
    """

    name: str
    ready: np.ndarray
    strokes: np.ndarray
    two_handed: bool
    most_beats: int
    rebounds: bool
    energy: float


def _one(
    name: str,
    energy: float,
    beats: int,
    ready: np.ndarray,
    *strokes: np.ndarray,
    rebounds: bool = True,
) -> GestureForm:
    both = np.stack([np.stack((stroke, REST)) for stroke in strokes])
    return GestureForm(name, np.stack((ready, REST)), both, False, beats, rebounds, energy)


def _mirrored(
    name: str,
    energy: float,
    beats: int,
    ready: np.ndarray,
    *strokes: np.ndarray,
    rebounds: bool = True,
) -> GestureForm:
    both = np.stack([np.stack((stroke, stroke)) for stroke in strokes])
    return GestureForm(name, np.stack((ready, ready)), both, True, beats, rebounds, energy)


def _pair(
    name: str,
    energy: float,
    beats: int,
    ready: tuple[np.ndarray, np.ndarray],
    *strokes: tuple[np.ndarray, np.ndarray],
    rebounds: bool = True,
) -> GestureForm:
    both = np.stack([np.stack(stroke) for stroke in strokes])
    return GestureForm(name, np.stack(ready), both, True, beats, rebounds, energy)


_P = hand_pose
GESTURE_FORMS: tuple[GestureForm, ...] = (
    # Both hands alike.
    _mirrored(
        "offer with both hands", 0.45, 2,
        _P((-0.01, -0.199, 0.25), (5, 0, 0), "relaxed"),
        _P((0.005, -0.15, 0.25), (-55, -8, 0), "offering", 4),
    ),
    _mirrored(
        "hold between the hands", 0.5, 4,
        _P((-0.02, -0.13, 0.245), (8, -22, 4), "cup", 4),
        _P((-0.03, -0.176, 0.25), (4, -18, -6), "cup", 2),
    ),
    _mirrored(
        "calm with both palms", 0.3, 3,
        _P((-0.02, -0.135, 0.245), (62, -14, 0), "flat", 4),
        _P((-0.01, -0.179, 0.26), (70, -24, 0), "open", 4),
    ),
    _mirrored(
        "small beat with both hands", 0.2, 5,
        _P((-0.02, -0.163, 0.245), (25, -4, 4), "relaxed"),
        _P((-0.03, -0.193, 0.25), (18, 2, -6), "relaxed"),
    ),
    _mirrored(
        "frame", 0.55, 2,
        _P((-0.045, -0.167, 0.245), (14, -24, 6), "flat"),
        _P((0, -0.15, 0.245), (12, -22, 2), "open", 4),
    ),
    _mirrored(
        "gather", 0.5, 2,
        _P((0.01, -0.167, 0.245), (-40, -6, 0), "spread", 4),
        _P((-0.045, -0.173, 0.245), (-14, -8, 4), "half closed"),
    ),
    _mirrored(
        "open out", 0.85, 1,
        _P((-0.045, -0.15, 0.245), (34, -22, 6), "relaxed"),
        _P((0.02, -0.12, 0.245), (-30, -22, -6), "spread", 7),
    ),
    _mirrored(
        "hold back", 0.7, 2,
        _P((-0.02, -0.15, 0.245), (50, -22, 6), "half closed", 4),
        _P((-0.01, -0.12, 0.245), (62, -48, 4), "spread", 4),
    ),
    _mirrored(
        "two edges", 0.75, 4,
        _P((-0.03, -0.11, 0.245), (8, -22, 12), "flat", 4),
        _P((-0.03, -0.186, 0.26), (4, -14, -10), "flat"),
    ),
    _mirrored(
        "fingertips towards each other", 0.15, 3,
        _P((-0.045, -0.167, 0.245), (16, -30, 6), "steeple"),
        _P((-0.045, -0.189, 0.245), (12, -24, -2), "steeple"),
    ),
    # Both hands, each in its own way.
    _pair(
        "weigh", 0.6, 4,
        (_P((-0.01, -0.173, 0.25), (-48, -6, 0), "offering"),
         _P((-0.01, -0.173, 0.25), (-48, -6, 0), "offering")),
        (_P((0, -0.14, 0.245), (-50, -8, 0), "cup", 4),
         _P((-0.01, -0.202, 0.25), (-50, -6, 0), "offering")),
        (_P((-0.01, -0.202, 0.25), (-50, -6, 0), "offering"),
         _P((0, -0.14, 0.245), (-50, -8, 0), "cup", 4)),
        rebounds=False,
    ),
    _pair(
        "edge over open palm", 0.6, 4,
        (_P((-0.045, -0.1, 0.245), (10, -18, 14), "flat"),
         _P((-0.04, -0.218, 0.245), (-60, -4, 0), "open")),
        (_P((-0.045, -0.163, 0.245), (6, -12, -8), "flat"),
         _P((-0.04, -0.222, 0.245), (-60, -4, 0), "open")),
    ),
    _pair(
        "present to a side", 0.7, 2,
        (_P((-0.04, -0.167, 0.245), (-10, -4, 4), "relaxed"),
         _P((-0.03, -0.202, 0.245), (20, -4, 0), "half closed")),
        (_P((0.03, -0.13, 0.245), (-48, -14, -4), "offering", 6),
         _P((-0.035, -0.199, 0.245), (14, -8, 2), "half closed")),
    ),
    _pair(
        "lead and follow", 0.4, 4,
        (_P((-0.03, -0.13, 0.245), (22, -14, 8), "index led"),
         _P((-0.02, -0.189, 0.245), (16, -6, 2), "relaxed")),
        (_P((-0.03, -0.183, 0.25), (18, -2, -6), "index led"),
         _P((-0.02, -0.202, 0.245), (12, -2, -2), "relaxed")),
    ),
    _pair(
        "list before the other hand", 0.5, 3,
        (_P((-0.02, -0.13, 0.245), (30, -14, 8), "point"),
         _P((-0.02, -0.186, 0.245), (-10, -16, 0), "half closed")),
        (_P((-0.03, -0.16, 0.245), (26, -4, -2), "point"),
         _P((-0.02, -0.186, 0.245), (-10, -16, 0), "half closed")),
        (_P((-0.02, -0.16, 0.245), (26, -4, -2), "two fingers"),
         _P((-0.02, -0.189, 0.245), (-10, -16, 0), "half closed")),
        (_P((-0.03, -0.16, 0.245), (26, -4, -2), "three fingers"),
         _P((-0.02, -0.186, 0.245), (-10, -16, 0), "half closed")),
    ),
    _pair(
        "from one to the other", 0.65, 2,
        (_P((0, -0.167, 0.245), (12, -14, 4), "cup", 4),
         _P((-0.045, -0.167, 0.245), (12, -14, 4), "cup")),
        (_P((-0.045, -0.167, 0.245), (12, -14, 2), "cup"),
         _P((0.01, -0.16, 0.245), (12, -14, 2), "cup", 4)),
        (_P((0.01, -0.16, 0.245), (12, -14, 2), "cup", 4),
         _P((-0.045, -0.167, 0.245), (12, -14, 2), "cup")),
        rebounds=False,
    ),
    # One hand.
    _one(
        "offer with one hand", 0.35, 2,
        _P((-0.02, -0.186, 0.25), (8, 0, 0), "relaxed"),
        _P((0, -0.135, 0.245), (-52, -8, 0), "offering", 4),
    ),
    _one(
        "edge of the hand", 0.6, 4,
        _P((-0.02, -0.11, 0.245), (10, -20, 14), "flat", 4),
        _P((-0.03, -0.179, 0.26), (6, -16, -12), "flat"),
    ),
    _one(
        "precise beat", 0.4, 4,
        _P((-0.02, -0.125, 0.245), (35, -18, 6), "pinch", 4),
        _P((-0.02, -0.173, 0.26), (30, -6, -4), "pinch", 2),
    ),
    _one(
        "ring beat", 0.55, 4,
        _P((-0.01, -0.11, 0.245), (28, -20, 8), "ring", 4),
        _P((-0.02, -0.163, 0.25), (24, -8, -2), "ring", 2),
    ),
    _one(
        "firm beat", 0.85, 3,
        _P((-0.01, -0.11, 0.245), (25, -12, 8), "loose fist", 4),
        _P((-0.01, -0.176, 0.26), (20, 4, -8), "fist"),
    ),
    _one(
        "raised finger", 0.65, 3,
        _P((0, -0.1, 0.245), (30, -20, 8), "point", 5),
        _P((0, -0.15, 0.25), (35, -2, 0), "point", 3),
    ),
    _one(
        "sweep", 0.7, 2,
        _P((-0.07, -0.167, 0.245), (55, -4, 4), "flat"),
        _P((0.01, -0.15, 0.245), (45, -14, -8), "open", 5),
    ),
    _one(
        "count", 0.5, 3,
        _P((-0.02, -0.13, 0.245), (-12, -12, 6), "loose fist", 3),
        _P((-0.02, -0.155, 0.245), (-16, -6, 0), "thumb out", 3),
        _P((-0.015, -0.15, 0.245), (-16, -6, 0), "two fingers", 3),
        _P((-0.01, -0.145, 0.245), (-16, -6, 0), "three fingers", 3),
        rebounds=False,
    ),
    _one(
        "small measure", 0.3, 3,
        _P((-0.02, -0.15, 0.245), (20, -14, 6), "bridge", 2),
        _P((-0.02, -0.176, 0.25), (16, -6, -2), "bridge", 2),
    ),
    _one(
        "turn over", 0.55, 2,
        _P((-0.01, -0.15, 0.245), (55, -8, 0), "claw", 4),
        _P((0, -0.14, 0.245), (-35, -10, 0), "claw", 4),
        _P((-0.01, -0.15, 0.245), (45, -8, 0), "claw", 4),
        rebounds=False,
    ),
    _one(
        "wave away", 0.6, 2,
        _P((-0.03, -0.16, 0.245), (50, 16, 4), "relaxed"),
        _P((0.02, -0.15, 0.245), (52, -18, -8), "open", 5),
    ),
    _one(
        "towards oneself", 0.45, 1,
        _P((-0.03, -0.173, 0.245), (0, -4, 0), "relaxed"),
        _P((-0.07, -0.14, 0.245), (-8, 22, 4), "flat", 3),
    ),
    _one(
        "soft beat", 0.1, 5,
        _P((-0.02, -0.173, 0.25), (20, -4, 4), "relaxed"),
        _P((-0.02, -0.196, 0.25), (14, 2, -4), "relaxed"),
    ),
    _one(
        "three pads", 0.45, 4,
        _P((-0.02, -0.125, 0.245), (-30, -10, 6), "three pads", 3),
        _P((-0.02, -0.17, 0.25), (-34, -2, -2), "three pads", 2),
    ),
    _one(
        "open hand up", 0.8, 2,
        _P((0, -0.14, 0.245), (10, -10, 6), "half closed", 4),
        _P((0.03, -0.095, 0.225), (30, -24, 4), "spread", 7),
    ),
)  # fmt: skip
ONE_HANDED = tuple(form for form in GESTURE_FORMS if not form.two_handed)
TWO_HANDED = tuple(form for form in GESTURE_FORMS if form.two_handed)
