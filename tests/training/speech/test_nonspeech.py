import numpy as np
import pytest

from training.speech.nonspeech import MOUTH_SOUNDS, SOUNDS, make


@pytest.mark.parametrize("kind", sorted(SOUNDS))
def test_a_sound_is_whole_and_differs_from_draw_to_draw(kind):
    made = [make(kind, np.random.default_rng(seed)) for seed in range(3)]
    for sound in made:
        assert sound.dtype == np.float32
        assert 0.05 < len(sound) / 24_000 < 6
        assert np.isfinite(sound).all()
        assert np.abs(sound).max() == pytest.approx(1.0)
    assert not np.array_equal(made[0], made[1])


def test_the_sounds_between_utterances_exist():
    assert set(MOUTH_SOUNDS) <= set(SOUNDS)
