"""How well the run is doing, in words, along the lower edge of the window."""

from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from app.chain import Readings
from app.latency_panel import LatencyField
from app.words import mark, say, tr
from app.worker import CameraStatus

IDLE = mark("Nothing leaves this computer: voice and picture are made here.")
WAITING = mark("Waiting for the first picture …")
TIERS = {"lite": mark("lite"), "full": mark("full")}


class StatusLine(QStatusBar):
    """Where the picture goes, frame rate, latency and engine; what was lost, on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.words = QLabel()
        self.words.setAccessibleName(tr("Status"))
        self.words.setToolTip(tr("Where the picture goes, and how many a second reach it, of 30"))
        self.latency = LatencyField()
        self.engine = QLabel()
        self.engine.setAccessibleName(tr("Engine"))
        self.engine.setToolTip(tr("What computes, and which renderer draws"))
        self.lost = QLabel()
        self.lost.setToolTip(tr("Pictures that came late or were left out since Start"))
        self.lost.setAccessibleName(tr("Lost pictures"))
        self.addWidget(self.words)
        self.addWidget(self.latency)
        self.addWidget(self.engine)
        self.addPermanentWidget(self.lost)
        self._camera = CameraStatus()
        self._muted = False
        self._readings: Readings | None = None
        self._show()

    def show_readings(self, readings: Readings | None) -> None:
        """Show these; None while nothing runs."""
        self._readings = readings
        self._show()

    def show_camera(self, camera: CameraStatus) -> None:
        """Say where the picture goes."""
        self._camera = camera
        self._show()

    def show_muted(self, muted: bool) -> None:
        """Say whether the avatar hears anything."""
        self._muted = muted
        self._show()

    def _show(self) -> None:
        readings = self._readings
        drawn = readings is not None and readings.tier != ""
        for field in (self.latency, self.engine, self.lost):
            field.setVisible(drawn)
        if readings is None or not drawn:
            self.words.setText(tr(IDLE if readings is None else WAITING))
            return
        tier = tr(TIERS[readings.tier]) if readings.tier in TIERS else say(readings.tier)
        rate = tr("{fps} fps", fps=f"{readings.fps:.0f}")
        self.words.setText(f"{self._place()} · {rate}")
        self.latency.show_readings(readings)
        self.engine.setText(f"{engine(readings.provider)}, {tier}")
        self.lost.setText(
            tr("{dropped} dropped, {late} late", dropped=readings.dropped, late=readings.late)
        )

    def _place(self) -> str:
        if not self._camera.name:
            return tr("Muted, in this window only") if self._muted else tr("Live in this window")
        words = mark("Muted on “{camera}”") if self._muted else mark("Live on “{camera}”")
        return tr(words, camera=self._camera.name)


def engine(provider: str) -> str:
    """The short name of what computes, "torch cuda" or e.g. "CUDAExecutionProvider": the GPU where
    it has a part."""
    if "cuda" in provider.lower():
        return "GPU"
    return provider.replace("ExecutionProvider", "")
