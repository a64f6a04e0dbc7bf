import numpy as np

from pipeline.portrait.spot_grain import noise_level, spot_grain


def noisy(levels, size=(200, 160)):
    noise = np.random.default_rng(3).normal(0, levels, size)
    return np.repeat((120 + noise)[..., None], 3, axis=2).astype(np.float32)


def test_the_noise_of_a_picture_is_measured():
    assert 0.6 < noise_level(noisy(6), np.ones((200, 160), bool)) / 6 < 1.3
    assert noise_level(noisy(6), np.zeros((200, 160), bool)) == 0


def test_a_surface_goes_on_with_grain_as_strong_as_its_own():
    shown = np.zeros((200, 160), bool)
    shown[:90] = True
    grain = spot_grain(noisy(5), shown, 5.0, 0)
    assert grain.shape == shown.shape
    assert 0.6 < grain[120:].std() / 5 < 1.3
    assert abs(float(grain.mean())) < 0.5


def test_a_strong_pattern_is_not_continued_as_strong_noise():
    stripes = noisy(0)
    stripes[:, ::8] += 90
    stripes[:, 1::8] += 60
    grain = spot_grain(stripes, np.ones((200, 160), bool), 0.0, 0)
    assert grain.std() < 3


def test_an_even_surface_has_no_grain():
    assert not spot_grain(noisy(0), np.ones((200, 160), bool), 0.0, 0).any()


def test_where_too_little_is_shown_the_noise_of_the_picture_goes_on():
    shown = np.zeros((200, 160), bool)
    shown[:10, :10] = True
    grain = spot_grain(noisy(5), shown, 4.0, 0)
    assert 0.5 < grain.std() / 4 < 1.5
