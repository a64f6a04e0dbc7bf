import cv2
import pytest

from pipeline.opencv_threads import opencv_on_one_thread


@pytest.fixture(autouse=True)
def two_threads():
    before = cv2.getNumThreads()
    cv2.setNumThreads(2)
    yield
    cv2.setNumThreads(before)


def test_inside_there_is_one_thread_and_afterwards_as_many_as_before():
    with opencv_on_one_thread():
        assert cv2.getNumThreads() == 1
    assert cv2.getNumThreads() == 2


def test_a_failure_inside_gives_the_threads_back():
    with pytest.raises(OSError, match="gone"), opencv_on_one_thread():
        raise OSError("gone")
    assert cv2.getNumThreads() == 2
