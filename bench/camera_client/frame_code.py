"""The sample index of a frame, drawn into it so that who receives the frame can read it.

32 bits as white and black blocks along the top edge, and inverted along the bottom edge: a frame
that is put together from two, or was never ours, has no valid code. `client.html` reads the same.
"""

import numpy as np

from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX

BITS = 32
STRIP_PX = 16
BLOCK_PX = CAMERA_WIDTH_PX // BITS
WHITE, THRESHOLD = 255, 128

assert BLOCK_PX * BITS == CAMERA_WIDTH_PX


def coded(frame: np.ndarray, sample: int) -> np.ndarray:
    """A copy of the (720, 1280, 3) uint8 RGB frame that carries `sample`, 0 to 2**32 - 1."""
    strip = np.repeat((sample >> np.arange(BITS) & 1).astype(np.uint8) * WHITE, BLOCK_PX)
    marked = frame.copy()
    marked[:STRIP_PX] = strip[:, None]
    marked[CAMERA_HEIGHT_PX - STRIP_PX :] = WHITE - strip[:, None]
    return marked


def read_code(luma: np.ndarray) -> int | None:
    """What (720, 1280) uint8 luma carries; None where both edges do not say the same."""
    columns = np.arange(BITS) * BLOCK_PX + BLOCK_PX // 2
    top = luma[STRIP_PX // 2, columns] >= THRESHOLD
    bottom = luma[CAMERA_HEIGHT_PX - STRIP_PX // 2, columns] >= THRESHOLD
    if (top == bottom).any():
        return None
    return int((top.astype(np.int64) << np.arange(BITS)).sum())
