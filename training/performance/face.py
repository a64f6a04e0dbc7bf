"""The face of a performance: mouth, brows, lids, smile, gaze and head of a stretch of speech."""

from dataclasses import dataclass

import numpy as np

from pipeline.knobs import KNOBS
from pipeline.motion_space import (
    ACTIONS,
    FACE_ACTIONS,
    FACE_SIZE,
    GAZE,
    HEAD_ROTATION,
    HEAD_TRANSLATION,
)
from training.lip_targets import MOUTH_POSES
from training.performance.blinks import play_blinks
from training.performance.brows import play_brows
from training.performance.expression import play_cheeks, play_smile
from training.performance.gaze import play_gaze
from training.performance.head import play_head
from training.performance.mouth import play_mouth, write_mouth
from training.performance.score import Score


@dataclass(frozen=True, slots=True)
class FacePerformance:
    """What the face does, one row per video frame (sampled at the frame's centre).

    face: (T, 52) float32 in the order of motion_space: actions in [0, 1], head rotation (radians
        yaw, pitch, roll), head translation (metres), gaze in the world (radians yaw, pitch)
    closed: (T,) float32 in [0, 1], 1 where the lips touch
    nods_s, turns_s, raises_s: start times of the head's nods and turns (or tilts) on accents, and
        of the brows' raises, each in order; an accent may have any of them or none
    """

    face: np.ndarray
    closed: np.ndarray
    nods_s: np.ndarray
    turns_s: np.ndarray
    raises_s: np.ndarray


def play_face(score: Score, knobs: np.ndarray, draw: np.random.Generator) -> FacePerformance:
    """Plays the face of a score in a style.

    knobs: (14,) in [0, 1] in the order of knobs.KNOBS; draw: decides all that is left to chance,
    which is everything but the mouth

    Raises:
        ValueError: knobs of another shape or out of range
    """
    knobs = np.asarray(knobs, np.float64)
    if knobs.shape != (len(KNOBS),) or knobs.min() < 0.0 or knobs.max() > 1.0:
        raise ValueError(f"knobs must be {len(KNOBS)} numbers in [0, 1]")
    if not score.frames:
        nothing = np.zeros(0)
        empty = np.zeros((0, FACE_SIZE), np.float32)
        return FacePerformance(empty, nothing.astype(np.float32), nothing, nothing, nothing)
    knob = dict(zip(KNOBS, knobs.tolist(), strict=True))
    draws = [np.random.default_rng(seed) for seed in draw.integers(0, 2**63, 5)]
    gaze = play_gaze(score, knob["eye_contact"], draws[0])
    head = play_head(score, knobs, gaze, draws[1])
    lids, _ = play_blinks(score, knob["blink_rate"], gaze.large_s, draws[2])
    brows, raises_s = play_brows(score, knob["brow"], knob["expressiveness"], draws[3])
    smile = play_smile(score, knob["smile"], knob["expressiveness"])
    cheeks = play_cheeks(score, smile, knob["expressiveness"], draws[4])
    poses, closed = play_mouth(score, knob["articulation"])
    rounded = poses[:, MOUTH_POSES.index("mouthPucker")]
    poses[:, MOUTH_POSES.index("mouthSmile")] += smile * (1 - np.minimum(rounded, 0.7))
    face = np.zeros((score.frames, FACE_SIZE))
    write_mouth(face, poses, score.habits.asymmetry)
    for actions in ({"eyeBlink": lids}, brows, cheeks):
        for name, curve in actions.items():
            face[:, _columns(name)] += curve[:, None]
    face[:, ACTIONS] = np.clip(face[:, ACTIONS], 0.0, 1.0)
    face[:, HEAD_ROTATION], face[:, HEAD_TRANSLATION] = head.rotation, head.translation
    face[:, GAZE] = gaze.direction
    return FacePerformance(
        face.astype(np.float32), closed.astype(np.float32), head.nods_s, head.turns_s, raises_s
    )


def _columns(name: str) -> list[int]:
    """Columns of an action; of both sides where the name tells none."""
    names = (name, f"{name}Left", f"{name}Right")
    return [FACE_ACTIONS.index(n) for n in names if n in FACE_ACTIONS]
