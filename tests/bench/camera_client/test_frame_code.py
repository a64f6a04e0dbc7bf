"""Numbers in pictures."""

import cv2
import numpy as np
import pytest

from bench.camera_client.frame_code import STRIP_PX, coded, read_code


def luma_of(frame: np.ndarray) -> np.ndarray:
    """As a camera client gets it: I420, limited range."""
    return cv2.cvtColor(frame, cv2.COLOR_RGB2YUV_I420)[:720]


@pytest.fixture
def frame():
    return np.random.default_rng(0).integers(0, 256, (720, 1280, 3), dtype=np.uint8)


@pytest.mark.parametrize("sample", [0, 1, 800, 0x5A5A5A5A, 2**32 - 1])
def test_a_sample_index_is_read_as_it_was_drawn(frame, sample):
    assert read_code(luma_of(coded(frame, sample))) == sample


def test_the_picture_between_the_edges_is_left_alone(frame):
    before = frame.copy()
    marked = coded(frame, 12345)
    inner = slice(STRIP_PX, -STRIP_PX)
    np.testing.assert_array_equal(marked[inner], frame[inner])
    np.testing.assert_array_equal(frame, before)


def test_half_of_one_frame_and_half_of_the_next_have_no_code(frame):
    torn = np.vstack([coded(frame, 800)[:360], coded(frame, 1600)[360:]])
    assert read_code(luma_of(torn)) is None


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_picture_without_a_code_has_none(shade):
    assert read_code(np.full((720, 1280), shade, np.uint8)) is None
