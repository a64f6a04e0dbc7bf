"""Which microphone is heard."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.microphone_scan import MicrophoneEntry
from app.words import mark, tr

DEFAULT_TITLE = mark("System default")
# ALSA's own name for it, which says nothing more.
ALSA_DEFAULT = "default"


class MicrophonePicker(QComboBox):
    """Drop-down of microphones; emits `picked` with (name, host api) when the user chooses one.

    `opened` asks for a fresh list: devices come and go.
    """

    picked = Signal(str, str)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Microphone"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(12)
        self._choice = ("", "")
        self._microphones: tuple[MicrophoneEntry, ...] = ()
        self._fill()
        self.activated.connect(lambda index: self.picked.emit(*self.itemData(index)))

    def show_microphones(self, microphones: tuple[MicrophoneEntry, ...]) -> None:
        """Fill the list; nothing is picked by it."""
        if microphones != self._microphones:
            self._microphones = microphones
            self._fill()

    def show_choice(self, name: str, host_api: str) -> None:
        """Mark this microphone; one that is unplugged stays in the list, marked so."""
        if (name, host_api) != self._choice:
            self._choice = (name, host_api)
            self._fill()

    def showPopup(self) -> None:  # noqa: N802
        self.opened.emit()
        super().showPopup()

    def _default_title(self) -> str:
        chosen = [microphone.name for microphone in self._microphones if microphone.default]
        if not chosen or chosen[0] == ALSA_DEFAULT:
            return tr(DEFAULT_TITLE)
        return f"{tr(DEFAULT_TITLE)} ({chosen[0]})"

    def _fill(self) -> None:
        self.clear()
        self.addItem(self._default_title(), ("", ""))
        apis = {microphone.host_api for microphone in self._microphones}
        for microphone in self._microphones:
            if microphone.default and microphone.name == ALSA_DEFAULT:
                continue
            title = microphone.name
            if len(apis) > 1:
                title = f"{title} ({microphone.host_api})"
            self.addItem(title, (microphone.name, microphone.host_api))
        name, host_api = self._choice
        found = [index for index in range(self.count()) if self.itemData(index) == self._choice]
        if not found:
            self.addItem(tr("{name} (not connected)", name=name), (name, host_api))
            found = [self.count() - 1]
        self.setCurrentIndex(found[0])
        self.setToolTip(self.currentText())
