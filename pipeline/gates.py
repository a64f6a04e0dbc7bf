"""Where networks may repaint the explicit composite, and how much: never where it is as good.

Everything that is as in the portrait has closed gates, so that a portrait that does not move comes
out as it is, whatever a network says.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from pipeline.avatar import Avatar
from pipeline.crop import Crop
from pipeline.gate import Gate
from pipeline.motion_field import Field
from pipeline.rates import FIELD_STRIDE_PX, FRAME_HEIGHT_PX, FRAME_WIDTH_PX
from pipeline.renderer import Composite
from pipeline.template import Part, Template

SHRINK = 2
WIDTH, HEIGHT = FRAME_WIDTH_PX // SHRINK, FRAME_HEIGHT_PX // SHRINK
# Around the opening of the mouth, in shares of its width: what lips change when they move.
LIP_REACH, CORNER_REACH = 0.20, 0.10
# Around an eye's lids, in shares of their width.
LID_REACH, LID_CORNER_REACH = 0.28, 0.12
HAND_MARGIN_PX, HAND_SHADOW_PX = 5, 26
# What moved by this much is repainted at all, and freely.
MOVED_PX = (0.5, 3.0)
SOFT_SIGMA_CELLS = 1.2
# So far about a cell its share of the head's skin is decided.
HEAD_MARGIN_CELLS = 10
# Jaw against neck: flows this far apart, in px.
APART_PX = (1.0, 5.0)
# A face that acts or turns as much as this is certainly lit otherwise.
ACTION, TURN_RAD = 0.35, 0.2
NO_SECOND_MAP: Any = None


@dataclass(frozen=True, slots=True)
class Guide:
    """What a network is given beside the composite.

    gates (384, 256, 6) uint8, a channel for each Gate, 0 shut to 255 open
    hands (384, 256, 4) uint8: normals of the rendered hands in the picture's axes (x right, y up,
    z to the viewer; 128 is zero) and their opacity, all zero where no hand is
    """

    gates: np.ndarray
    hands: np.ndarray


@dataclass(frozen=True, slots=True)
class _Slit:
    """Lips or lids: rows (W,) of the upper and the lower one in the columns of a crop, and how far
    the gate opens in each column, [0, 1]."""

    crop: Crop
    upper: np.ndarray
    lower: np.ndarray
    across: np.ndarray

    def open(self, gate: np.ndarray, reach_px: float) -> None:
        """Raise a gate (384, 256) between the two and, less and less, up to `reach_px` off them."""
        crop = self.crop
        outside = np.maximum(self.upper[None] - crop.rows, crop.rows - self.lower[None])
        inside = np.clip(1 - outside / reach_px, 0, 1) * self.across[None]
        coarse = Crop(*(side // SHRINK for side in (crop.left, crop.top, crop.width, crop.height)))
        size = (coarse.width, coarse.height)
        small = cv2.resize(inside.astype(np.float32), size, interpolation=cv2.INTER_AREA)
        target, part = coarse.on(gate)
        np.maximum(target, small[part], out=target)


class Gates:
    """Composite in, guide out; one per avatar."""

    def __init__(self, avatar: Avatar, template: Template) -> None:
        cells = (FRAME_WIDTH_PX // FIELD_STRIDE_PX, FRAME_HEIGHT_PX // FIELD_STRIDE_PX)
        self._matte = cv2.resize(avatar.matte, cells, interpolation=cv2.INTER_AREA)
        self._cells = np.stack(np.meshgrid(*map(np.arange, cells)), -1).astype(np.float32)
        self._head = template.model.joint_names.index("head")
        still = template.source_geometry()
        self._turned, self._expression = still.rotations[self._head], still.actions

    def guide(self, composite: Composite) -> Guide:
        """Gates and hands of one frame."""
        gates = np.zeros((len(Gate), HEIGHT, WIDTH), np.float32)
        field = composite.field
        self._open_slits(composite, gates[Gate.MOUTH], gates[Gate.LIDS])
        hands = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
        if composite.hands is not None:
            composite.hands.put_surface(hands)
            gates[Gate.HANDS] = _about_hands(hands[..., 3])
        matte, moved = self._moved_matte(field)
        head = _head_skin(field.part)
        gates[Gate.RIMS] = _larger(_rims(field, matte, moved))
        gates[Gate.FACE] = _larger(head * self._changed(field))
        gates[Gate.BODY] = _larger(matte * moved * (1 - head))
        return Guide(cv2.merge([cv2.convertScaleAbs(gate, alpha=255) for gate in gates]), hands)

    def of_face(self, composite: Composite, corner: tuple[int, int], size_px: int) -> np.ndarray:
        """(3, n / 2, n / 2) float32 in [0, 1]: MOUTH, LIDS and FACE of a square of n px alone, at
        a small part of the cost; corner: its column and row, whole cells."""
        opened = np.zeros((2, HEIGHT, WIDTH), np.float32)
        self._open_slits(composite, *opened)
        (left, top), size = (at // SHRINK for at in corner), size_px // SHRINK
        made = np.zeros((3, size, size), np.float32)
        made[:2] = opened[:, top : top + size, left : left + size]
        if changed := self._changed(composite.field):
            made[2] = changed * _head_in(composite.field.part, corner, size)
        return np.minimum(made, 1, out=made)

    def _open_slits(self, composite: Composite, mouth: np.ndarray, lids: np.ndarray) -> None:
        """Open both gates (384, 256)."""
        line = composite.line
        reach = max(line.x_left - line.x_right, 1.0)
        across = _between(line.crop.columns, line.x_right, line.x_left, CORNER_REACH * reach)
        _Slit(line.crop, line.upper, line.lower, across * line.moved).open(mouth, LIP_REACH * reach)
        for eye, moved in zip(composite.eyes, composite.eyes_moved, strict=True):
            low, high = eye.curves.corners_x
            span = max(high - low, 1.0)
            across = _between(eye.crop.columns, low, high, LID_CORNER_REACH * span)
            _Slit(eye.crop, eye.upper, eye.lower, across * moved).open(lids, LID_REACH * span)

    def _moved_matte(self, field: Field) -> tuple[np.ndarray, np.ndarray]:
        """(192, 128) in [0, 1]: how much of a cell is the person, and whether it has moved."""
        at = cv2.scaleAdd(field.flow, 1 / FIELD_STRIDE_PX, self._cells)
        matte = cv2.remap(
            self._matte, at, NO_SECOND_MAP, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        distance = np.hypot(field.flow[..., 0], field.flow[..., 1])
        return matte.astype(np.float32) / 255, _ramp(distance, MOVED_PX)

    def _changed(self, field: Field) -> float:
        """[0, 1]: how far expression or light of the face differ from the portrait's."""
        geometry = field.geometry
        acted = float(np.abs(geometry.actions - self._expression).max()) / ACTION
        turn = geometry.rotations[self._head] @ self._turned.T
        angle = np.arccos(np.clip((np.trace(turn) - 1) / 2, -1, 1))
        return min(max(acted, float(angle) / TURN_RAD), 1.0)


def _head_skin(part: np.ndarray) -> np.ndarray:
    """(h, w) in [0, 1], of the parts (h, w) that cells show: the mesh's head."""
    # Points of the mesh lie in most cells only.
    head = (part == Part.HEAD).astype(np.float32)
    head = cv2.morphologyEx(head, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    head = cv2.erode(head, np.ones((3, 3), np.uint8))
    return cv2.GaussianBlur(head, (0, 0), SOFT_SIGMA_CELLS)


def _head_in(part: np.ndarray, corner: tuple[int, int], size: int) -> np.ndarray:
    """(n, n) of the gates: the same in a square, from the cells about it."""
    step = FIELD_STRIDE_PX // SHRINK
    left, top = (at // FIELD_STRIDE_PX for at in corner)
    around = (size // step + 2 * HEAD_MARGIN_CELLS,) * 2
    near = Crop(left - HEAD_MARGIN_CELLS, top - HEAD_MARGIN_CELLS, *around)
    head = _head_skin(near.on(part)[0])
    large = cv2.resize(head, None, fx=step, fy=step, interpolation=cv2.INTER_LINEAR)
    row, column = (
        (at - max(first, 0)) * step for at, first in ((top, near.top), (left, near.left))
    )
    return large[row : row + size, column : column + size]


def _rims(field: Field, matte: np.ndarray, moved: np.ndarray) -> np.ndarray:
    """(192, 128) in [0, 1]: outlines that moved, and where the jaw has come off the neck."""
    around = np.ones((3, 3), np.uint8)
    rim = (cv2.dilate(matte, around) - cv2.erode(matte, around)) * moved
    apart = field.front - field.flow
    neck = _ramp(np.hypot(apart[..., 0], apart[..., 1]), APART_PX) * (matte > 0)
    wide = cv2.dilate(np.maximum(rim, neck), around)
    return np.minimum(cv2.GaussianBlur(wide, (0, 0), SOFT_SIGMA_CELLS), 1)


def _between(columns: np.ndarray, low: float, high: float, margin: float) -> np.ndarray:
    """(W,): 1 between two columns, falling to 0 over the margin beyond them."""
    outside = np.maximum(low - columns, columns - high)
    return np.clip(1 - outside / margin, 0, 1)


def _about_hands(opacity: np.ndarray) -> np.ndarray:
    """(384, 256) of the hands' opacity (384, 256) uint8: hands, and at half strength what is about
    them, where their shadow falls."""
    close = cv2.dilate(opacity, np.ones((HAND_MARGIN_PX,) * 2, np.uint8)).astype(np.float32) / 255
    near = cv2.blur(close, (HAND_SHADOW_PX,) * 2)
    return np.maximum(cv2.blur(close, (3, 3)), np.minimum(near, 0.5))


def _ramp(values: np.ndarray, limits: tuple[float, float]) -> np.ndarray:
    low, high = limits
    return np.clip((values - low) * np.float32(1 / (high - low)), 0, 1)


def _larger(cells: np.ndarray) -> np.ndarray:
    return cv2.resize(cells, (WIDTH, HEIGHT), interpolation=cv2.INTER_LINEAR)
