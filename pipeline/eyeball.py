"""The eye between the lids: a white that stays and an iris that turns.

What lids hid in the portrait is completed once per avatar: the iris by mirroring about its own
centre, the white by extension.
"""

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.crop import blend
from pipeline.eye_view import EyeView
from pipeline.motion_field import Field
from pipeline.pull_push import pull_push
from pipeline.source_view import SourceView
from pipeline.template import EYE_JOINTS, Geometry, Template

# The limbus is 5.9 mm from the axis of a 12 mm eyeball.
LIMBUS_RADIUS = 0.49
LIMBUS_SOFTNESS_PX = 1.5


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
        self._white, self._iris = self._completed(avatar, LIMBUS_RADIUS * self._radius_m * px_per_m)

    def _iris_centre(self, geometry: Geometry) -> np.ndarray:
        """Pixel (2,) of the foremost point of the turned eyeball."""
        gaze = geometry.rotations[self._joint][:, 2]
        front = geometry.positions[self._joint] + self._radius_m * gaze
        return self._camera.project(front[None])[0][0]

    def _completed(self, avatar: Avatar, iris_px: float) -> tuple[np.ndarray, np.ndarray]:
        """White (H, W, 3) and iris (H, W, 4; the last is its mask), float32."""
        crop, opening = self._source.crop, self._source.opening
        picture = crop.on(avatar.portrait)[0].astype(np.float32)
        seen = cv2.erode((opening > 0.95).astype(np.uint8), np.ones((3, 3), np.uint8))
        seen = seen.astype(np.float32)
        centre = self._source_iris - (crop.left, crop.top) - 0.5
        rows, columns = np.mgrid[0 : crop.height, 0 : crop.width].astype(np.float32)
        distance = np.hypot(columns - centre[0], rows - centre[1])
        disc = np.clip(iris_px + LIMBUS_SOFTNESS_PX - distance, 0, 1)
        mirror_rows = 2 * centre[1] - rows
        mirrored = cv2.remap(picture, columns, mirror_rows, cv2.INTER_LINEAR)
        mirrored_seen = cv2.remap(seen, columns, mirror_rows, cv2.INTER_LINEAR) > 0.99
        known = np.maximum(seen, mirrored_seen) * (disc > 0.99)
        iris = pull_push(np.where(seen[..., None] > 0.5, picture, mirrored), known)
        white = pull_push(picture, seen * (disc < 0.01))
        # Where the portrait shows the eye it stays as it is, so that a resting eye is unchanged.
        own = np.clip(opening * 2, 0, 1)[..., None]
        iris = picture * own + iris * (1 - own)
        outside = own * (1 - disc[..., None])
        white = picture * outside + white * (1 - outside)
        return white, np.concatenate([iris, disc[..., None]], 2)

    def paint(self, picture: np.ndarray, field: Field, view: EyeView) -> None:
        """Draw into the opening between the lids; `picture` (768, 512, 3) uint8."""
        home, here = self._source.crop, view.crop
        crop_shift = np.array([home.left - here.left, home.top - here.top])
        turned = self._iris_centre(field.geometry) - self._source_iris + crop_shift
        carried = (view.curves.orbit - self._source.curves.orbit).mean(0) + crop_shift
        ball, iris = _translated(self._white, carried), _translated(self._iris, turned)
        ball += (iris[..., :3] - ball) * iris[..., 3:]
        target, part = here.on(picture)
        blend(target, ball[part], view.opening[part][..., None])


def _translated(layer: np.ndarray, shift: np.ndarray) -> np.ndarray:
    """The layer moved by `shift` px (2,), its border repeated."""
    matrix = np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float32)
    return cv2.warpAffine(
        layer, matrix, layer.shape[1::-1], flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
