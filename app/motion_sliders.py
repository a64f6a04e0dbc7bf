"""How strongly the avatar moves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSlider, QWidget

from app.settings import INTENSITY_RANGE
from app.words import mark, tr

PERCENT = 100
ROWS = (
    ("expression", mark("E&xpression"), mark("How strongly the face shows what the voice does")),
    ("head", mark("&Head"), mark("How much the head moves")),
    ("gesture", mark("&Gesture"), mark("How much shoulders, arms and hands move")),
)


class MotionSliders(QWidget):
    """Three sliders in percent; emits `changed` with (name, intensity) as the user moves one."""

    changed = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.sliders: dict[str, QSlider] = {}
        self._values: dict[str, QLabel] = {}
        for row, (name, title, description) in enumerate(ROWS):
            self._add_row(grid, row, name, tr(title), tr(description))

    def show_intensity(self, name: str, intensity: float) -> None:
        """Move a slider without `changed`."""
        slider = self.sliders[name]
        slider.blockSignals(True)
        slider.setValue(round(intensity * PERCENT))
        slider.blockSignals(False)
        self._values[name].setText(f"{slider.value()} %")

    def _add_row(
        self, grid: QGridLayout, row: int, name: str, title: str, description: str
    ) -> None:
        slider = QSlider(Qt.Orientation.Horizontal)
        low, high = INTENSITY_RANGE
        slider.setRange(round(low * PERCENT), round(high * PERCENT))
        slider.setSingleStep(5)
        slider.setPageStep(25)
        slider.setAccessibleName(title.replace("&", ""))
        slider.setAccessibleDescription(description)
        slider.setToolTip(description)
        slider.valueChanged.connect(lambda percent: self._report(name, percent))
        label = QLabel(title)
        label.setBuddy(slider)
        label.setToolTip(description)
        value = QLabel()
        value.setObjectName("value")
        value.setMinimumWidth(value.fontMetrics().horizontalAdvance("200 % "))
        value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(label, row, 0)
        grid.addWidget(slider, row, 1)
        grid.addWidget(value, row, 2)
        self.sliders[name] = slider
        self._values[name] = value

    def _report(self, name: str, percent: int) -> None:
        self._values[name].setText(f"{percent} %")
        self.changed.emit(name, percent / PERCENT)
