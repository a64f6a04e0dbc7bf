import numpy as np
import pytest

from bench.motion.style_classes import (
    LinearClassifier,
    classification,
    clip_features,
    clips_of,
)
from tests.bench.motion.motions import tracks, wandering


def someone(size, seed):
    return tracks(240, head_deg=size * wandering(240, 3, seed))


def test_sizes_of_motion_tell_three_people_apart():
    sizes = (1.0, 2.0, 4.0)
    training = np.array([clip_features(someone(s, k)) for k in range(9) for s in sizes])
    test = np.array([clip_features(someone(s, k)) for k in range(20, 25) for s in sizes])
    found = LinearClassifier(training, np.tile([0, 1, 2], 9))(test)
    assert (found == np.tile([0, 1, 2], 5)).mean() > 0.9


def test_what_does_not_differ_is_told_apart_by_chance_only():
    training = np.array([clip_features(someone(2.0, k)) for k in range(40)])
    test = np.array([clip_features(someone(2.0, k)) for k in range(40, 100)])
    found = LinearClassifier(training, np.arange(40) % 2)(test)
    assert 0.25 < (found == np.arange(60) % 2).mean() < 0.75


def test_the_accuracy_is_the_mean_over_styles():
    result = classification(("a", "b"), np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1]))
    assert result.confusion == [[2, 1], [0, 1]]
    assert result.accuracy == pytest.approx((2 / 3 + 1) / 2, abs=1e-4)


def test_clips_start_behind_the_settling():
    head = np.repeat(np.arange(600.0)[:, None], 3, axis=1)
    found = clips_of(tracks(600, head_deg=head))
    assert [clip.head_deg[0, 0] for clip in found] == [60.0, 300.0]
    assert {len(clip) for clip in found} == {240}
