import numpy as np

from pipeline.cross_fade import cross_fade
from pipeline.rates import FPS


def test_a_change_arrives_within_two_seconds_without_a_jump_and_exactly():
    wanted = np.array([0.0, 1.0], np.float32)
    ways = [np.array([1.0, 0.2], np.float32)]
    for _ in range(2 * FPS):
        ways.append(cross_fade(ways[-1], wanted))
    assert np.abs(np.diff(ways, axis=0)).max() < 0.15
    assert (np.diff([np.abs(way - wanted).max() for way in ways]) <= 0.0).all()
    assert ways[-1] is wanted
    assert ways[1].dtype == np.float32
