"""Where the picture goes."""

import html
import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.theme import current_theme
from app.words import say, tr
from app.worker import CameraStatus

DOT_PX = 10


class CameraLine(QWidget):
    """One line on the virtual camera: which one to choose in the call, or how to get one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot = _Dot()
        self.label = QLabel(tr("Looking for a virtual camera …"))
        self.label.setObjectName("camera_advice")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.label.setAccessibleName(tr("Camera status"))
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)

    def show_status(self, status: CameraStatus) -> None:
        """Show what became of the camera."""
        if status.name:
            text = tr("Choose “{name}” as the camera in your call.", name=status.name)
        elif status.advice:
            text = f"{_without_reasons(say(status.advice))} {tr('The preview works without it.')}"
        else:
            text = tr("Off: the avatar is shown in this window only.")
        self.label.setText(_with_commands(text))
        self.label.setToolTip(html.escape(say(status.advice)))
        self._dot.show_colour("good" if status.name else "warning" if status.advice else "subtle")


def _without_reasons(advice: str) -> str:
    """What to do, without what each driver answered; the tool tip keeps that."""
    return re.sub(r" \(.*\)(?=; )", "", advice)


def _with_commands(text: str) -> str:
    """Rich text in which what stands between backticks looks like something to type."""
    return re.sub("`([^`]*)`", r"<code><b>\1</b></code>", html.escape(text))


class _Dot(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._colour = "subtle"
        self.setFixedSize(QSize(DOT_PX, DOT_PX + 8))

    def show_colour(self, colour: str) -> None:
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(current_theme(), self._colour)))
        painter.drawEllipse(QRectF(1, 5, DOT_PX - 2, DOT_PX - 2))
