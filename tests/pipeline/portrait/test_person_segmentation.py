import cv2
import numpy as np
import pytest

from tests.pipeline.portrait.tracked import NAMES, picture, reference, trackers


@pytest.mark.parametrize("name", NAMES)
def test_the_outline_is_that_of_the_original(name):
    probability = trackers().person_probability(picture(name))
    assert probability.dtype == np.float32
    assert probability.min() >= 0
    assert probability.max() <= 1
    small = cv2.resize(probability, (128, 192), interpolation=cv2.INTER_AREA)
    assert np.abs(small - reference(name, "person") / 255).mean() < 0.006


def test_a_larger_picture_has_the_same_outline():
    pixels = picture("maya")
    large = cv2.resize(pixels, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
    probability = trackers().person_probability(large)
    assert probability.shape == large.shape[:2]
    back = cv2.resize(probability, pixels.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(back - trackers().person_probability(pixels)).mean() < 0.01
