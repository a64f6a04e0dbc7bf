"""Scores for tests of the body, read once."""

from functools import cache

from pipeline.rates import SAMPLES_PER_FRAME
from tests.training.performance.utterances import spoken_shard
from training.performance.score import Score


@cache
def talk(seconds: float = 150.0, pause_s: float = 0.8) -> Score:
    """Synthetic talk with pauses."""
    samples, clips = spoken_shard(seconds, seed=3, pause_s=pause_s)
    return Score.of_clips(samples, clips, len(samples) // SAMPLES_PER_FRAME)
