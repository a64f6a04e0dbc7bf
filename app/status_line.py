"""How well the run is doing, along the lower edge of the window."""

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from app.chain import Readings
from app.latency_panel import LatencyField
from pipeline.rates import FPS

IDLE = "Nothing leaves this computer: voice and picture are made here."
WAITING = "Waiting for the first picture …"


class StatusLine(QStatusBar):
    """Frame rate, latency, dropped frames and engine of the run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.rate = _field("Pictures a second that reach the camera, of 30")
        self.latency = LatencyField()
        self.lost = _field("Pictures that came late or were left out since Start")
        self.engine = _field("What draws and computes")
        self.addWidget(self.rate)
        self.addWidget(self.latency)
        self.addWidget(self.lost)
        self.addPermanentWidget(self.engine)
        self.show_readings(None)

    def show_readings(self, readings: Readings | None) -> None:
        """Show these; None while nothing runs."""
        drawn = readings is not None and readings.tier != ""
        for field in (self.latency, self.lost, self.engine):
            field.setVisible(drawn)
        if readings is None or not drawn:
            self.rate.setText(IDLE if readings is None else WAITING)
            return
        self.rate.setText(f"{readings.fps:.0f} of {FPS} fps")
        self.latency.show_readings(readings)
        self.lost.setText(f"{readings.dropped} dropped, {readings.late} late")
        self.engine.setText(f"{readings.tier} tier on {_engine(readings.provider)}")


def _engine(provider: str) -> str:
    """The short name of what ONNX Runtime calls e.g. "CUDAExecutionProvider"."""
    return provider.replace("ExecutionProvider", "")


def _field(description: str) -> QLabel:
    label = QLabel()
    label.setToolTip(description)
    label.setAccessibleDescription(description)
    return label
