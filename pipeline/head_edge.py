"""Where the head hides the neck and the collar: the jaw's outline cuts the portrait in two.

One flow cannot tear, so that a jaw that moves over a collar would carry it along and a lifted chin
smear. Two do: that of the head as far as the head reaches, beyond it that of what is behind. What
the portrait does not show of the neck mirrors what it shows below the jaw.
"""

import cv2
import numpy as np

from pipeline.pull_push import enlarged
from pipeline.rates import FIELD_STRIDE_PX, FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.regions import Region
from pipeline.source_view import SHRINK
from pipeline.surface_map import SurfaceMap, nearest_covered

# The head is in front of what it hides by at least this.
STEP_M = 0.012
# A fit is this far off at the jaw.
GROWN_PX = 2
# So far into the head, which has been grown, the portrait still shows the neck.
SHOWN_PX = 2
# So far below the jaw nothing of the body bends the flow of the head.
BELOW_PX = 44
# So far beside the jaw the room is what the neck would hide.
BESIDE_PX = 24
# So close to the edge skin curves away from the viewer too steeply to carry the flow.
RIM_PX = 5
# So far above it what is behind the jaw is made up, and so much of the neck is mirrored at most.
ABOVE_PX = 48
MIRRORED_PX = 8
# Notches and spikes of this radius in the head's outline are faults of the portrait's regions.
NOTCH_PX = 6
# So far a jaw gets.
MOVED_PX = 32
SOFT_SIGMA_PX = 2.0
SHARPNESS = 3.0
# Where the head is less opaque than a third, what is behind it is shown instead.
OPAQUE = 3.0


class HeadEdge:
    """Masks (384, 256) of one portrait, and what they do to the flow.

    head: shown where the flow of the head leads into it; front: hides something of the body;
    rim: front, next to the edge; below, above: the body about the jaw and what is behind the jaw;
    body: flat pixel of the body below each
    mirrored: (2, 384, 256) px, from each to where the neck behind the jaw gets its colours
    cells: rows and columns of the field in which there are two flows; near: what matters there
    """

    def __init__(self, surface: SurfaceMap, region: np.ndarray, matte: np.ndarray) -> None:
        self.head = _smooth(surface.head)
        self.body, distance = _below(self.head)
        front = self.head & (region != Region.HAIR)
        front &= surface.depth.ravel()[self.body] > surface.depth + STEP_M
        _, away = nearest_covered(front & (surface.distance_px == 0))
        self.front = (front | (self.head & ~surface.head)) & (away * SHRINK < BESIDE_PX)
        _, inside = nearest_covered(~self.head)
        self.rim = self.front & (inside * SHRINK < RIM_PX)
        self.below = ~self.head & (away * SHRINK < BELOW_PX)
        # Collars that stand beside the neck end where the portrait shows their end.
        on_mesh = surface.distance_px == 0
        self.above = self.front & (distance * SHRINK < ABOVE_PX)
        neck = np.isin(region, (Region.SKIN, Region.UNKNOWN)).ravel()[self.body]
        self.above &= on_mesh | neck
        self.mirrored = _mirrored(distance)
        self.cells = _bounds(self.below | self.above)
        # Hair beside the head takes part in both flows.
        shown = _sharp(self.head & ((region != Region.HAIR) | (surface.distance_px == 0)))
        # Beside the jaw a neck goes on upwards; a collar ends.
        ends = np.repeat(np.repeat(~neck, SHRINK, 0), SHRINK, 1)
        opaque = np.where(ends, 1, matte.astype(np.float32) * (OPAQUE / 255))
        self._mask = np.minimum(shown, opaque).astype(np.float32)
        rows, columns = self.box
        self.near = np.zeros(self.head.shape, bool)
        self.near[
            max(rows.start - MOVED_PX, 0) // SHRINK : (rows.stop + MOVED_PX) // SHRINK,
            max(columns.start - MOVED_PX, 0) // SHRINK : (columns.stop + MOVED_PX) // SHRINK,
        ] = True
        self._cells = _places(FIELD_STRIDE_PX, *self.cells)
        self._pixels = _places(1, *self.box)

    @property
    def box(self) -> tuple[slice, slice]:
        """Rows and columns of the picture in which there are two flows, px."""
        rows, columns = (
            slice(cells.start * FIELD_STRIDE_PX, cells.stop * FIELD_STRIDE_PX)
            for cells in self.cells
        )
        return rows, columns

    def cut_cells(self, flow: np.ndarray, behind: np.ndarray) -> None:
        """Put what is behind into the field's flow (2, 192, 128) px where no head hides it.

        behind: (2, h, w) px, of the cells
        """
        self._cut(flow[:, *self.cells], behind, self._cells)

    def cut(self, flow: np.ndarray, behind: np.ndarray) -> None:
        """The same at full size; flow: (2, 768, 512) px, behind: (2, h, w) px, of the cells."""
        inside = flow[:, *self.box]
        height, width = inside.shape[1:]
        self._cut(inside, enlarged(behind, width, height), self._pixels)

    def _cut(self, flow: np.ndarray, behind: np.ndarray, places: np.ndarray) -> None:
        across, down = (cv2.add(plane, place) for plane, place in zip(flow, places, strict=True))
        share = cv2.remap(
            self._mask, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        for plane, hidden in zip(flow, behind, strict=True):
            step = cv2.subtract(plane, hidden)
            cv2.multiply(step, share, dst=step)
            cv2.add(hidden, step, dst=plane)


def _smooth(head: np.ndarray) -> np.ndarray:
    """The mask (384, 256), a little larger, without notches, holes and spikes."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * NOTCH_PX // SHRINK + 1,) * 2)
    side = 2 * GROWN_PX // SHRINK + 1
    grown = cv2.dilate(head.astype(np.uint8), np.ones((side, side)))
    whole = cv2.morphologyEx(cv2.morphologyEx(grown, cv2.MORPH_CLOSE, disc), cv2.MORPH_OPEN, disc)
    return cv2.GaussianBlur(whole.astype(np.float32), (0, 0), NOTCH_PX / 2 / SHRINK) > 0.5


def _bounds(mask: np.ndarray) -> tuple[slice, slice]:
    """Rows and columns of the field about what the mask (384, 256) may become when it moves."""
    cell, found = FIELD_STRIDE_PX // SHRINK, []
    for axis, length in ((1, FRAME_HEIGHT_PX), (0, FRAME_WIDTH_PX)):
        inside = np.flatnonzero(mask.any(axis)) // cell
        first, last = (inside[0], inside[-1]) if len(inside) else (0, 0)
        margin = MOVED_PX // FIELD_STRIDE_PX
        found.append(
            slice(max(first - margin, 0), min(last + margin + 1, length // FIELD_STRIDE_PX))
        )
    return found[0], found[1]


def _below(head: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Flat index (H, W) of the first pixel below each that is not of the head, and its distance."""
    rows = np.arange(len(head))[:, None]
    first = np.where(head, len(head) - 1, rows)
    first = np.minimum.accumulate(first[::-1], 0)[::-1]
    return first * head.shape[1] + np.arange(head.shape[1]), first - rows


def _mirrored(distance: np.ndarray) -> np.ndarray:
    """(2, 384, 256) px: from each pixel to what it shows once the head no longer hides it."""
    hidden_px = np.maximum(distance * SHRINK - SHOWN_PX, 0)
    down_px = hidden_px + MIRRORED_PX * (1 - np.exp(-hidden_px / MIRRORED_PX))
    return np.stack([np.zeros_like(down_px), down_px]).astype(np.float32)


def _sharp(mask: np.ndarray) -> np.ndarray:
    """(768, 512) float32, 1 in the mask (384, 256), its outline without stairs."""
    share = cv2.resize(
        mask.astype(np.float32), (FRAME_WIDTH_PX, FRAME_HEIGHT_PX), interpolation=cv2.INTER_LINEAR
    )
    share = cv2.GaussianBlur(share, (0, 0), SOFT_SIGMA_PX)
    return np.clip((share - 0.5) * SHARPNESS + 0.5, 0, 1)


def _places(pitch_px: int, rows: slice, columns: slice) -> np.ndarray:
    """(2, H, W) float32: x and y, counted from the first pixel's centre, of squares' centres."""
    grid = np.mgrid[rows, columns].astype(np.float32)
    return np.ascontiguousarray(grid[::-1] * pitch_px + (pitch_px - 1) / 2)
