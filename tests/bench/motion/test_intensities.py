import numpy as np
import pytest

from bench.motion.intensities import expression_size, hand_size, head_size, rises
from tests.bench.motion.motions import tracks, wandering


def test_only_a_rise_at_every_step_is_monotonic():
    assert rises([0.0, 0.5, 1.0, 1.5, 2.0])
    assert not rises([0.0, 0.5, 1.0, 1.0, 1.0])
    assert not rises([0.0, 0.6, 0.5, 1.5, 2.0])


def test_each_size_is_that_of_its_own_channels():
    head = 2.0 * wandering(300, 3, 1)
    hands = np.zeros((300, 2, 3))
    hands[:, :, 0] = np.arange(300)[:, None] * 0.01
    smiling = tracks(300, {"mouthSmileLeft": 0.4, "jawOpen": 0.9}, head_deg=head, wrists_m=hands)
    assert head_size(smiling) == pytest.approx(2.0 * np.sqrt(3.0))
    assert hand_size(smiling) == pytest.approx(0.3)
    assert 0.0 < expression_size(smiling) < 0.4
    assert expression_size(tracks(10, {"jawOpen": 0.9, "eyeBlinkLeft": 1.0})) == 0.0
