"""Teeth and tongue of the template, rendered once for one portrait."""

import cv2
import numpy as np

from pipeline.colour import to_linear
from pipeline.errors import ModelError
from pipeline.mouth_tone import MouthTone
from pipeline.rasterizer import rasterize
from pipeline.source_view import SourceView
from pipeline.sprite import Sprite
from pipeline.template import FOLDER, Part, Template

SUPERSAMPLING = 3
REACH_OF_LIGHT_M = {Part.UPPER_TEETH: 0.04, Part.LOWER_TEETH: 0.04, Part.TONGUE: 0.055}
DEEPEST_M = {Part.UPPER_TEETH: 0.021, Part.LOWER_TEETH: 0.021, Part.TONGUE: 0.055}
DARKENING_M = 0.010
GUM_HEIGHT_M = 0.008


class TemplateMouth:
    """Renders teeth and tongue as the portrait's pose shows them, lit from the front."""

    def __init__(
        self, template: Template, source: SourceView, tone: MouthTone, px_per_m: float
    ) -> None:
        self._template, self._source, self._tone = template, source, tone
        self._px_per_m = px_per_m

    def sprite(self, part: Part, drop_px: float) -> Sprite:
        """One part, shown `drop_px` below where the template has it."""
        template, source, tone = self._template, self._source, self._tone
        model = template.model
        triangles = model.triangles[model.part == part]
        vertices = np.unique(triangles)
        front = source.depth[vertices].min()
        low = source.points[vertices].min(0) - 1
        if part == Part.UPPER_TEETH:
            low[1] -= GUM_HEIGHT_M * self._px_per_m
        size = np.ceil((source.points[vertices].max(0) + 1 - low) * SUPERSAMPLING).astype(int)
        local = (source.points - low) * SUPERSAMPLING
        raster = rasterize(local, source.depth, triangles, int(size[0]), int(size[1]))
        corners = model.triangle_uv[model.part == part][np.maximum(raster.triangle, 0)]
        uv = np.einsum("hwk,hwkc->hwc", raster.weight, corners)
        texture = _texture("tongue" if part == Part.TONGUE else "teeth")
        colour = _toned(part, _sample(texture, uv), raster.covered, tone)
        facing = raster.interpolate(triangles, source.facing[:, None])
        behind = np.where(raster.covered, raster.depth - front, 0)[..., None]
        lit = np.clip(1 - behind / REACH_OF_LIGHT_M[part], 0, 1) ** 2
        colour = colour * (0.6 + 0.4 * np.clip(facing, 0, 1)) * (0.3 + 0.7 * lit)
        # The rearmost molars are lost in the dark of the cheeks.
        alpha = raster.covered[..., None] * np.clip((DEEPEST_M[part] - behind) / DARKENING_M, 0, 1)
        pixels = np.concatenate([colour * alpha, alpha], 2).astype(np.float32)
        if part == Part.UPPER_TEETH:
            _add_gum(
                pixels, raster.covered, tone.gum, GUM_HEIGHT_M * self._px_per_m * SUPERSAMPLING
            )
        pixels = cv2.GaussianBlur(pixels, (0, 0), SUPERSAMPLING / 3)
        return Sprite.carried(pixels, local - np.array([0, drop_px * SUPERSAMPLING]), vertices)


def _add_gum(pixels: np.ndarray, covered: np.ndarray, gum: np.ndarray, height_px: float) -> None:
    """Continue the upper gum of a sprite (H, W, 4) upwards, darker and darker."""
    first = np.where(covered.any(0), covered.argmax(0), covered.shape[0])
    above = first[None] - np.arange(covered.shape[0])[:, None]
    fill = (above > 0) & (above <= height_px) & covered.any(0, keepdims=True)
    shade = 1 - 0.75 * np.clip(above / height_px, 0, 1)[..., None]
    alpha = np.broadcast_to(pixels[..., 3].max(0)[None, :, None], (*covered.shape, 1))
    grown = np.concatenate([gum * 0.9 * shade * alpha, alpha], 2)
    pixels[fill] = grown[fill]


def _toned(part: Part, texture, covered, tone: MouthTone) -> np.ndarray:
    """The template's linear texture (H, W, 3) in the portrait's exposure and tint."""
    if part == Part.TONGUE:
        return tone.tongue * texture.mean(2, keepdims=True) / texture[covered].mean()
    redness = (texture[..., :1] - texture[..., 1:2]) / (texture[..., :1] + 0.01)
    gum = np.clip((redness - 0.12) / 0.18, 0, 1)
    light = texture.mean(2, keepdims=True)
    enamel, flesh = light[covered & (gum[..., 0] < 0.1)], light[covered & (gum[..., 0] > 0.9)]
    bright, pink = (np.percentile(x, 60) if len(x) else 1.0 for x in (enamel, flesh))
    tooth = tone.upper if part == Part.UPPER_TEETH else tone.lower
    return light * (tooth / bright * (1 - gum) + tone.gum / pink * gum)


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
