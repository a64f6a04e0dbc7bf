"""Reuse of frame buffers without ever rewriting one that somebody still holds."""

import sys
from collections import deque

import numpy as np

POOL_FRAMES = 12


class FramePool:
    """Hands out copies of a prototype frame, reusing those that were let go.

    A buffer is free when nothing but the pool refers to it: CPython counts every reference, also
    those of views (through `base`) and of queues and mailboxes in other threads, and without
    another reference nobody can make a new one. When all are held a fresh one is made, so that
    `take` neither waits nor overwrites. Buffers come back as they were left: who takes one
    rewrites the same region every time.
    """

    def __init__(self, prototype: np.ndarray) -> None:
        self._prototype = prototype
        self._buffers: deque[np.ndarray] = deque()
        # What the loop below sees for a buffer that only the pool holds.
        self._free_references = _references_of_unshared()

    def take(self) -> np.ndarray:
        """A writable array that nobody else holds."""
        for buffer in self._buffers:
            if sys.getrefcount(buffer) <= self._free_references:
                return buffer
        buffer = self._prototype.copy()
        if len(self._buffers) < POOL_FRAMES:
            self._buffers.append(buffer)
        return buffer


def _references_of_unshared() -> int:
    for buffer in deque([np.empty(1)]):
        return sys.getrefcount(buffer)
    raise AssertionError
