import numpy as np

from pipeline.colour import to_linear, to_srgb_bytes


def test_there_and_back_gives_the_same_colour():
    colour = np.linspace(0.05, 1, 20)
    np.testing.assert_allclose(to_srgb_bytes(to_linear(colour)) / 255, colour, atol=1e-5)


def test_middle_grey_is_about_a_fifth_of_white():
    assert 0.2 < to_linear(np.array(0.5)) < 0.23


def test_light_beyond_white_is_white():
    assert to_srgb_bytes(np.array([3.0]))[0] == 255
