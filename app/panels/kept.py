"""Where snapshots and recordings are kept."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton

from app.panels.panel import Panel, note
from app.session import Session
from app.words import tr


class KeptPanel(Panel):
    """The folder: another one, or its window."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, tr("Snapshots and recordings"))
        self.folder = note()
        self.folder.setAccessibleName(tr("Folder"))
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.choose = QPushButton(tr("Other folder …"))
        self.open_folder = QPushButton(tr("Open &folder"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_folder)
        buttons.addWidget(self.choose)
        buttons.addStretch(1)
        self.add(self.folder, buttons)
        self.choose.clicked.connect(self.choose_folder)
        self.open_folder.clicked.connect(self.show_folder)
        session.settings_changed.connect(self._show_settings)
        self._show_settings(session.settings)

    def choose_folder(self) -> QFileDialog:
        """Let the user choose another folder."""
        start = str(self.session.captures.folder())
        chooser = QFileDialog(self.window(), tr("Choose a folder"), start)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.fileSelected.connect(lambda path: self.session.change(captures_folder=path))
        chooser.open()
        return chooser

    def show_folder(self) -> None:
        """Open it in the file manager; before the first picture that is the folder around it."""
        folder = self.session.captures.folder()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(_existing(folder))))

    def _show_settings(self, settings: object) -> None:
        self.folder.setText(str(self.session.captures.folder()))


def _existing(folder: Path) -> Path:
    return next((path for path in (folder, *folder.parents) if path.is_dir()), Path.home())
