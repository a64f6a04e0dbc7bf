"""What was kept last, and where it is."""

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
)

from app.captures import Captures
from app.words import tr

SHOWN_MS = 15_000
SECOND_MS = 1000


class CaptureBar(QFrame):
    """One line under the preview: how long it records, or the file and the way to its folder.

    Hidden while there is nothing to say; a file is named for a quarter of a minute.
    """

    def __init__(self, captures: Captures) -> None:
        super().__init__()
        self._captures = captures
        self.setObjectName("capture")
        self.words = QLabel()
        self.words.setAccessibleName(tr("Recording and snapshots"))
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.open_folder = QPushButton(tr("Open &folder"))
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setAccessibleName(tr("Close the line"))
        self.close_button.setToolTip(tr("Close"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 6, 4)
        row.addWidget(self.words, 1)
        row.addWidget(self.open_folder)
        row.addWidget(self.close_button)
        self._since = QElapsedTimer()
        self._tick = QTimer(self, interval=SECOND_MS)
        self._tick.timeout.connect(self._show_time)
        self._leave = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._leave.timeout.connect(self._fade)
        self.open_folder.clicked.connect(self.show_folder)
        self.close_button.clicked.connect(self.hide)
        captures.recording_changed.connect(self._show_recording)
        captures.kept.connect(self._show_kept)
        captures.failed.connect(self._show_failure)
        self.hide()

    def show_folder(self) -> None:
        """Open the folder in the file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._captures.folder())))

    def _show_recording(self, path: Path | None) -> None:
        if path is None:
            self._tick.stop()
            self.hide()
            return
        self._since.start()
        self._tick.start()
        self._leave.stop()
        self._show_time()

    def _show_time(self) -> None:
        minutes, seconds = divmod(self._since.elapsed() // SECOND_MS, 60)
        self._say(tr("Recording {time}", time=f"{minutes}:{seconds:02}"), with_buttons=False)

    def _show_kept(self, path: Path, why_unsigned: str) -> None:
        if self._captures.recording is None:
            if why_unsigned:
                words = tr("Kept, not signed: {file}.", file=path.name) + f" {why_unsigned}"
            else:
                words = tr("Kept and signed: {file}", file=path.name)
            self._say(words, with_buttons=True)
            self._leave.start()

    def _show_failure(self, sentence: str) -> None:
        self._tick.stop()
        self._leave.stop()
        self._say(sentence, with_buttons=True)

    def _say(self, words: str, with_buttons: bool) -> None:
        self.words.setText(words)
        self.words.setToolTip(words)
        self.open_folder.setVisible(with_buttons)
        self.close_button.setVisible(with_buttons)
        self.show()

    def _fade(self) -> None:
        """Go, but not from under the keyboard."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._leave.start()
        else:
            self.hide()
