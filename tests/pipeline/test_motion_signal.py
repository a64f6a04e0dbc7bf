import numpy as np

from pipeline.motion_signal import events, merged, runs
from pipeline.rates import FPS


def test_runs_are_found_at_both_ends_too():
    assert runs(np.array([1, 1, 0, 1, 0, 0, 1], bool)).tolist() == [[0, 2], [3, 4], [6, 7]]
    assert runs(np.zeros(4, bool)).shape == (0, 2)


def test_an_event_must_reach_the_upper_threshold():
    values = np.array([0.0, 0.4, 0.9, 0.4, 0.0, 0.4, 0.4, 0.0])
    assert events(values, 0.8, 0.3).tolist() == [[1, 4]]


def test_stretches_near_each_other_become_one():
    stretches = np.array([[0, 5], [8, 10], [40, 50]])
    assert merged(stretches, 5 / FPS).tolist() == [[0, 10], [40, 50]]
    assert merged(stretches[:0], 1.0).shape == (0, 2)
