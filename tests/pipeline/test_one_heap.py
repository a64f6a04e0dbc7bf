import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What stays behind when threads after each other, some of them at once, make and give up blocks.
PROGRAM = """
import sys, threading
import numpy as np, psutil
from pipeline.free_memory import free_memory
from pipeline.one_heap import share_one_heap
if sys.argv[1] == "one" and not share_one_heap():
    sys.exit("another C library")
kept, lock = [], threading.Barrier(4)
def fill():
    lock.wait()
    blocks = [np.ones(2_000) for _ in range(1500)]
    kept.append(blocks[::40])
    lock.wait()
def heaps():
    with open("/proc/self/maps") as maps:
        starts = [int(line.split("-")[0], 16) for line in maps if " rw-p 00000000 00:00 0" in line]
    return sum(start % (64 << 20) == 0 for start in starts)
for _ in range(3):
    threads = [threading.Thread(target=fill) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
free_memory()
print(heaps())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's own")
def test_threads_share_a_heap_where_they_are_told_to():
    heaps = {}
    for how in ("many", "one"):
        ended = subprocess.run(
            [sys.executable, "-c", PROGRAM, how],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if "another C library" in ended.stderr:
            pytest.skip("another C library")
        assert ended.returncode == 0, ended.stderr
        heaps[how] = int(ended.stdout)
    assert heaps["many"] >= 3
    assert heaps["one"] == 0, "but for the one that grows from the program's end"
