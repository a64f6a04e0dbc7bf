"""A colour that can be chosen."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.theme import current_theme

SIZE_PX = 26


class Swatch(QAbstractButton):
    """A round patch of the colour "#rrggbb"; a ring marks the one that is chosen."""

    def __init__(self, colour: str, name: str) -> None:
        super().__init__()
        self.colour = colour
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(SIZE_PX, SIZE_PX)

    def nextCheckState(self) -> None:  # noqa: N802
        """The settings say which one is chosen, not the click."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect())
        painter.setPen(QPen(QColor(theme.border), 1.0))
        painter.setBrush(QColor(self.colour))
        painter.drawEllipse(room.adjusted(4, 4, -4, -4))
        if self.isChecked() or self.hasFocus():
            ring = theme.text if self.hasFocus() else theme.accent
            painter.setPen(QPen(QColor(ring), 2.0))
            painter.setBrush(QColor(0, 0, 0, 0))
            painter.drawEllipse(room.adjusted(1.5, 1.5, -1.5, -1.5))
