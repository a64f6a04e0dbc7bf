"""Lids that slide over the eye, at full resolution.

The portrait shows a thin strip of upper lid, often dark with the crease and lashes. In every column
the skin between the orbit's edge and the lid's margin is stretched and, as it is spread, brought to
the tone of the skin around the eye; the lashes ride on the margin and turn down with it.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.crop import Crop
from pipeline.eye_view import EyeView
from pipeline.face_landmarks import contour
from pipeline.limits import limited
from pipeline.padded_crop import padded_crop
from pipeline.pull_push import pull_push

LASH_PX, LEAST_STRIP_PX = 3.0, 2.0
LOWER_BAND_PX = 5.0
# Skin above this share of the way to the orbit's edge carries the brow and stays.
FOLD_SHARE = 0.55
# A lid that moved less than this is left as the portrait shows it.
DEAD_PX, FULL_PX = 0.25, 1.5
# Stretched this many times a lid begins to show, and shows only, the tone of the skin about it.
TONED_FROM, TONED_TO = 1.25, 2.2
# How far the lid's own light and hue (make-up) may differ from the skin about it.
LIGHT_RANGE, HUE_RANGE = (0.80, 1.12), (0.85, 1.15)
# Wrinkles that a spread lid keeps.
DETAIL_SHARE = 0.5
# Skin is no darker than this share of its own brightness: brows and lashes are.
DARKEST_SKIN, DARKEST_STRIP = 0.72, 0.6
HUE_DISTANCE = 0.08
LASH_REACH_PX = 4.0
LASH_KERNEL_PX = 9
DARKEST_LASH = 0.2
# The line in which closed lids meet.
LINE_SHADE, LINE_PX = np.array([0.42, 0.50, 0.52], np.float32), 1.2
# Turned down, lashes are seen shorter and against the light.
DOWN_LENGTH, DOWN_SHARE = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class LidRows:
    """Rows (W,) of one eye's lids: where the fold, the upper and the lower margin are."""

    fold: np.ndarray
    upper: np.ndarray
    lower: np.ndarray

    def between(self, columns: slice) -> "LidRows":
        """Only some of the columns."""
        fold, upper, lower = (
            rows[columns].astype(np.float32) for rows in (self.fold, self.upper, self.lower)
        )
        return LidRows(fold, upper, lower)


@dataclass(frozen=True, slots=True)
class LidPatch:
    """How the lids lie in one frame: columns (W,) and rows (H, W) of the portrait, the margins here
    and at home, how much of the painted skin each pixel takes (H, W); closed (W,): 0 as in the
    portrait to 1; moves: 0 where the lids are as in the portrait, 1 where they certainly are not.
    """

    crop: Crop
    columns: np.ndarray
    rows: np.ndarray
    here: LidRows
    home: LidRows
    share: np.ndarray
    closed: np.ndarray
    moves: float

    def upper_lid(self) -> "LidPatch":
        """Without the rows below the upper lid, to which nothing is painted on open eyes."""
        height = min(max(int(self.here.upper.max()) + 2 - self.crop.top, 0), self.crop.height)
        crop = replace(self.crop, height=height)
        return replace(self, crop=crop, rows=self.rows[:height], share=self.share[:height])


class Eyelids:
    """The lids of one eye of one avatar."""

    def __init__(self, avatar: Avatar, source: EyeView) -> None:
        self._source = source
        crop = source.crop
        picture = padded_crop(avatar.portrait, crop).astype(np.float32)
        glasses = source.free < 0.5
        home = self._home_rows(crop.columns, contour(source.curves.orbit, crop.columns))
        self._tone = skin_tone(picture, source, home, glasses, avatar.skin_colour)
        self._skin, self._lash = self._without_lashes(picture, home, glasses)

    def _without_lashes(self, picture: np.ndarray, home: LidRows, glasses: np.ndarray):
        """Lid skin (H, W, 3), and the darkness (H, W) of lashes as a factor."""
        rows = self._source.crop.rows
        above = home.upper - rows
        strip = home.upper - home.fold
        known = (above > np.minimum(LASH_PX, 0.4 * strip)) & ~glasses
        light = picture.mean(2)
        known &= light > DARKEST_STRIP * self._tone.mean(2)
        filled = pull_push(np.ascontiguousarray(picture), known.astype(np.float32))
        skin = cv2.GaussianBlur(filled, (0, 0), 0.8)
        near = (above > 0.3) & (above < np.minimum(LASH_REACH_PX, 0.5 * strip))
        # Only what is thinner than the lid's shadow.
        lit = cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((LASH_KERNEL_PX, 3), np.uint8))
        lash = np.clip(light / np.maximum(lit, 1), DARKEST_LASH, 1)
        lash = cv2.GaussianBlur(np.where(near, lash, 1).astype(np.float32), (0, 0), 0.5)
        return skin, lash

    def stretch(self, flow: np.ndarray, view: EyeView) -> LidPatch | None:
        """Write the lids' flow into `flow` (2, 768, 512); None where they have not moved."""
        source_columns = self._source_columns(view)
        home_orbit = contour(self._source.curves.orbit, source_columns)
        home = self._home_rows(source_columns, home_orbit)
        # The fold rides with the orbit, not with the lid.
        ride = contour(view.curves.orbit, view.crop.columns) - home_orbit
        here = LidRows(
            np.minimum(home.fold + ride, view.upper - LEAST_STRIP_PX), view.upper, view.lower
        )
        moves = _moved(here, home, ride) if view.reach.any() else 0.0
        if moves <= 0:
            return None
        end = here.lower + lower_span_px(home.lower + ride - here.lower)
        part, across, crop = _under(view, int(here.fold.min()), int(end.max()) + 1)
        here, home = here.between(across), home.between(across)
        ride, end, source_columns = (
            values[across].astype(np.float32) for values in (ride, end, source_columns)
        )
        rows = crop.rows
        source_rows = _source_rows(rows, here, home, ride)
        share = (rows >= here.fold) * limited((end - rows) / 3)
        share *= (view.reach[across] * moves).astype(np.float32) * view.free[part, across]
        lid = source_columns - crop.columns, source_rows - rows
        for plane, wanted in zip(flow, lid, strict=True):
            target, shown = crop.on(plane)
            target += (np.broadcast_to(wanted, share.shape)[shown] - target) * share[shown]
        opening = np.maximum(home.lower - home.upper, 1)
        closed = limited(1 - (here.lower - here.upper) / opening)
        return LidPatch(crop, source_columns, source_rows, here, home, share, closed, moves)

    def paint(self, picture: np.ndarray, patch: LidPatch | None) -> None:
        """The spread lid and its lashes; `picture` (768, 512, 3) uint8."""
        if patch is None:
            return
        turned = limited((patch.closed - 0.5) / 0.4)
        if not turned.any():
            patch = patch.upper_lid()
        target, part = patch.crop.on(picture)
        if not target.size:
            return
        here, rows = patch.here, patch.crop.rows
        across = np.empty(patch.rows.shape, np.float32)
        across[:] = patch.columns - 0.5 - self._source.crop.left
        body = self._lid_skin(across, patch)
        on_lid = limited(here.upper - rows + 0.5) * limited((rows - here.fold) / 3)
        shown = target + (body[part] - target) * _coloured((on_lid * patch.share)[part])
        factor = self._lashes(across, rows, patch, turned) - 1
        reach = (patch.share * (rows > here.fold))[part]
        shown *= 1 + factor[part] * _coloured(reach)
        target[:] = limited(shown + 0.5, 0, 255).astype(np.uint8)

    def _lid_skin(self, across: np.ndarray, patch: LidPatch) -> np.ndarray:
        """Skin (H, W, 3) of the lids where they lie; spread skin has the tone of that about it."""
        here, home, rows = patch.here, patch.home, patch.crop.rows
        body = self._sampled(self._skin, across, patch.rows)
        spread = (here.upper - here.fold) / np.maximum(home.upper - home.fold, 1)
        toned = limited((spread - TONED_FROM) / (TONED_TO - TONED_FROM))
        if toned.any():
            tone = self._sampled(self._tone, across, rows - (here.fold - home.fold))
            # Near the fold the lid runs into the skin above it.
            below_fold = limited((rows - here.fold) / 5)
            body += (_brought_to(body, tone) - body) * _coloured(toned * below_fold)
        return body

    def _lashes(
        self, across: np.ndarray, rows: np.ndarray, patch: LidPatch, turned: np.ndarray
    ) -> np.ndarray:
        """Factor (H, W, 3) of lashes on the upper lid's margin, and of the line of closed lids.

        turned: (W,) how far the lashes point down
        """
        height = patch.here.upper - rows
        up = self._sampled(self._lash, across, patch.home.upper - height)
        rising = np.where(height > -0.5, up, np.float32(1))
        if not turned.any():
            return _coloured(rising)
        down = self._sampled(self._lash, across, patch.home.upper + height / DOWN_LENGTH)
        falling = np.where(height <= 0, 1 - DOWN_SHARE * (1 - down), 1)
        # The roots stay dark on the lid, the tips turn over.
        roots = limited(1.5 - height / 1.5, 0.35)
        factor = 1 - (1 - rising) * (1 - turned * (1 - roots))
        factor *= 1 - (1 - falling) * turned
        line = (turned * np.exp(-((height / LINE_PX) ** 2)))[..., None] * LINE_SHADE
        return factor[..., None] * (1 - line)

    def _sampled(self, layer: np.ndarray, across: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """A layer of the source's crop at columns of it and rows of the portrait."""
        down = np.empty(across.shape, np.float32)
        down[:] = rows - 0.5 - self._source.crop.top
        return cv2.remap(layer, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)

    def _source_columns(self, view: EyeView) -> np.ndarray:
        """Columns (W,) of the portrait for those of the crop, from corner to corner."""
        x0, x1 = view.curves.corners_x
        s0, s1 = self._source.curves.corners_x
        return s0 + (view.crop.columns - x0) * (s1 - s0) / max(x1 - x0, 1.0)

    def _home_rows(self, columns: np.ndarray, orbit: np.ndarray) -> LidRows:
        """In the portrait, at its columns (W,); orbit: (W,) rows of the orbit's edge there."""
        source = self._source
        upper, lower = (
            np.interp(columns, source.crop.columns, rows) for rows in (source.upper, source.lower)
        )
        fold = upper + FOLD_SHARE * (orbit - upper)
        return LidRows(np.minimum(fold, upper - LEAST_STRIP_PX), upper, lower)


def _under(view: EyeView, first: int, end: int) -> tuple[slice, slice, Crop]:
    """Rows and columns of the eye's crop, and the crop of what the lids may change: rows of the
    picture from `first` to `end`, columns between the corners."""
    home = view.crop
    top, bottom = (min(max(row - home.top, 0), home.height) for row in (first, end))
    columns = np.flatnonzero(view.reach > 0)
    left, right = int(columns[0]), int(columns[-1]) + 1
    crop = Crop(home.left + left, home.top + top, right - left, bottom - top)
    return slice(top, bottom), slice(left, right), crop


def skin_tone(
    picture: np.ndarray, source: EyeView, home: LidRows, glasses: np.ndarray, skin: np.ndarray
) -> np.ndarray:
    """Smooth tone (H, W, 3) of the bare skin about an eye, without brow, lashes and crease."""
    rows, columns = source.crop.rows, source.crop.columns
    away = np.minimum(np.abs(rows - home.upper), np.abs(rows - home.lower))
    outside = (source.reach <= 0) | (rows < home.upper) | (rows > home.lower)
    known = outside & ((away > LASH_PX) | (source.reach <= 0)) & ~glasses
    low, high = source.curves.corners_x
    known &= (columns > low - 6) & (columns < high + 6)
    light = picture.mean(2)
    # Brows, lashes and whites are less coloured than skin.
    red = (picture[..., 0] - picture[..., 2]) / np.maximum(picture.sum(2), 1)
    known &= np.abs(red - (skin[0] - skin[2]) / skin.sum()) < HUE_DISTANCE
    usual = np.percentile(light[known], 65) if known.any() else light.mean()
    known &= (light > DARKEST_SKIN * usual) & (light < 1.35 * usual)
    if not known.any():
        return np.zeros_like(picture) + skin * 255
    filled = pull_push(np.ascontiguousarray(picture), known.astype(np.float32))
    return cv2.GaussianBlur(filled, (0, 0), 4.0)


def _coloured(shares: np.ndarray) -> np.ndarray:
    """(H, W) float32 three times, (H, W, 3): numpy is slow at broadcasting along three channels."""
    return cv2.merge([shares] * 3)


def _brought_to(body: np.ndarray, tone: np.ndarray) -> np.ndarray:
    """The lid's skin (H, W, 3) with its light and hue held near the tone of the skin about it."""
    smooth = cv2.GaussianBlur(body, (0, 0), 4.0)
    ratio = smooth / np.maximum(tone, 1)
    light = ratio.mean(2, keepdims=True)
    hue = limited(ratio / np.maximum(light, 1e-3), *HUE_RANGE)
    detail = 1 + DETAIL_SHARE * (body / np.maximum(smooth, 1) - 1)
    return tone * limited(light, *LIGHT_RANGE) * hue * detail


def _source_rows(rows: np.ndarray, here: LidRows, home: LidRows, ride: np.ndarray) -> np.ndarray:
    """Rows (H, W) of the portrait: stretched skin, the lash line as it is, the lower lid.

    ride: (W,) how far the orbit has moved down
    """
    reach = np.maximum(here.upper - LASH_PX - here.fold, 1)
    along = limited((rows - here.fold) / reach)
    body = home.fold + along * np.maximum(home.upper - LASH_PX - home.fold, 0.5)
    # Neither lid may take its picture from the eye between them.
    lash = np.minimum(home.upper + (rows - here.upper), home.upper - 0.5)
    # What the lower lid has moved is taken up by the skin below it.
    rise = home.lower + ride - here.lower
    fade = 1 - limited((rows - here.lower) / lower_span_px(rise))
    below = np.maximum(rows - ride + rise * fade, home.lower + 0.5)
    middle = (here.upper + here.lower) / 2
    return np.where(rows < here.upper - LASH_PX, body, np.where(rows < middle, lash, below))


def lower_span_px(rise: np.ndarray) -> np.ndarray:
    """Over how many rows (W,) of skin a movement of the lower lid fades away."""
    return LOWER_BAND_PX + 2.5 * np.abs(rise)


def _moved(here: LidRows, home: LidRows, ride: np.ndarray) -> float:
    """0 where the lids are as in the portrait, so that nothing is repainted without need."""
    upper = np.abs((here.upper - here.fold) - (home.upper - home.fold)).max()
    lower = np.abs(here.lower - home.lower - ride).max()
    change = max(upper, lower)
    return float(min(max((change - DEAD_PX) / FULL_PX, 0.0), 1.0))
