"""A whole performance: face and body to a stretch of speech, in a style."""

from dataclasses import dataclass

import numpy as np

from pipeline.knobs import KNOBS
from training.performance.body import play_body
from training.performance.face import play_face
from training.performance.score import Score


@dataclass(frozen=True, slots=True)
class Performance:
    """What the networks learn to do, one row per video frame.

    face: (T, FACE_SIZE), body: (T, BODY_SIZE) float32 in the order of motion_space
    closed: (T,) float32 in [0, 1], 1 where the lips touch; state: (T,) uint8 of State
    strokes: (S,) seconds when strokes of the hands start
    stroke_accents: (S,) seconds, onsets of the accented vowels they belong to
    accents: (A, 2) onset in seconds and strength of every accent of the voice
    nods: (N,) seconds when nods start; phases: (T,) uint8 of gestures.Phase
    moves: (M, 2 + 2 POSE_SIZE) of the hands, see gestures.HandsPerformance
    """

    face: np.ndarray
    body: np.ndarray
    closed: np.ndarray
    state: np.ndarray
    strokes: np.ndarray
    stroke_accents: np.ndarray
    accents: np.ndarray
    nods: np.ndarray
    phases: np.ndarray
    moves: np.ndarray


def perform(score: Score, knobs: np.ndarray, gesture: float = 1.0, seed: int = 0) -> Performance:
    """Perform a score.

    knobs: (14,) in [0, 1], see pipeline.knobs; gesture: intensity of gestures in [0, 2]; the same
    seed gives the same performance.

    Raises:
        ValueError: knobs or intensity out of range
    """
    knobs = np.asarray(knobs, np.float64)
    if knobs.shape != (len(KNOBS),) or not np.all((knobs >= 0.0) & (knobs <= 1.0)):
        raise ValueError(f"a style is {len(KNOBS)} knobs in [0, 1]")
    if not 0.0 <= gesture <= 2.0:
        raise ValueError(f"gesture intensity must be 0 to 2, not {gesture}")
    # Of their own, so that a change of one does not change the other's chance.
    face_draw, body_draw = (np.random.default_rng([seed, part]) for part in range(2))
    face = play_face(score, knobs, face_draw)
    body = play_body(score, face, knobs, gesture, body_draw)
    accents = np.array([(accent.time_s, accent.strength) for accent in score.accents])
    return Performance(
        face=face.face,
        body=body.body,
        closed=face.closed,
        state=score.state.astype(np.uint8),
        strokes=body.strokes_s,
        stroke_accents=body.accents_s,
        accents=accents.reshape(-1, 2),
        nods=face.nods_s,
        phases=body.phases,
        moves=body.moves,
    )
