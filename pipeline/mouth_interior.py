"""The inside of the mouth: textured teeth and tongue of the template, exposed like the skin.

Teeth and tongue are rigid at talking amplitudes. Each is rendered once per avatar, supersampled,
and moved by the affine motion of its own vertices; the opening between the lips is the mask.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.colour import to_linear, to_srgb_bytes
from pipeline.crop import blend
from pipeline.errors import ModelError
from pipeline.lip_sheets import LipLine
from pipeline.motion_field import Field
from pipeline.rasterizer import rasterize
from pipeline.source_view import SourceView
from pipeline.template import FOLDER, Part, Template

SUPERSAMPLING = 3
PARTS = (Part.TONGUE, Part.LOWER_TEETH, Part.UPPER_TEETH)
# Linear colour of the cavity for skin of luminance one, and of the palate's shadow on the teeth.
CAVITY_COLOUR = np.array([0.085, 0.022, 0.018], np.float32)
TOOTH_TINT = np.array([0.95, 0.90, 0.82], np.float32)
GUM_TINT = np.array([0.75, 0.60, 0.60], np.float32)
TONGUE_TINT = np.array([0.78, 0.52, 0.50], np.float32)
# The template's teeth sit high behind its lips; these are shown as far down as people's are.
DROP_M = {Part.UPPER_TEETH: 0.0025, Part.LOWER_TEETH: 0.0035, Part.TONGUE: 0.002}
REACH_OF_LIGHT_M = {Part.UPPER_TEETH: 0.04, Part.LOWER_TEETH: 0.04, Part.TONGUE: 0.055}
DEEPEST_M = {Part.UPPER_TEETH: 0.026, Part.LOWER_TEETH: 0.026, Part.TONGUE: 0.055}
DARKENING_M = 0.010
LIP_SHADE_M = 0.006
LIP_SHADE = 0.35
CORNER_SHADE_PX = 9.0
FADE_IN_PX = 1.2


@dataclass(frozen=True, slots=True)
class Sprite:
    """pixels (H, W, 4) float32 premultiplied linear; solve (3, N): least-squares affine motion
    of the vertices (N,) that carry it; vertices are in sprite pixels at rest."""

    pixels: np.ndarray
    solve: np.ndarray
    vertices: np.ndarray

    def affine(self, points: np.ndarray) -> np.ndarray:
        """(2, 3) from sprite pixels to picture pixels, given projected vertices (V, 2)."""
        return (self.solve @ points[self.vertices]).T


class MouthInterior:
    """Paints the opening between the lips; one per avatar."""

    def __init__(self, avatar: Avatar, template: Template, source: SourceView) -> None:
        self._luminance = float(to_linear(avatar.skin_colour).mean())
        self._px_per_m = avatar.camera.focal_px / float(np.median(source.depth))
        self._sprites = [self._sprite(part, avatar, template, source) for part in PARTS]
        self._cavity = CAVITY_COLOUR * (self._luminance + 0.05)

    def _sprite(self, part: Part, avatar, template: Template, source: SourceView) -> Sprite:
        model = template.model
        triangles = model.triangles[model.part == part]
        vertices = np.unique(triangles)
        front = source.depth[vertices].min()
        low = source.points[vertices].min(0) - 1
        size = np.ceil((source.points[vertices].max(0) + 1 - low) * SUPERSAMPLING).astype(int)
        local = (source.points - low) * SUPERSAMPLING
        raster = rasterize(local, source.depth, triangles, int(size[0]), int(size[1]))
        uv = np.einsum(
            "hwk,hwkc->hwc",
            raster.weight,
            model.triangle_uv[model.part == part][np.maximum(raster.triangle, 0)],
        )
        texture = _texture("tongue" if part == Part.TONGUE else "teeth")
        colour = self._exposed(part, _sample(texture, uv), avatar)
        facing = raster.interpolate(triangles, source.facing[:, None])
        behind = np.where(raster.covered, raster.depth - front, 0)[..., None]
        lit = np.clip(1 - behind / REACH_OF_LIGHT_M[part], 0, 1) ** 2
        colour = colour * (0.6 + 0.4 * np.clip(facing, 0, 1)) * (0.3 + 0.7 * lit)
        # The rearmost molars are lost in the dark of the cheeks.
        alpha = raster.covered[..., None] * np.clip((DEEPEST_M[part] - behind) / DARKENING_M, 0, 1)
        pixels = np.concatenate([colour * alpha, alpha], 2).astype(np.float32)
        carried = vertices[:: max(len(vertices) // 60, 1)]
        drop = np.array([0, DROP_M[part] * self._px_per_m * SUPERSAMPLING])
        system = np.concatenate([local[carried] - drop, np.ones((len(carried), 1))], 1)
        return Sprite(
            cv2.GaussianBlur(pixels, (0, 0), SUPERSAMPLING / 3),
            np.linalg.pinv(system).astype(np.float32),
            carried,
        )

    def _exposed(self, part: Part, texture: np.ndarray, avatar: Avatar) -> np.ndarray:
        """Linear texture in the portrait's exposure and tint."""
        skin = to_linear(avatar.skin_colour)
        tint = (skin / skin.mean()) ** 0.35
        if part == Part.TONGUE:
            return texture * TONGUE_TINT * min(1.0, 1.8 * self._luminance + 0.2) * tint * 0.75
        redness = (texture[..., :1] - texture[..., 1:2]) / (texture[..., :1] + 0.01)
        gum = np.clip((redness - 0.12) / 0.18, 0, 1)
        tinted = texture * (TOOTH_TINT * (1 - gum) + GUM_TINT * gum)
        return tinted * min(1.6, 2.4 * self._luminance + 0.4) * tint

    def paint(self, picture: np.ndarray, field: Field, line: LipLine) -> None:
        """Draw into `picture` (768, 512, 3) uint8 where the lips are parted."""
        if line.opening_px <= 0.2:
            return
        columns, rows = line.crop.columns, line.crop.rows
        mask = np.clip(rows - line.upper + 0.5, 0, 1) * np.clip(line.lower - rows + 0.5, 0, 1)
        mask *= np.clip((line.lower - line.upper) / FADE_IN_PX, 0, 1)
        colour = self._inside(field, line) * self._lip_shadow(line, rows, columns)[..., None]
        shown = to_srgb_bytes(colour)
        target, part = line.crop.on(picture)
        blend(target, shown[part], mask[part][..., None])

    def _inside(self, field: Field, line: LipLine) -> np.ndarray:
        """Cavity, tongue and teeth, linear (H, W, 3), without the lips' shadow."""
        inside = np.broadcast_to(self._cavity, (line.crop.height, line.crop.width, 3)).copy()
        for sprite in self._sprites:
            affine = sprite.affine(field.points)
            affine[:, 2] -= (line.crop.left, line.crop.top)
            # Pixel centres: sprite and crop both count from their corners.
            affine[:, 2] += affine[:, :2] @ np.array([0.5, 0.5]) - 0.5
            drawn = cv2.warpAffine(
                sprite.pixels, affine, (line.crop.width, line.crop.height), flags=cv2.INTER_LINEAR
            )
            inside = inside * (1 - drawn[..., 3:]) + drawn[..., :3]
        return inside

    def _lip_shadow(self, line: LipLine, rows, columns) -> np.ndarray:
        """The upper lip and the corners keep light from what lies behind them."""
        below = np.clip((rows - line.upper) / (LIP_SHADE_M * self._px_per_m), 0, 1)
        side = np.minimum(columns - line.x_right, line.x_left - columns) / CORNER_SHADE_PX
        return (1 - LIP_SHADE * (1 - below)) * (0.6 + 0.4 * np.clip(side, 0, 1))


def _texture(name: str) -> np.ndarray:
    """Linear float32 (H, W, 3), rows from the top."""
    picture = cv2.imread(str(FOLDER / f"{name}.png"), cv2.IMREAD_COLOR_RGB)
    if picture is None:
        raise ModelError(f"The texture {name}.png of the template is damaged; install it again.")
    return to_linear(picture.astype(np.float32) / 255)


def _sample(texture: np.ndarray, uv: np.ndarray) -> np.ndarray:
    height, width = texture.shape[:2]
    x = (uv[..., 0] * width - 0.5).astype(np.float32)
    y = ((1 - uv[..., 1]) * height - 0.5).astype(np.float32)
    return cv2.remap(texture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
