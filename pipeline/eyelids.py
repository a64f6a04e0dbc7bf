"""Eyes at full resolution: lids that slide over an eyeball that turns.

The portrait shows a thin strip of upper lid. Between the orbital crease and the lid's margin the
skin is stretched in every column, the lash line rides on the margin, and the eyeball beneath,
completed where lids hid it, is moved by the turn of the iris.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.face_landmarks import LOWER_LID, ORBITAL_CREASE, UPPER_LID
from pipeline.lip_sheets import clip_crop, contour, landmark_points
from pipeline.motion_field import Field
from pipeline.names import ACTION_INDEX
from pipeline.pull_push import pull_push
from pipeline.source_view import SourceView
from pipeline.template import Template, TemplateModel

MARGIN_PX = 14
LASH_PX = 3.0
LOWER_BAND_PX = 5.0
LID_DEAD_PX = 0.25
# Skin above this share of the way to the orbit's edge carries the brow and stays.
FOLD_SHARE = 0.55
CORNER_TAPER_PX = 3.0
# The mesh's lids meet before eyeBlink reaches one; what remains presses them shut.
CLOSED_BLINK = 0.85
LASH_KERNEL_PX = 7
# The limbus is 5.9 mm from the axis of a 12 mm eyeball.
LIMBUS_RADIUS = 0.49
SIDES = ("Left", "Right")


def _fold(margin: np.ndarray, orbit: np.ndarray) -> np.ndarray:
    """Rows where the skin of the lid begins, between its margin and the edge of the orbit."""
    return margin + FOLD_SHARE * (orbit - margin)


@dataclass(frozen=True, slots=True)
class LidCurves:
    """Contours of one eye as points (9, 2) px: upper margin, lower margin, crease."""

    upper: np.ndarray
    lower: np.ndarray
    crease: np.ndarray

    @property
    def corners_x(self) -> tuple[float, float]:
        x = np.concatenate([self.upper[:, 0], self.lower[:, 0]])
        return float(x.min()), float(x.max())


@dataclass(frozen=True, slots=True)
class LidPatch:
    """Crop at (left, top): where its pixels lie in the eye's own crop (H, W) x and y, and how much
    of the clean lid skin they take (H, W, 1)."""

    left: int
    top: int
    x: np.ndarray
    y: np.ndarray
    share: np.ndarray


def lid_curves(model: TemplateModel, points: np.ndarray, eye: int) -> LidCurves:
    return LidCurves(
        *(
            landmark_points(model, points, which[eye])
            for which in (UPPER_LID, LOWER_LID, ORBITAL_CREASE)
        )
    )


class Eye:
    """One eye of one avatar; eye 0 is the person's left."""

    def __init__(self, avatar: Avatar, template: Template, source: SourceView, eye: int) -> None:
        self._model, self._eye = template.model, eye
        self._camera = avatar.camera
        self._joint = template.model.joint_names.index(("eye.L", "eye.R")[eye])
        self._blink = ACTION_INDEX[f"eyeBlink{SIDES[eye]}"]
        self._curves = lid_curves(template.model, source.points, eye)
        everything = np.concatenate([self._curves.upper, self._curves.lower, self._curves.crease])
        low = np.floor(everything.min(0) - MARGIN_PX).astype(int)
        high = np.ceil(everything.max(0) + MARGIN_PX).astype(int)
        self._left, self._top = int(low[0]), int(low[1])
        self.width_px, self.height_px = (int(v) for v in high - low)
        geometry = template.source_geometry()
        self._radius_m = self._eyeball_radius(geometry)
        self._source_iris = self._iris(geometry)
        self._source_open = self._opening(self._curves, 0.0, self._left, self._top)[0]
        self._white, self._iris_layer, self._skin = self._layers(avatar)

    def _eyeball_radius(self, geometry) -> float:
        centre = geometry.positions[self._joint]
        owned = self._model.skin_weights[:, self._joint] > 0.5
        return float(np.linalg.norm(geometry.vertices[owned] - centre, axis=1).mean())

    def _iris(self, geometry) -> np.ndarray:
        """Pixel (2,) of the iris' centre."""
        gaze = geometry.rotations[self._joint][:, 2]
        front = geometry.positions[self._joint] + self._radius_m * gaze
        return self._camera.project(front[None])[0][0]

    def _opening(self, curves: LidCurves, closing: float, left: int, top: int):
        """Soft mask (H, W) of what is open between the lids; the margins' rows (W,) twice."""
        columns = left + np.arange(self.width_px) + 0.5
        rows = top + np.arange(self.height_px)[:, None] + 0.5
        lower = contour(curves.lower, columns)
        upper = np.minimum(contour(curves.upper, columns), lower)
        upper = upper + (lower - upper) * closing
        x0, x1 = curves.corners_x
        reach = np.clip(np.minimum(columns - x0, x1 - columns) / CORNER_TAPER_PX, 0, 1)
        mask = np.clip(rows - upper + 0.5, 0, 1) * np.clip(lower - rows + 0.5, 0, 1)
        shut = np.clip((lower - upper) / 1.5, 0, 1)
        return (mask * (reach * shut)).astype(np.float32), upper, lower

    def _layers(self, avatar: Avatar) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """White (H, W, 3), iris (H, W, 4, last is its mask) and lid skin (H, W, 3), float32.

        What lids hid is completed: the iris by mirroring about its own centre, the white by
        extension. The lid's skin is the portrait's without its lashes.
        """
        height, width = self.height_px, self.width_px
        crop = avatar.portrait[self._top :, self._left :][:height, :width]
        skin = cv2.morphologyEx(crop, cv2.MORPH_CLOSE, np.ones((LASH_KERNEL_PX, 5), np.uint8))
        skin = cv2.GaussianBlur(skin, (0, 0), 1.5).astype(np.float32)
        crop = crop.astype(np.float32)
        seen = cv2.erode((self._source_open > 0.95).astype(np.uint8), np.ones((3, 3), np.uint8))
        seen = seen.astype(np.float32)
        centre = self._source_iris - (self._left, self._top) - 0.5
        rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
        distance = np.hypot(columns - centre[0], rows - centre[1])
        iris_px = LIMBUS_RADIUS * self._radius_m * self._px_per_metre(avatar)
        disc = np.clip(iris_px + 1.5 - distance, 0, 1)
        mirrored = cv2.remap(crop, columns, 2 * centre[1] - rows, cv2.INTER_LINEAR)
        mirrored_seen = cv2.remap(seen, columns, 2 * centre[1] - rows, cv2.INTER_LINEAR) > 0.99
        inner = disc > 0.99
        iris = pull_push(
            np.where(seen[..., None] > 0.5, crop, mirrored), np.maximum(seen, mirrored_seen) * inner
        )
        # Where the portrait shows the eye it stays as it is, so that a resting eye is unchanged.
        own = np.clip(self._source_open * 2, 0, 1)[..., None]
        iris = crop * own + iris * (1 - own)
        white = pull_push(crop, seen * (disc < 0.01))
        outside = own * (1 - disc[..., None])
        white = crop * outside + white * (1 - outside)
        return white, np.concatenate([iris, disc[..., None]], 2), skin

    def _px_per_metre(self, avatar: Avatar) -> float:
        depth = float(avatar.camera.translation[2])
        return avatar.camera.focal_px / max(depth, 1e-3)

    def _closing(self, field: Field) -> float:
        return float(np.clip(field.geometry.actions[self._blink] / CLOSED_BLINK, 0, 1)) ** 4

    def place(self, field: Field) -> tuple[LidCurves, int, int]:
        """This frame's contours and the crop's first pixel."""
        curves = lid_curves(self._model, field.points, self._eye)
        x0, x1 = curves.corners_x
        s0, s1 = self._curves.corners_x
        shift_y = curves.crease[:, 1].mean() - self._curves.crease[:, 1].mean()
        left = round(self._left + ((x0 + x1) - (s0 + s1)) / 2)
        return curves, left, round(self._top + shift_y)

    def stretch_lid(self, flow: np.ndarray, field: Field) -> LidPatch | None:
        """Write the flow of the lids into `flow` (768, 512, 2); what paint_lid needs later."""
        curves, left, top = self.place(field)
        clip = clip_crop(flow, left, top, self.width_px, self.height_px)
        if clip is None:
            return None
        columns = left + np.arange(self.width_px) + 0.5
        rows = top + np.arange(self.height_px, dtype=np.float32)[:, None] + 0.5
        _, margin, lower = self._opening(curves, self._closing(field), left, top)
        source_columns = self._source_columns(curves, columns)
        source_margin = contour(self._curves.upper, source_columns)
        source_lower = contour(self._curves.lower, source_columns)
        source_crease = _fold(source_margin, contour(self._curves.crease, source_columns))
        # The fold rides with the orbit, not with the lid.
        crease = (
            source_crease
            + contour(curves.crease, columns)
            - contour(self._curves.crease, source_columns)
        )
        crease = np.minimum(crease, margin - 2)
        moves = self._lid_moves(margin, source_margin, crease, source_crease)
        if moves <= 0:
            return None
        along = np.clip((rows - crease) / np.maximum(margin - LASH_PX - crease, 1), 0, 1)
        body = source_crease + along * np.maximum(source_margin - LASH_PX - source_crease, 0.5)
        # Neither lid may take its picture from the eye between them.
        lash = np.minimum(source_margin + (rows - margin), source_margin - 0.5)
        below = np.maximum(source_lower + (rows - lower), source_lower + 0.5)
        source_rows = np.where(rows < margin - LASH_PX, body, np.where(rows < lower, lash, below))
        x0, x1 = curves.corners_x
        reach = np.clip(np.minimum(columns - x0, x1 - columns) / CORNER_TAPER_PX, 0, 1)
        share = (rows >= crease) * np.clip((lower + LOWER_BAND_PX - rows) / 3, 0, 1) * reach
        share = (share * moves)[..., None]
        lid = np.stack(np.broadcast_arrays(source_columns - columns, source_rows - rows), -1)
        target, part = clip
        target += (lid[part] - target) * share[part].astype(np.float32)
        body_share = np.clip((margin - LASH_PX - rows) / 2, 0, 1) * np.clip(
            (rows - crease) / 3, 0, 1
        )
        return LidPatch(
            left, top, (lid[..., 0] + columns - 0.5 - self._left).astype(np.float32),
            (source_rows - 0.5 - self._top).astype(np.float32),
            (body_share[..., None] * share).astype(np.float32),
        )  # fmt: skip

    def paint_lid(self, picture: np.ndarray, patch: LidPatch | None) -> None:
        """Skin without lashes where the lid is stretched; `picture` (768, 512, 3) uint8."""
        if patch is None or not patch.share.any():
            return
        clip = clip_crop(picture, patch.left, patch.top, self.width_px, self.height_px)
        if clip is None:
            return
        target, part = clip
        skin = cv2.remap(
            self._skin, patch.x, patch.y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        blended = target + (skin[part] - target) * patch.share[part]
        target[:] = np.clip(blended + 0.5, 0, 255).astype(np.uint8)

    @staticmethod
    def _lid_moves(margin, source_margin, crease, source_crease) -> float:
        """0 where the lid is as in the portrait, so that nothing is repainted without need."""
        change = np.abs((margin - crease) - (source_margin - source_crease)).max()
        return float(np.clip((change - LID_DEAD_PX) / 1.5, 0, 1))

    def _source_columns(self, curves: LidCurves, columns: np.ndarray) -> np.ndarray:
        x0, x1 = curves.corners_x
        s0, s1 = self._curves.corners_x
        return s0 + (columns - x0) * (s1 - s0) / max(x1 - x0, 1.0)

    def paint_eyeball(self, picture: np.ndarray, field: Field) -> None:
        """Draw the eyeball into the opening of `picture` (768, 512, 3) uint8."""
        curves, left, top = self.place(field)
        clip = clip_crop(picture, left, top, self.width_px, self.height_px)
        if clip is None:
            return
        target, part = clip
        mask, _, _ = self._opening(curves, self._closing(field), left, top)
        moved = np.array([self._left - left, self._top - top])
        shift = self._iris(field.geometry) - self._source_iris + moved
        base = (curves.crease - self._curves.crease).mean(0) + moved
        ball, iris = (
            self._moved(*pair) for pair in ((self._white, base), (self._iris_layer, shift))
        )
        ball += (iris[..., :3] - ball) * iris[..., 3:]
        share = mask[part][..., None]
        target[:] = np.clip(target + (ball[part] - target) * share + 0.5, 0, 255).astype(np.uint8)

    def _moved(self, layer: np.ndarray, shift: np.ndarray) -> np.ndarray:
        """The layer translated by `shift` px (2,), its border repeated."""
        matrix = np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float32)
        size = (self.width_px, self.height_px)
        return cv2.warpAffine(
            layer, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
