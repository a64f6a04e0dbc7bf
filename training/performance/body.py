"""The body of a performance: trunk, breath, shoulders and hands that go with a voice and a face."""

from dataclasses import dataclass

import numpy as np

from pipeline.motion_space import BODY_SIZE, BREATH, CLAVICLE_LIFT, HANDS, TORSO_TURN
from training.performance.breath import play_breath
from training.performance.face import FacePerformance
from training.performance.gestures import play_hands
from training.performance.score import Score
from training.performance.torso import play_shoulders, play_torso


@dataclass(frozen=True, slots=True)
class BodyPerformance:
    """What the body does, one row per video frame (sampled at the frame's centre).

    body: (T, 52) float32 in the order of motion_space
    strokes_s, accents_s: (S,) seconds when strokes start, and the onsets of the accented vowels
        they belong to
    phases: (T,) uint8 of gestures.Phase; moves: (N, 2 + 2 POSE_SIZE), see gestures
    raised: (T, 2) float32 in [0, 1], how far the left and the right hand are up
    """

    body: np.ndarray
    strokes_s: np.ndarray
    accents_s: np.ndarray
    phases: np.ndarray
    moves: np.ndarray
    raised: np.ndarray


def play_body(
    score: Score,
    face: FacePerformance,
    knobs: np.ndarray,
    gesture: float,
    draw: np.random.Generator,
) -> BodyPerformance:
    """Play the body to a face; knobs: (14,) in [0, 1]; gesture: intensity in [0, 2]."""
    hands = play_hands(score, face, knobs, gesture, draw)
    breath = play_breath(score, draw)
    body = np.empty((score.frames, BODY_SIZE), np.float32)
    body[:, TORSO_TURN] = play_torso(score, face, hands.raised, knobs, draw)
    body[:, BREATH] = breath[:, None]
    body[:, CLAVICLE_LIFT] = play_shoulders(score, breath, hands.raised, knobs, draw)
    body[:, HANDS] = hands.poses.reshape(score.frames, -1)
    raised = hands.raised.astype(np.float32)
    return BodyPerformance(
        body, hands.strokes_s, hands.accents_s, hands.phases, hands.moves, raised
    )
