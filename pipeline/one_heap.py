"""One heap for all threads of the process."""

import ctypes
import sys

# Of mallopt(3), glibc only.
M_ARENA_MAX = -8


def share_one_heap() -> bool:
    """Let every thread take memory from the same heap; call it before there are others.

    The GNU C library gives each thread a heap of its own. Engines are made on one thread and given
    up on another, which leaves holes in all of them: after a dozen avatars more than 400 MB were
    held where one heap held 320, and pictures take no longer with one.

    True where that was done; other C libraries are left alone.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL("libc.so.6").mallopt
    except (OSError, AttributeError):
        return False
    return bool(mallopt(M_ARENA_MAX, 1))
