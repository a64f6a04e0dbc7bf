import subprocess
import sys

import numpy as np
import pytest

from pipeline.portrait.trackers import Trackers
from tests.pipeline.portrait.tracked import picture, trackers


@pytest.mark.parametrize("shape", [(1, 1), (16, 16), (3, 500), (700, 20)])
def test_any_size_of_picture_is_taken(shape):
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (*shape, 3), np.uint8)
    found = trackers()
    assert found.faces(pixels) == []
    body = found.body_landmarks(pixels, None)
    assert all(np.isfinite(hand.points).all() for hand in found.hands(pixels, body))
    assert found.person_probability(pixels).shape == shape


def test_a_huge_picture_is_taken():
    small = picture("maya")
    huge = small.repeat(10, 0).repeat(10, 1)
    (face,) = trackers().faces(huge)
    (expected,) = trackers().faces(small)
    assert face.width_px == pytest.approx(10 * expected.width_px, rel=0.05)


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((8, 8), np.uint8),
        np.zeros((8, 8, 4), np.uint8),
        np.zeros((0, 8, 3), np.uint8),
        np.zeros((8, 8, 3), np.float32),
    ],
)
def test_what_is_no_picture_is_refused(pixels):
    with pytest.raises(ValueError, match="not a picture"):
        trackers().faces(pixels)


def test_importing_the_trackers_loads_no_runtime():
    code = "import sys, pipeline.portrait.trackers; print('onnxruntime' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_results_do_not_depend_on_the_number_of_threads():
    pixels = picture("amara")
    two = Trackers.load(threads=2)
    (one_face,), (two_face,) = trackers().faces(pixels), two.faces(pixels)
    one = trackers().face_landmarks(pixels, one_face)
    assert np.abs(one.points - two.face_landmarks(pixels, two_face).points).max() < 0.01
