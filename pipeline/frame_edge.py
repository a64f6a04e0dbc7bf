"""What the sides and the bottom of the portrait cut off is not known: there a moved person is
stretched.

A sleeve that hangs out of the picture and swings inwards would leave its last column smeared over
all that it uncovers.
"""

import cv2
import numpy as np

from pipeline.rates import FIELD_STRIDE_PX

# How far from the edge the person is stretched, and by what share of that at most.
REACH_PX = 48
MOST = 0.75
# The person's share of an edge runs out over about as many cells.
SIGMA_CELLS = 2.0


class FrameEdge:
    """Both sides and the bottom of one avatar's picture; matte: (768, 512) uint8."""

    def __init__(self, matte: np.ndarray) -> None:
        each = np.s_[FIELD_STRIDE_PX // 2 :: FIELD_STRIDE_PX]
        edges = matte[each, 0], matte[each, -1], matte[-1, each]
        self._left, self._right, self._bottom = map(_share, edges)
        cells = REACH_PX // FIELD_STRIDE_PX
        self._ramp = np.arange(1, cells + 1, dtype=np.float32) / cells

    def hold(self, flow: np.ndarray) -> None:
        """Change the flow (2, 192, 128) px, portrait minus picture: at the edges of the picture no
        person comes from beyond those of the portrait."""
        across, down = flow
        self._hold(across, self._right)
        # seen in a mirror the left is the right, and against the flow
        np.negative(across, out=across)
        self._hold(across[:, ::-1], self._left)
        np.negative(across, out=across)
        self._hold(down.T, self._bottom)

    def _hold(self, lines: np.ndarray, share: np.ndarray) -> None:
        """Lines (n, m) px towards an edge whose share (n, 1) is the person."""
        beyond = np.clip(lines[:, -1:], 0, MOST * REACH_PX)
        lines[:, -len(self._ramp) :] -= beyond * share * self._ramp


def _share(edge: np.ndarray) -> np.ndarray:
    """(n, 1) in [0, 1] of an edge (n,) of a matte: how much of it is the person."""
    share = cv2.GaussianBlur(edge[None].astype(np.float32) / 255, (0, 0), SIGMA_CELLS)
    return share.reshape(-1, 1)
