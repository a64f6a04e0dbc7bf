"""Quick or smooth: how much the avatar waits for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSlider, QWidget

from app.settings import AUTOMATIC
from app.words import mark, tr
from pipeline.latency_target import QUICKEST, SMOOTHEST

DESCRIPTION = mark(
    "Quick answers your voice sooner; smooth hears more before the lips move and forgives a busy"
    " computer."
)
AUTO_DESCRIPTION = mark("As quick as this computer can be without stumbling")
MIDDLE = (QUICKEST + SMOOTHEST) // 2


class SmoothnessSlider(QWidget):
    """A slider from quick to smooth and Auto; emits `changed` with what `Settings` keeps."""

    changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.auto = QCheckBox(tr("A&uto"))
        self.auto.setToolTip(tr(AUTO_DESCRIPTION))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(QUICKEST, SMOOTHEST)
        self.slider.setPageStep(1)
        # Each change starts the run anew, which is no thing to do on the way.
        self.slider.setTracking(False)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setAccessibleName(tr("Quick or smooth"))
        self.slider.setAccessibleDescription(tr(DESCRIPTION))
        self.slider.setToolTip(tr(DESCRIPTION))
        quick, smooth = QLabel(tr("&Quick")), QLabel(tr("Smooth"))
        quick.setBuddy(self.slider)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        for column, widget in enumerate((quick, self.slider, smooth, self.auto)):
            grid.addWidget(widget, 0, column)
        grid.setColumnStretch(1, 1)
        self.show_smoothness(AUTOMATIC)
        self.auto.toggled.connect(self._report)
        self.slider.valueChanged.connect(self._report)

    def show_smoothness(self, smoothness: int) -> None:
        """Show this choice without `changed`."""
        for widget in (self.auto, self.slider):
            widget.blockSignals(True)
        automatic = smoothness == AUTOMATIC
        self.auto.setChecked(automatic)
        self.slider.setEnabled(not automatic)
        self.slider.setValue(MIDDLE if automatic else smoothness)
        for widget in (self.auto, self.slider):
            widget.blockSignals(False)

    def _report(self) -> None:
        smoothness = AUTOMATIC if self.auto.isChecked() else self.slider.value()
        self.slider.setEnabled(smoothness != AUTOMATIC)
        self.changed.emit(smoothness)
