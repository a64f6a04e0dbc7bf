import numpy as np
import pytest

from pipeline.rates import FPS
from tests.training.performance.scores import talk
from training.performance.breath import play_breath
from training.performance.score import Score


def inhalations(volume: np.ndarray) -> np.ndarray:
    """Frames in which the volume begins to rise from below."""
    low = (volume[1:-1] <= volume[:-2]) & (volume[1:-1] < volume[2:]) & (volume[1:-1] < 0.3)
    return np.flatnonzero(low) + 1


def silence(seconds: int) -> Score:
    return Score.of_clips(np.zeros(seconds * 24_000, np.float32), [], seconds * FPS)


@pytest.mark.parametrize("score", [talk(), silence(120)], ids=["talk", "silence"])
def test_people_breathe_at_0_2_to_0_3_hz_and_not_evenly(score: Score):
    rates, spreads = [], []
    for seed in range(6):
        volume = play_breath(score, np.random.default_rng(seed))
        assert 0.0 <= volume.min() < 0.2
        assert 0.7 < volume.max() <= 1.0
        starts = inhalations(volume)
        rates.append(len(starts) / score.length_s)
        spreads.append(np.diff(starts).std() / np.diff(starts).mean())
    assert 0.2 <= np.min(rates) <= np.max(rates) <= 0.3
    assert np.min(spreads) > 0.05


def test_most_breaths_are_drawn_in_pauses():
    score = talk()
    starts_s = inhalations(play_breath(score, np.random.default_rng(1))) / FPS
    speaking = np.array([
        any(p.start_s + 0.1 < s < p.end_s - 0.1 for p in score.phrases) for s in starts_s
    ])  # fmt: skip
    talked = sum(p.end_s - p.start_s for p in score.phrases) / score.length_s
    assert speaking.mean() < 0.5 * talked
