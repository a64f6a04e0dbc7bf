"""The inside of the mouth: the portrait's own teeth, and the template's where those end.

Teeth and tongue are rigid at talking amplitudes. Each is rendered once per avatar, supersampled,
and moved by the affine motion of its own vertices; the opening between the lips is the mask.
"""

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.colour import to_srgb_bytes
from pipeline.crop import Crop, blend
from pipeline.limits import limited
from pipeline.lip_sheets import LipLine, LipSheets
from pipeline.motion_field import Field
from pipeline.mouth_tone import mouth_tone
from pipeline.source_teeth import find_teeth
from pipeline.source_view import SourceView
from pipeline.sprite import over
from pipeline.template import Part, Template
from pipeline.template_mouth import TemplateMouth

# How far below the line of closed lips the incisors end; the tongue lies lower still.
INCISAL_M = {Part.UPPER_TEETH: 0.0036, Part.LOWER_TEETH: 0.002}
TONGUE_DROP_M = 0.0025
INCISORS_M = 0.006
# Light of the opening: the lips' shadow, and less of it in a narrow mouth.
LIP_SHADE_M, LIP_SHADE = 0.006, 0.2
WIDE_OPEN_M, NARROW_LIGHT = 0.009, 0.95
# What reaches the shade was reflected by lips and cheeks.
SHADE_POWER = np.array([0.8, 1.05, 1.15], np.float32)
CORNER_SHADE, CORNER_LIGHT = 0.17, 0.3
# People raise the middle of the upper lip by hardly more; the template does.
LIP_REACH_M = 0.005
# The upper row throws a soft shadow on the lower, which hides the line between them.
ROW_SHADE, ROW_SHADE_M = 0.55, 0.0035
FADE_IN_PX = 1.2
# Lips that were never seen touching get the dark line of lips that do.
SEAM_SHADE, SEAM_PX = np.array([0.30, 0.42, 0.40], np.float32), 0.9


class MouthInterior:
    """Paints the opening between the lips; one per avatar."""

    def __init__(
        self, avatar: Avatar, template: Template, source: SourceView, lips: LipSheets
    ) -> None:
        model = template.model
        self._parted = lips.source.parted
        self._px_per_m = avatar.camera.focal_px / float(np.median(source.depth))
        own = find_teeth(avatar, model, source, lips.source)
        tone = mouth_tone(avatar, model, source, own)
        closed = avatar.camera.project(template.closed_geometry().vertices)[0]
        drop = self._drops(template, source, closed, lips, own)
        drawn = TemplateMouth(template, source, tone, self._px_per_m)
        tongue, lower, upper = (
            drawn.sprite(part, drop[part])
            for part in (Part.TONGUE, Part.LOWER_TEETH, Part.UPPER_TEETH)
        )
        self._tongue = tongue
        # The template's row of teeth, and over it what the portrait shows of its own.
        self._lower = [lower] + ([own.lower.sprite] if own.lower else [])
        self._upper = [upper] + ([own.upper.sprite] if own.upper else [])
        self._cavity = tone.cavity
        self._seam_shade, self._shade_power = tone.faded(SEAM_SHADE), tone.faded(SHADE_POWER)
        # Where the lips close, in the sprite of the upper teeth.
        middle = (lips.source.mesh.x_left + lips.source.mesh.x_right) / 2
        to_picture = np.concatenate([upper.affine(source.points), [[0, 0, 1]]])
        self._seam = np.linalg.solve(to_picture, np.array([middle, lips.seam_row, 1.0]))

    def _drops(self, template: Template, source: SourceView, closed, lips, own):
        """How many pixels each part is shown below where the template has it."""
        middle = (lips.source.mesh.x_right + lips.source.mesh.x_left) / 2
        drops = {}
        for part, points, edge in (
            (Part.UPPER_TEETH, source.points, np.max),
            (Part.LOWER_TEETH, closed, np.min),
        ):
            vertices = np.unique(template.model.triangles[template.model.part == part])
            front = np.abs(points[vertices, 0] - middle) < INCISORS_M * self._px_per_m
            front &= source.depth[vertices] < source.depth[vertices].min() + INCISORS_M
            wanted = lips.seam_row + INCISAL_M[part] * self._px_per_m
            if part == Part.UPPER_TEETH and own.upper is not None:
                wanted = own.upper.edge_row
            drops[part] = float(wanted - edge(points[vertices[front], 1])) if front.any() else 0.0
        drops[Part.TONGUE] = drops[Part.LOWER_TEETH] + TONGUE_DROP_M * self._px_per_m
        return drops

    def paint(self, picture: np.ndarray, field: Field, line: LipLine) -> None:
        """Draw into `picture` (768, 512, 3) uint8 where the lips are parted."""
        if line.moved <= 0:
            return
        if self._parted:
            self._darken_seam(picture, line)
        if line.opening_px <= 0.2:
            return
        crop, part = _opened(line)
        upper, lower = line.upper[part], line.lower[part]
        rows = crop.rows
        mask = limited(rows - upper + 0.5) * limited(lower - rows + 0.5)
        mask *= limited((lower - upper) / FADE_IN_PX) * line.moved
        colour = self._inside(field, line, crop, upper)
        target, shown = crop.on(picture)
        blend(target, to_srgb_bytes(colour)[shown], mask[shown][..., None])

    def _inside(self, field: Field, line: LipLine, crop: Crop, upper_edge) -> np.ndarray:
        """Cavity, tongue and teeth, linear (H, W, 3)."""
        light = self._light(line, crop, upper_edge)[..., None] ** self._shade_power
        inside = np.broadcast_to(self._cavity, (crop.height, crop.width, 3))
        inside = over(inside, self._tongue.draw(field.points, crop)) * light
        lift_px = self._lift_px(field, line)
        lower = [sprite.draw(field.points, crop) for sprite in self._lower]
        upper = [sprite.draw(field.points, crop, lift_px) for sprite in self._upper]
        shadow = _shadow_below(upper[0][..., 3], ROW_SHADE_M * self._px_per_m)[..., None]
        # The portrait's own teeth are lit already.
        for drawn in (lower[0], upper[0]):
            drawn[..., :3] *= light
        for drawn in lower:
            drawn[..., :3] *= 1 - ROW_SHADE * shadow
        for drawn in lower + upper:
            inside = over(inside, drawn)
        return inside

    def _lift_px(self, field: Field, line: LipLine) -> float:
        """What a lip that rises beyond its reach takes the teeth along, so that it shows them."""
        column, row = self._upper[0].affine(field.points) @ self._seam
        rise = row - float(np.interp(column, line.crop.columns, line.upper))
        return max(rise - LIP_REACH_M * self._px_per_m, 0.0)

    def _light(self, line: LipLine, crop: Crop, upper_edge) -> np.ndarray:
        """The upper lip, the corners and a narrow opening keep light from what lies behind."""
        below = limited((crop.rows - upper_edge) / (LIP_SHADE_M * self._px_per_m))
        columns = crop.columns
        side = np.minimum(columns - line.x_right, line.x_left - columns)
        side = limited(side / (CORNER_SHADE * (line.x_left - line.x_right)))
        wide = min(line.opening_px / (WIDE_OPEN_M * self._px_per_m), 1.0)
        light = (1 - LIP_SHADE * (1 - below)) * (CORNER_LIGHT + (1 - CORNER_LIGHT) * side)
        return light * (NARROW_LIGHT + (1 - NARROW_LIGHT) * wide)

    def _darken_seam(self, picture: np.ndarray, line: LipLine) -> None:
        middle, opening = (line.upper + line.lower) / 2, line.lower - line.upper
        columns = line.crop.columns
        shut = limited(1 - opening / 1.5) * line.moved
        shut *= limited(np.minimum(columns - line.x_right, line.x_left - columns) / 8)
        top, bottom = int(middle.min()) - 4, int(middle.max()) + 5
        crop = Crop(line.crop.left, top, line.crop.width, bottom - top)
        shade = (shut * np.exp(-(((crop.rows - middle) / SEAM_PX) ** 2)))[..., None]
        target, part = crop.on(picture)
        target[:] = (target * (1 - shade[part] * self._seam_shade) + 0.5).astype(np.uint8)


def _opened(line: LipLine) -> tuple[Crop, slice]:
    """The smallest crop that holds the opening, and its columns in those of the line."""
    columns = np.flatnonzero(line.lower - line.upper > 0.02)
    first, last = int(columns[0]), int(columns[-1]) + 1
    top = int(np.floor(line.upper[first:last].min())) - 1
    bottom = int(np.ceil(line.lower[first:last].max())) + 1
    return Crop(line.crop.left + first, top, last - first, bottom - top), slice(first, last)


def _shadow_below(mask: np.ndarray, reach_px: float) -> np.ndarray:
    """(H, W) in [0, 1]: soft shadow under and just below what covers (H, W)."""
    reach = max(round(reach_px), 1)
    grown = cv2.dilate(mask, np.ones((2 * reach + 1, 1), np.uint8))
    return cv2.blur(grown, (3, 2 * reach + 1))
