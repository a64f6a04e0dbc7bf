import sys
import threading

import numpy as np
import psutil
import pytest

from pipeline.free_memory import free_memory


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's own")
def test_memory_that_is_free_goes_back_to_the_system():
    kept = []

    def fill():
        # Small blocks, each beside one that stays: the C library cannot return them by itself.
        blocks = [np.ones(12_000) for _ in range(2000)]
        kept.extend(blocks[::50])

    thread = threading.Thread(target=fill)
    thread.start()
    thread.join()
    before = psutil.Process().memory_info().rss
    if not free_memory():
        pytest.skip("another C library")
    assert psutil.Process().memory_info().rss < before - 50_000_000
    assert all(block.all() for block in kept)
