"""Where the time between the microphone and the camera goes: a field that opens a small panel."""

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.chain import Readings
from app.theme import current_theme
from app.words import mark, tr

LEG_TITLES = {
    "capture": (
        mark("Sound card"),
        mark("until the sound is here; also while the picture before is held"),
    ),
    "look_ahead": (mark("Look-ahead"), mark("what the lips hear before they move")),
    "motion": (mark("Motion"), mark("finding how face and body move")),
    "picture": (mark("Picture"), mark("drawing the avatar")),
    "buffer": (mark("Buffer"), mark("in hand, so that pictures leave evenly")),
    "camera": (mark("Camera"), mark("until the driver has the picture")),
}
DESCRIPTION = mark("From the microphone to the camera: half of the pictures take less")
BAR_WIDTH_PX = 120
BAR_HEIGHT_PX = 8
GAP_PX = 6


class LatencyField(QToolButton):
    """The latency in the status line; a click shows its parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("latency")
        self.setAutoRaise(True)
        self.setCheckable(True)
        self.setAccessibleName(tr("Latency"))
        self.setAccessibleDescription(tr(DESCRIPTION))
        self.setToolTip(tr(DESCRIPTION))
        self.panel = LatencyPanel(self)
        self.panel.hide()
        self.clicked.connect(self._open)

    def show_readings(self, readings: Readings) -> None:
        """Show these of a running chain."""
        self.setText(f"{readings.median_latency_s * 1000:.0f} ms")
        self.panel.show_readings(readings)
        self.setToolTip("\n".join([tr(DESCRIPTION), *self.panel.lines()]))

    def _open(self) -> None:
        self.setChecked(False)
        self.panel.adjustSize()
        corner = self.mapToGlobal(QPoint(0, -self.panel.height() - GAP_PX))
        self.panel.move(corner)
        self.panel.show()
        self.panel.setFocus()


class LatencyPanel(QFrame):
    """Median and 95th percentile, and a bar for each leg of the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAccessibleName(tr("Parts of the latency"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(8)
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        column.addWidget(self.heading)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        column.addLayout(grid)
        self._values: dict[str, QLabel] = {}
        self._bars: dict[str, _Bar] = {}
        for row, (leg, (words, meaning)) in enumerate(LEG_TITLES.items()):
            title, description = tr(words), tr(meaning)
            name, bar, value = QLabel(title), _Bar(), QLabel()
            value.setObjectName("value")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            for column_index, widget in enumerate((name, bar, value)):
                widget.setToolTip(f"{title}: {description}")
                grid.addWidget(widget, row, column_index)
            value.setAccessibleName(title)
            self._values[leg], self._bars[leg] = value, bar

    def show_readings(self, readings: Readings) -> None:
        """Show these of a running chain."""
        median_ms, slow_ms = readings.median_latency_s * 1e3, readings.latency_s * 1e3
        self.heading.setText(
            tr(
                "{median} ms as a rule, {slow} ms at most (95 of 100)",
                median=f"{median_ms:.0f}",
                slow=f"{slow_ms:.0f}",
            )
        )
        legs = dict(readings.legs_ms)
        before_ms, whole_ms = 0.0, max(sum(legs.values()), 1e-3)
        for leg, value in self._values.items():
            leg_ms = legs.get(leg, 0.0)
            value.setText(f"{leg_ms:.0f} ms")
            self._bars[leg].show_part(before_ms / whole_ms, (before_ms + leg_ms) / whole_ms)
            before_ms += leg_ms

    def lines(self) -> list[str]:
        """The same in words."""
        legs = [f"{tr(LEG_TITLES[leg][0])}: {value.text()}" for leg, value in self._values.items()]
        return [self.heading.text(), *legs]


class _Bar(QWidget):
    """Where a leg lies within the whole way."""

    def __init__(self) -> None:
        super().__init__()
        self._part = (0.0, 0.0)
        self.setFixedSize(BAR_WIDTH_PX, BAR_HEIGHT_PX + 6)

    def show_part(self, start: float, end: float) -> None:
        self._part = (start, end)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        theme, (start, end) = current_theme(), self._part
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top, radius = (self.height() - BAR_HEIGHT_PX) / 2, BAR_HEIGHT_PX / 2
        painter.setBrush(QColor(theme.raised))
        painter.drawRoundedRect(QRectF(0, top, self.width(), BAR_HEIGHT_PX), radius, radius)
        painter.setBrush(QColor(theme.accent))
        width = max((end - start) * self.width(), 2.0)
        painter.drawRoundedRect(
            QRectF(start * self.width(), top, width, BAR_HEIGHT_PX), radius, radius
        )
