"""The main window: preview, controls, Start and Mute."""

from base64 import b64decode, b64encode
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from app.avatar_picker import AvatarPicker
from app.control_panel import ControlPanel
from app.icon import application_icon
from app.import_dialog import ImportDialog
from app.message_bar import MessageBar
from app.preview import Preview
from app.session import Session, SessionState
from app.status_line import StatusLine

START_SIZE_PX = (1120, 708)
SMALLEST_SIZE_PX = (720, 540)
STATE_TITLES = {
    SessionState.STOPPED: "",
    SessionState.STARTING: "starting",
    SessionState.RUNNING: "live",
    SessionState.MUTED: "muted",
    SessionState.STOPPING: "stopping",
    SessionState.ERROR: "stopped",
}
DROP_HINT = "Drop the picture to make an avatar of it."
PICTURES = "Pictures (*.png *.jpg *.jpeg *.webp *.heic *.heif *.bmp *.tif *.tiff *.gif *.avif)"
HINTS = {
    SessionState.STOPPED: "Press Start and talk.",
    SessionState.STARTING: "Waking up …",
    SessionState.MUTED: "Muted: your avatar hears nothing.",
    SessionState.STOPPING: "Stopping …",
}


class Window(QMainWindow):
    """Shows the session and calls its methods; `closed` tells that the user closed it."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowIcon(application_icon())
        self.setMinimumSize(*SMALLEST_SIZE_PX)
        self.message = MessageBar()
        self.preview = Preview(session.latest_frame)
        self.avatars = AvatarPicker()
        self.import_button = QPushButton("Your own\npicture …")
        self.import_button.setObjectName("import")
        self.import_button.setToolTip("Make an avatar from a picture (or drop one here)")
        self.panel = ControlPanel(session)
        self.start = QPushButton("&Start")
        self.start.setObjectName("start")
        self.start.setDefault(True)
        self.mute = QPushButton("&Mute")
        self.mute.setObjectName("mute")
        self.mute.setCheckable(True)
        self.mute.setToolTip("The avatar goes on living but hears nothing (Ctrl+M)")
        self.mute.setShortcut("Ctrl+M")
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self._lay_out()
        self._connect()
        self._restore_geometry()
        self.start.setFocus()
        self.setAcceptDrops(True)

    def remember_geometry(self) -> None:
        """Put size and position into the settings."""
        geometry = b64encode(self.saveGeometry().data()).decode("ascii")
        self._session.change(geometry=geometry)

    def bring_to_front(self) -> None:
        """Show the window wherever it is."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def import_picture(self, path: Path) -> ImportDialog:
        """Show the dialog that makes an avatar of a picture file."""
        self._session.picture_import.open(path)
        dialog = ImportDialog(self._session, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def choose_picture(self) -> QFileDialog:
        """Let the user choose a picture file."""
        chooser = QFileDialog(self, "Choose a picture", str(Path.home()), f"{PICTURES};;All (*)")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda path: self.import_picture(Path(path)))
        chooser.open()
        return chooser

    def ask_removal(self, name: str) -> QMessageBox:
        """Remove an avatar of the user's own, once that was confirmed."""
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("Remove avatar")
        box.setText(f"Remove the avatar {name}? Its files are deleted; your picture is not.")
        remove = box.addButton("&Remove", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(lambda: self._session.picture_import.remove(name))
        box.open()
        return box

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if _dropped_file(event) is not None:
            event.acceptProposedAction()
            self.preview.set_hint(DROP_HINT)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self._show_state(self._session.state)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self._show_state(self._session.state)
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.import_picture(path)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self.remember_geometry()
        event.accept()
        self.closed.emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self.start, 2)
        buttons.addWidget(self.mute, 1)
        stage = QVBoxLayout()
        stage.setSpacing(14)
        stage.addWidget(self.preview, 1)
        stage.addLayout(buttons)
        gallery = QHBoxLayout()
        gallery.setSpacing(10)
        gallery.addWidget(self.avatars, 1)
        gallery.addWidget(self.import_button, 0, Qt.AlignmentFlag.AlignTop)
        stage.addLayout(gallery)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(stage, 1)
        row.addWidget(self.panel)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(16, 16, 10, 12)
        column.setSpacing(12)
        column.addWidget(self.message)
        column.addLayout(row, 1)
        self.setCentralWidget(centre)
        QWidget.setTabOrder(self.start, self.mute)
        QWidget.setTabOrder(self.mute, self.avatars)
        QWidget.setTabOrder(self.avatars, self.import_button)
        QWidget.setTabOrder(self.import_button, self.panel.styles)

    def _connect(self) -> None:
        session = self._session
        self.start.clicked.connect(session.toggle)
        self.avatars.picked.connect(session.set_avatar)
        self.avatars.removal_asked.connect(self.ask_removal)
        self.import_button.clicked.connect(self.choose_picture)
        self.mute.toggled.connect(session.set_muted)
        self.message.dismissed.connect(session.dismiss_message)
        session.state_changed.connect(self._show_state)
        session.settings_changed.connect(self._show_settings)
        session.catalogue_changed.connect(self._show_catalogue)
        session.still_changed.connect(self.preview.set_still)
        session.muted_changed.connect(self._show_muted)
        session.readings_changed.connect(self.status.show_readings)
        session.message_changed.connect(self.message.show_message)
        self._show_catalogue(session.catalogue)
        self._show_muted(session.muted)
        self._show_state(session.state)
        self.preview.set_still(session.still)
        self.message.show_message(session.message)

    def _show_state(self, state: SessionState) -> None:
        title = STATE_TITLES[state]
        self.setWindowTitle(f"ChatAnyone — {title}" if title else "ChatAnyone")
        active = state.is_active
        self.start.setText("&Stop" if active else "&Start")
        self.start.setEnabled(state is not SessionState.STOPPING)
        self.start.setAccessibleDescription("Ends the avatar" if active else "Wakes the avatar up")
        if self.start.property("live") != active:
            self.start.setProperty("live", active)
            self.start.style().unpolish(self.start)
            self.start.style().polish(self.start)
        self.mute.setEnabled(active)
        self.preview.set_hint(HINTS.get(state, ""))

    def _show_muted(self, muted: bool) -> None:
        self.mute.blockSignals(True)
        self.mute.setChecked(muted)
        self.mute.blockSignals(False)
        self.mute.setText("Un&mute" if muted else "&Mute")
        self.mute.setShortcut("Ctrl+M")

    def _show_settings(self, settings: object) -> None:
        self.preview.set_mirrored(self._session.settings.mirror_preview)
        self.avatars.show_choice(self._session.settings.avatar)

    def _show_catalogue(self, catalogue: object) -> None:
        self.avatars.show_avatars(self._session.catalogue.avatars)
        self._show_settings(self._session.settings)

    def _restore_geometry(self) -> None:
        stored = self._session.settings.geometry
        try:
            geometry = QByteArray(b64decode(stored, validate=True))
        except ValueError:
            geometry = QByteArray()
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(*START_SIZE_PX)


def _dropped_file(event: QDropEvent) -> Path | None:
    """The file that is dragged here; None for several of them and for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())
