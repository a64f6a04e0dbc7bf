"""How many threads OpenCV works with."""

from collections.abc import Iterator
from contextlib import contextmanager

import cv2


@contextmanager
def opencv_on_one_thread() -> Iterator[None]:
    """Have OpenCV compute on the thread that calls it, and afterwards on as many as before.

    What a frame asks of it is small: its helpers spin longer for work than they save, on cores that
    hands, camera and encoder want.
    """
    before = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(before)
