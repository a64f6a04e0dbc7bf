"""The eye between the lids: a white that stays, an iris that turns, a highlight between them.

What lids hid in the portrait is completed once per avatar: the iris by mirroring about its own
centre, the white by extension of its cleaner parts. An eye at rest is left as the portrait has it.
"""

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.crop import Crop, blend
from pipeline.eye_view import EyeView
from pipeline.iris import LIMBUS_SOFTNESS_PX, completed_iris, completed_white, find_iris
from pipeline.limits import limited
from pipeline.motion_field import Field
from pipeline.padded_crop import padded_crop
from pipeline.source_view import SourceView
from pipeline.template import EYE_JOINTS, Geometry, Template

# The limbus is 5.9 mm from the axis of a 12 mm eyeball.
LIMBUS_RADIUS = 0.49
# Lashes and their shadow hang into the eye by this much.
LASH_SHADOW_PX = 2.0
SHADE_REACH_PX, DARKEST_SHADE = 4.0, 0.2
# The cornea's mirror image moves half as far as the iris.
GLINT_SHARE = 0.5
STILL_PX, MOVED_PX = 0.25, 1.0


class Eyeball:
    """One eyeball of one avatar; eye 0 is the person's left."""

    def __init__(
        self, avatar: Avatar, template: Template, source: SourceView, view: EyeView, eye: int
    ) -> None:
        self._camera, self._source = avatar.camera, view
        self._joint = template.model.joint_names.index(EYE_JOINTS[eye])
        owned = template.model.skin_weights[:, self._joint] > 0.5
        geometry = template.source_geometry()
        from_centre = geometry.vertices[owned] - geometry.positions[self._joint]
        self._radius_m = float(np.linalg.norm(from_centre, axis=1).mean())
        self._source_iris = self._iris_centre(geometry)
        px_per_m = avatar.camera.focal_px / float(source.depth[owned].mean())
        crop = view.crop
        picture = padded_crop(avatar.portrait, crop).astype(np.float32)
        guess = self._source_iris - (crop.left, crop.top) - 0.5
        centre, iris_px = find_iris(
            picture, view.opening, guess, LIMBUS_RADIUS * self._radius_m * px_per_m
        )
        rows, columns = np.mgrid[0 : crop.height, 0 : crop.width].astype(np.float32)
        distance = np.hypot(columns - centre[0], rows - centre[1])
        beyond = distance - iris_px
        self._disc = limited(0.5 - beyond / LIMBUS_SOFTNESS_PX)
        # Clean: open, not at a lid, not under the lashes.
        depth = np.minimum(crop.rows - view.upper - LASH_SHADOW_PX, view.lower - crop.rows - 0.5)
        clean = (limited(depth) * (view.reach > 0.99)).astype(np.float32)
        self._iris, self._glint = completed_iris(picture, clean, centre, beyond, iris_px)
        skin = avatar.skin_colour * 255
        self._white = completed_white(picture, clean, beyond, skin)
        self._shade = self._lid_shade(picture)

    def _iris_centre(self, geometry: Geometry) -> np.ndarray:
        """Pixel (2,) of the foremost point of the turned eyeball."""
        gaze = geometry.rotations[self._joint][:, 2]
        front = geometry.positions[self._joint] + self._radius_m * gaze
        return self._camera.project(front[None])[0][0]

    def _lid_shade(self, picture: np.ndarray) -> np.ndarray:
        """Factor (H, W) of the shadow that the portrait's upper lid and its lashes throw."""
        rest = self._white + (self._iris - self._white) * self._disc[..., None]
        factor = np.clip(picture.mean(2) / np.maximum(rest.mean(2), 1), DARKEST_SHADE, 1)
        below = self._source.crop.rows - self._source.upper
        fade = limited((SHADE_REACH_PX - below) / (SHADE_REACH_PX - LASH_SHADOW_PX))
        return (1 - (1 - factor) * fade * (below > -1)).astype(np.float32)

    def _shade_under(self, view: EyeView, crop: Crop, part: slice) -> np.ndarray:
        """The same (H, W) below the upper lid of a frame; part: the crop's columns in the view."""
        home = self._source
        x0, x1 = home.curves.corners_x
        columns = x0 + view.curves.along(crop.columns) * (x1 - x0)
        rows = np.interp(columns, home.crop.columns, home.upper) + (crop.rows - view.upper[part])
        across = np.broadcast_to(columns - home.crop.left - 0.5, rows.shape).astype(np.float32)
        down = (rows - home.crop.top - 0.5).astype(np.float32)
        return cv2.remap(self._shade, across, down, cv2.INTER_LINEAR)

    def paint(
        self, picture: np.ndarray, field: Field, view: EyeView, lids_moved: float = 0.0
    ) -> float:
        """Draw into the opening between the lids; `picture` (768, 512, 3) uint8.

        lids_moved: 0 where they are as in the portrait, 1 where they certainly are not; returned
        is the same of lids and eye together
        """
        home, here = self._source, view
        crop_shift = np.array([home.crop.left - here.crop.left, home.crop.top - here.crop.top])
        turned = self._iris_centre(field.geometry) - self._source_iris + crop_shift
        carried = (here.curves.orbit - home.curves.orbit).mean(0) + crop_shift
        change = float(np.abs(turned - carried).max())
        moved = min(max((change - STILL_PX) / (MOVED_PX - STILL_PX), 0.0), 1.0)
        moved = max(moved, lids_moved)
        if moved <= 0 or not view.opening.any():
            return moved
        rows, columns, crop = view.opened()
        offset = np.array([columns.start, rows.start])
        size = (crop.width, crop.height)
        turned, carried = turned - offset, carried - offset
        ball = _translated(self._white, carried, size)
        iris, disc = (_translated(layer, turned, size) for layer in (self._iris, self._disc))
        ball += (iris - ball) * disc[..., None]
        ball *= self._shade_under(view, crop, columns)[..., None]
        ball += _translated(self._glint, carried + GLINT_SHARE * (turned - carried), size)
        share = view.opening[rows, columns] * moved
        target, part = crop.on(picture)
        blend(target, np.minimum(ball, 255)[part], share[part][..., None])
        return moved


def _translated(layer: np.ndarray, shift: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """`size` (W, H) of the layer moved by `shift` px (2,), its border repeated."""
    matrix = np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float32)
    return cv2.warpAffine(
        layer, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
