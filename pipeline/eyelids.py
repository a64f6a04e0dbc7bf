"""Lids that slide over the eye, at full resolution.

The portrait shows a thin strip of upper lid. In every column the skin between the orbit's edge and
the lid's margin is stretched, and the lash line rides on the margin.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.crop import Crop, blend
from pipeline.eye_view import EyeView
from pipeline.face_landmarks import contour

LASH_PX = 3.0
LASH_KERNEL_PX = 7
LOWER_BAND_PX = 5.0
# Skin above this share of the way to the orbit's edge carries the brow and stays.
FOLD_SHARE = 0.55
# A lid that moved less than this is left as the portrait shows it.
DEAD_PX = 0.25
FULL_PX = 1.5


@dataclass(frozen=True, slots=True)
class LidRows:
    """Rows (W,) of one eye's lids: where the fold, the upper and the lower margin are."""

    fold: np.ndarray
    upper: np.ndarray
    lower: np.ndarray


@dataclass(frozen=True, slots=True)
class LidPatch:
    """What the lid's skin needs after the warp: x and y (H, W) in the eye's own crop, and how much
    of the skin without lashes each pixel takes (H, W, 1)."""

    crop: Crop
    x: np.ndarray
    y: np.ndarray
    share: np.ndarray


class Eyelids:
    """The lids of one eye of one avatar."""

    def __init__(self, avatar: Avatar, source: EyeView) -> None:
        self._source = source
        crop, _ = source.crop.on(avatar.portrait)
        closed = cv2.morphologyEx(crop, cv2.MORPH_CLOSE, np.ones((LASH_KERNEL_PX, 5), np.uint8))
        self._skin = cv2.GaussianBlur(closed, (0, 0), 1.5).astype(np.float32)

    def stretch(self, flow: np.ndarray, view: EyeView) -> LidPatch | None:
        """Write the lids' flow into `flow` (768, 512, 2); None where they have not moved."""
        columns, rows = view.crop.columns, view.crop.rows
        source_columns = self._source_columns(view)
        home = self._home_rows(source_columns)
        # The fold rides with the orbit, not with the lid.
        orbit = contour(view.curves.orbit, columns)
        ride = orbit - contour(self._source.curves.orbit, source_columns)
        here = LidRows(np.minimum(home.fold + ride, view.upper - 2), view.upper, view.lower)
        moves = _moved(here, home)
        if moves <= 0:
            return None
        source_rows = _source_rows(rows, here, home)
        share = (rows >= here.fold) * np.clip((here.lower + LOWER_BAND_PX - rows) / 3, 0, 1)
        share = (share * (view.reach * moves))[..., None].astype(np.float32)
        lid = np.stack(np.broadcast_arrays(source_columns - columns, source_rows - rows), -1)
        target, part = view.crop.on(flow)
        target += (lid[part] - target) * share[part]
        skin = np.clip((here.upper - LASH_PX - rows) / 2, 0, 1)
        skin *= np.clip((rows - here.fold) / 3, 0, 1)
        at = self._source.crop
        x = np.broadcast_to(source_columns - 0.5 - at.left, source_rows.shape)
        return LidPatch(
            view.crop,
            x.astype(np.float32),
            (source_rows - 0.5 - at.top).astype(np.float32),
            skin[..., None].astype(np.float32) * share,
        )

    def paint(self, picture: np.ndarray, patch: LidPatch | None) -> None:
        """Skin without lashes where the lid is stretched; `picture` (768, 512, 3) uint8."""
        if patch is None:
            return
        skin = cv2.remap(
            self._skin, patch.x, patch.y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        target, part = patch.crop.on(picture)
        blend(target, skin[part], patch.share[part])

    def _source_columns(self, view: EyeView) -> np.ndarray:
        """Columns (W,) of the portrait for those of the crop, from corner to corner."""
        x0, x1 = view.curves.corners_x
        s0, s1 = self._source.curves.corners_x
        return s0 + (view.crop.columns - x0) * (s1 - s0) / max(x1 - x0, 1.0)

    def _home_rows(self, columns: np.ndarray) -> LidRows:
        curves = self._source.curves
        upper = contour(curves.upper, columns)
        fold = upper + FOLD_SHARE * (contour(curves.orbit, columns) - upper)
        return LidRows(fold, upper, contour(curves.lower, columns))


def _source_rows(rows: np.ndarray, here: LidRows, home: LidRows) -> np.ndarray:
    """Rows (H, W) of the portrait: stretched skin, the lash line as it is, the lower lid."""
    reach = np.maximum(here.upper - LASH_PX - here.fold, 1)
    along = np.clip((rows - here.fold) / reach, 0, 1)
    body = home.fold + along * np.maximum(home.upper - LASH_PX - home.fold, 0.5)
    # Neither lid may take its picture from the eye between them.
    lash = np.minimum(home.upper + (rows - here.upper), home.upper - 0.5)
    below = np.maximum(home.lower + (rows - here.lower), home.lower + 0.5)
    return np.where(rows < here.upper - LASH_PX, body, np.where(rows < here.lower, lash, below))


def _moved(here: LidRows, home: LidRows) -> float:
    """0 where the lid is as in the portrait, so that nothing is repainted without need."""
    change = np.abs((here.upper - here.fold) - (home.upper - home.fold)).max()
    return float(np.clip((change - DEAD_PX) / FULL_PX, 0, 1))
