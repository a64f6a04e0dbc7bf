"""A little figure that acts a style out, for its card."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

SYLLABLE_HZ = 3.2
SWAY_HZ = 0.5
USUAL = 0.5


class FigureColours(NamedTuple):
    """What the figure is painted with."""

    skin: QColor
    hair: QColor
    ink: QColor
    clothes: QColor


def paint_figure(
    painter: QPainter,
    room: QRectF,
    knobs: Mapping[str, float],
    time_s: float,
    colours: FigureColours,
) -> None:
    """Paint head, shoulders and hands as they are `time_s` into a sentence.

    room: a square; knobs: by the names of pipeline.knobs, those that miss are as usual
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(room)
    painter.translate(room.topLeft())
    painter.scale(room.width() / 100, room.height() / 100)
    painter.setPen(Qt.PenStyle.NoPen)
    _paint_body(painter, knobs, colours.clothes)
    _paint_head(painter, knobs, time_s, colours)
    _paint_hands(painter, knobs, time_s, colours)
    painter.restore()


def _knob(knobs: Mapping[str, float], name: str) -> float:
    return knobs.get(name, USUAL)


def _sway(knobs: Mapping[str, float], time_s: float, part: float) -> float:
    """A slow wave in [-1, 1], as fast as the tempo; part: shifts it, in turns."""
    pace_hz = SWAY_HZ * (0.5 + _knob(knobs, "tempo"))
    return math.sin(2 * math.pi * (pace_hz * time_s + part))


def _paint_body(painter: QPainter, knobs: Mapping[str, float], clothes: QColor) -> None:
    lift = 8 * (_knob(knobs, "posture") - 0.5)
    path = QPainterPath()
    path.moveTo(8, 112)
    path.cubicTo(8, 76 - lift, 26, 70 - lift, 50, 70 - lift)
    path.cubicTo(74, 70 - lift, 92, 76 - lift, 92, 112)
    painter.setBrush(clothes)
    painter.drawPath(path)


def _paint_head(
    painter: QPainter, knobs: Mapping[str, float], time_s: float, colours: FigureColours
) -> None:
    energy, balance = _knob(knobs, "head_energy"), _knob(knobs, "nod_turn_balance")
    turn = 7 * energy * (1.2 - balance) * _sway(knobs, time_s, 0.0)
    nod = 5 * energy * (0.3 + balance) * _sway(knobs, 2 * time_s, 0.2)
    lift = 10 * (_knob(knobs, "posture") - 0.5)
    painter.save()
    painter.translate(50 + 0.4 * turn, 42 - lift + 0.4 * nod)
    painter.rotate(16 * (_knob(knobs, "tilt") - 0.3) * (0.6 + 0.4 * _sway(knobs, time_s / 2, 0.3)))
    painter.setBrush(colours.skin)
    painter.drawRoundedRect(QRectF(-7, 16, 14, 18), 6, 6)
    painter.drawEllipse(QPointF(0, 0), 22, 26)
    painter.setBrush(colours.hair)
    hair = QPainterPath()
    hair.addEllipse(QPointF(0, -1), 23.5, 27.5)
    parting = QPainterPath()
    parting.addEllipse(QPointF(turn, 14 + nod), 23, 30)
    painter.drawPath(hair.subtracted(parting))
    painter.translate(turn, nod)
    _paint_face(painter, knobs, time_s, colours.ink)
    painter.restore()


def _paint_face(painter: QPainter, knobs: Mapping[str, float], time_s: float, ink: QColor) -> None:
    away = 1 - _knob(knobs, "eye_contact")
    aside = 4 * away * (1 if _sway(knobs, time_s / 2, 0.1) > 1 - 2 * away else 0)
    painter.setBrush(ink)
    painter.setPen(Qt.PenStyle.NoPen)
    for x in (-8, 8):
        painter.drawEllipse(QPointF(x + aside, -4 + aside / 2), 2.2, 2.8)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    raised = 5 * _knob(knobs, "brow") * (0.6 + 0.4 * _sway(knobs, time_s, 0.6))
    for x in (-8, 8):
        painter.drawLine(QPointF(x - 4, -9 - raised), QPointF(x + 4, -9 - raised))
    smile = 5 * (_knob(knobs, "smile") - 0.15)
    beat = abs(math.sin(math.pi * SYLLABLE_HZ * time_s))
    opened = 1.0 + 6 * _knob(knobs, "articulation") * beat * (time_s > 0)
    mouth = QPainterPath(QPointF(-8, 11 - smile / 2))
    mouth.quadTo(0, 11 + smile, 8, 11 - smile / 2)
    mouth.quadTo(0, 11 + smile + 2 * opened, -8, 11 - smile / 2)
    painter.setBrush(ink)
    painter.drawPath(mouth)


def _paint_hands(
    painter: QPainter, knobs: Mapping[str, float], time_s: float, colours: FigureColours
) -> None:
    """The right hand, and the left one where the style uses both."""
    often, far = _knob(knobs, "gesture_rate"), _knob(knobs, "gesture_extent")
    both = _knob(knobs, "two_handedness")
    for side, share in ((-1, 1.0), (1, max(0.0, 2 * both - 0.6))):
        wave = 0.5 + 0.5 * _sway(knobs, time_s, 0.75 + 0.1 * side)
        raised = min(1.0, often * share) * (0.35 + 0.65 * wave)
        place = QPointF(50 + side * (27 + 14 * far * raised), 104 - (16 + 40 * far) * raised)
        sleeve = colours.clothes.darker(118)
        painter.setPen(QPen(sleeve, 9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(50 + side * 33, 108), place + QPointF(0, 5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.skin)
        painter.drawEllipse(place, 6.5, 6.5)
