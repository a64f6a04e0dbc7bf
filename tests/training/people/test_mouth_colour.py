import numpy as np

from training.people.mouth_colour import lip_colour, teeth_colour

AFRICAN, EUROPEAN = (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)


def lips(ancestry) -> np.ndarray:
    rng = np.random.default_rng(1)
    return np.array([lip_colour(ancestry, rng)[0] for _ in range(300)])


def teeth(age_years: float) -> np.ndarray:
    rng = np.random.default_rng(2)
    return np.array([teeth_colour(age_years, rng) for _ in range(300)])


def test_lips_are_reddish_and_of_different_hues():
    for colours in (lips(AFRICAN), lips(EUROPEAN)):
        assert (colours[:, 0] > 1.3 * colours[:, 1:].max(1)).all()
        assert 0.02 < colours.min() < colours.max() < 0.5
        bluish = colours[:, 2] > colours[:, 1]
        assert 0.1 < bluish.mean() < 0.6


def test_lips_of_dark_skins_are_darker_and_cover_more():
    assert lips(AFRICAN).mean() < 0.6 * lips(EUROPEAN).mean()
    rng = np.random.default_rng(3)
    dark, light = ([lip_colour(a, rng)[1] for _ in range(99)] for a in (AFRICAN, EUROPEAN))
    assert np.mean(dark) > np.mean(light) + 0.2
    assert max(dark) < 0.7


def test_teeth_are_bright_to_stained_and_stain_with_the_years():
    young, old = teeth(20), teeth(75)
    for colours in (young, old):
        brightness = colours.mean(1)
        assert np.ptp(brightness) > 0.2
        assert 0.55 < brightness.min() < brightness.max() < 1.35
    assert old[:, 2].mean() < young[:, 2].mean() - 0.1
    stained = old[old.mean(1) < 0.9]
    assert (stained[:, 0] > stained[:, 2]).all()
