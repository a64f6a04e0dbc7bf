"""How much of the person is seen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider

from app.panels.panel import Panel, named
from app.panels.segments import Segments
from app.session import Session
from app.settings import ZOOM_RANGE
from app.words import mark, tr

PERCENT = 100
FRAMINGS = (
    ("portrait", mark("Portrait"), mark("In full sharpness, from the head to the waist")),
    ("fit", mark("Whole"), mark("Everything that the portrait shows")),
    ("shoulders", mark("Shoulders"), mark("Head and shoulders, close")),
)


class FramingPanel(Panel):
    """Framing and zoom."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Framing"))
        self.framings = Segments(tr("Framing"), FRAMINGS)
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        low, high = ZOOM_RANGE
        self.zoom.setRange(round(low * PERCENT), round(high * PERCENT))
        self.zoom.setSingleStep(5)
        self.zoom.setPageStep(25)
        self.zoom.setAccessibleName(tr("Zoom"))
        self.zoom.setAccessibleDescription(tr("Brings the face closer"))
        self.zoom.setToolTip(tr("Brings the face closer"))
        self.percent = QLabel()
        self.percent.setObjectName("value")
        self.percent.setMinimumWidth(self.percent.fontMetrics().horizontalAdvance("200 % "))
        self.percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(named(tr("&Zoom"), self.zoom))
        row.addWidget(self.zoom, 1)
        row.addWidget(self.percent)
        self.add(self.framings, row)
        self.framings.chosen.connect(lambda framing: session.change(framing=framing))
        self.zoom.valueChanged.connect(lambda percent: session.change(zoom=percent / PERCENT))
        session.settings_changed.connect(self._show_settings)
        self._show_settings(session.settings)

    def _show_settings(self, settings: object) -> None:
        chosen = self.session.settings
        self.framings.show_value(chosen.framing)
        self.zoom.blockSignals(True)
        self.zoom.setValue(round(chosen.zoom * PERCENT))
        self.zoom.blockSignals(False)
        self.percent.setText(f"{self.zoom.value()} %")
