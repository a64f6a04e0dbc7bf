"""The voice for the call: where it is played, how loud, and when."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QWidget,
)  # fmt: skip

from app.chain import Readings
from app.microphone_scan import MicrophoneEntry, MicrophoneScan
from app.output_scan import output_scan
from app.settings import VOICE_GAIN_RANGE, Settings
from app.words import mark, tr

AUTOMATIC = "auto"
AUTOMATIC_TITLE = mark("Automatic (virtual cable)")
PERCENT = 100
DESCRIPTION = mark(
    "Plays your voice on a virtual microphone, as late as the picture, so that people in the call"
    " hear and see you together. Without it the call hears you a little before the lips move."
)
OFF = mark("Off: the call hears your own microphone, a little before the lips.")
READY = mark("Starts together with the avatar.")


class VoiceOutPanel(QWidget):
    """Emits `changed` with the name of a setting and its value, `talking` while the button of
    push-to-talk is held down.

    Loudspeakers as the output would be heard by the microphone again: virtual ones come first.
    """

    changed = Signal(str, object)
    talking = Signal(bool)

    def __init__(self, scan: MicrophoneScan | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scan = scan or output_scan()
        self._scan.finished.connect(self.show_outputs)
        self._outputs: tuple[MicrophoneEntry, ...] = ()
        self._choice = ""
        self.on = QCheckBox(tr("Pass my &voice on, with the lips"))
        self.on.setToolTip(tr(DESCRIPTION))
        self.outputs = _Outputs()
        self.outputs.setAccessibleName(tr("Output of the voice"))
        self.gain = QSlider(Qt.Orientation.Horizontal)
        low, high = VOICE_GAIN_RANGE
        self.gain.setRange(round(low * PERCENT), round(high * PERCENT))
        self.gain.setSingleStep(5)
        self.gain.setPageStep(25)
        self.gain.setAccessibleName(tr("Loudness of the voice"))
        self.loudness = QLabel()
        self.loudness.setObjectName("value")
        self.push_to_talk = QCheckBox(tr("Push to &talk"))
        self.push_to_talk.setToolTip(
            tr("You are heard, and the avatar speaks, only while you hold")
        )
        self.talk = QPushButton(tr("&Hold to talk"))
        self.talk.setToolTip(tr("Hold this, or its key, down while you speak"))
        self.status = QLabel(tr(OFF))
        self.status.setObjectName("voice_status")
        self.status.setWordWrap(True)
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.status.setAccessibleName(tr("Status of the voice"))
        self._lay_out()
        self._connect()

    def show_settings(self, settings: Settings) -> None:
        """Show the user's choices; changes none."""
        widgets = (self.on, self.outputs, self.gain, self.push_to_talk)
        for widget in widgets:
            widget.blockSignals(True)
        self._choice = settings.voice_out or self._choice
        self.on.setChecked(bool(settings.voice_out))
        self._fill()
        self.gain.setValue(round(settings.voice_gain * PERCENT))
        self.push_to_talk.setChecked(settings.push_to_talk)
        for widget in widgets:
            widget.blockSignals(False)
        self.loudness.setText(f"{self.gain.value()} %")
        for widget in (self.outputs, self.gain):
            widget.setEnabled(bool(settings.voice_out))
        self.talk.setVisible(settings.push_to_talk)
        if not settings.voice_out:
            self.status.setText(tr(OFF))
        elif self.status.text() == tr(OFF):
            self.status.setText(tr(READY))

    def show_outputs(self, outputs: tuple[MicrophoneEntry, ...]) -> None:
        """Fill the list; nothing is picked by it."""
        self._outputs = outputs
        self._fill()

    def show_readings(self, readings: Readings | None) -> None:
        """Tell what the call should listen to; None while nothing runs."""
        if not self.on.isChecked():
            self.status.setText(tr(OFF))
        elif readings is None or not (readings.voice_name or readings.voice_fault):
            self.status.setText(tr(READY))
        elif readings.voice_fault:
            self.status.setText(readings.voice_fault)
        else:
            self.status.setText(
                tr(
                    "In your call choose “{name}” as the microphone. Your voice is heard {delay} ms"
                    " late, like the lips.",
                    name=readings.voice_name,
                    delay=f"{readings.voice_delay_s * 1000:.0f}",
                )
            )

    def hideEvent(self, event) -> None:  # noqa: N802
        self._scan.cancel()
        super().hideEvent(event)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        loudness = QLabel(tr("&Loudness"))
        loudness.setBuddy(self.gain)
        self.loudness.setMinimumWidth(self.loudness.fontMetrics().horizontalAdvance("200 % "))
        self.loudness.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self.on, 0, 0, 1, 3)
        grid.addWidget(self.outputs, 1, 0, 1, 3)
        grid.addWidget(loudness, 2, 0)
        grid.addWidget(self.gain, 2, 1)
        grid.addWidget(self.loudness, 2, 2)
        grid.addWidget(self.push_to_talk, 3, 0, 1, 2)
        grid.addWidget(self.talk, 4, 0, 1, 3)
        grid.addWidget(self.status, 5, 0, 1, 3)

    def _connect(self) -> None:
        self.on.toggled.connect(
            lambda on: self.changed.emit("voice_out", (self._choice or AUTOMATIC) if on else "")
        )
        self.outputs.activated.connect(
            lambda index: self.changed.emit("voice_out", self.outputs.itemData(index))
        )
        self.outputs.opened.connect(self._scan.start)
        self.gain.valueChanged.connect(self._report_gain)
        self.push_to_talk.toggled.connect(lambda on: self.changed.emit("push_to_talk", on))
        self.talk.pressed.connect(lambda: self.talking.emit(True))
        self.talk.released.connect(lambda: self.talking.emit(False))

    def _report_gain(self, percent: int) -> None:
        self.loudness.setText(f"{percent} %")
        self.changed.emit("voice_gain", percent / PERCENT)

    def _fill(self) -> None:
        self.outputs.clear()
        self.outputs.addItem(tr(AUTOMATIC_TITLE), AUTOMATIC)
        for output in self._outputs:
            name = f"{output.name}, {output.host_api}"
            self.outputs.addItem(name, name)
        index = self.outputs.findData(self._choice or AUTOMATIC)
        if index < 0:
            self.outputs.addItem(tr("{name} (not connected)", name=self._choice), self._choice)
            index = self.outputs.count() - 1
        self.outputs.setCurrentIndex(index)


class _Outputs(QComboBox):
    """A drop-down that asks for a fresh list when it is opened."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(12)

    def showPopup(self) -> None:  # noqa: N802
        self.opened.emit()
        super().showPopup()
