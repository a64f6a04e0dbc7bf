"""Buttons that show a small drawing instead of words."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.theme import current_theme

SIZE_PX = 46
DRAWING_PX = 22.0

Draw = Callable[[QPainter, QColor, bool], None]


class IconButton(QPushButton):
    """`draw(painter, colour, checked)` paints into the square (0, 0, 22, 22)."""

    def __init__(self, draw: Draw, name: str, description: str) -> None:
        super().__init__()
        self._draw = draw
        self.setObjectName("icon")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say(name, description)

    def say(self, name: str, description: str) -> None:
        """Name for screen readers, and the words of the tool tip."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setToolTip(description)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(SIZE_PX, SIZE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate((self.width() - DRAWING_PX) / 2, (self.height() - DRAWING_PX) / 2)
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        self._draw(painter, QColor(theme.text), self.isChecked())


def draw_snapshot(painter: QPainter, colour: QColor, checked: bool) -> None:
    """A photo camera."""
    painter.setPen(QPen(colour, 1.8))
    painter.drawRoundedRect(QRectF(1, 5.5, 20, 14), 3, 3)
    painter.drawEllipse(QPointF(11, 12.5), 4, 4)
    painter.drawLine(QPointF(8, 3), QPointF(14, 3))


def draw_record(painter: QPainter, colour: QColor, checked: bool) -> None:
    """A red disc; while it records, a square that stops it."""
    red = QColor(current_theme().danger)
    painter.setPen(QPen(colour, 1.8))
    painter.drawEllipse(QPointF(11, 11), 10, 10)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(red)
    if checked:
        painter.drawRoundedRect(QRectF(7, 7, 8, 8), 1.5, 1.5)
    else:
        painter.drawEllipse(QPointF(11, 11), 6.5, 6.5)
