"""Pictures for tests."""

import numpy as np


def portrait(seed: int = 0) -> np.ndarray:
    """(768, 512, 3) uint8, different everywhere, smooth enough for a video encoder."""
    rows, columns = np.mgrid[0:768, 0:512]
    phase = 0.7 * seed
    waves = [
        np.sin(rows / 40 + phase),
        np.sin(columns / 30 - phase),
        np.sin((rows + columns) / 50 + 2 * phase),
    ]
    return np.stack([(128 + 90 * wave).astype(np.uint8) for wave in waves], axis=-1)
