import numpy as np

from bench.motion.coupling import head_torso_coherence
from tests.bench.motion.motions import tracks, wandering


def test_a_torso_that_follows_its_head_is_coherent_with_it_and_no_other():
    own, other = wandering(1300, 3, 1), wandering(1300, 3, 2)
    torso = 0.2 * np.roll(own, 3, axis=0) + 0.01 * wandering(1300, 3, 3)
    body = tracks(1300, torso_deg=torso)
    assert head_torso_coherence(tracks(1300, head_deg=own), body) > 0.9
    assert head_torso_coherence(tracks(1300, head_deg=other), body) < 0.25
