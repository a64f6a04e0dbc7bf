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

from app.capture_bar import CaptureBar
from app.chain import Shown
from app.control_panel import ControlPanel
from app.icon import application_icon
from app.icon_button import IconButton, draw_record, draw_snapshot
from app.import_dialog import ImportDialog
from app.level_line import LevelLine
from app.message_bar import MessageBar
from app.panels.avatars import AvatarsPanel
from app.preview import Preview
from app.session import Session, SessionState
from app.status_line import StatusLine
from app.words import mark, tr

START_SIZE_PX = (1180, 640)
SMALLEST_SIZE_PX = (640, 360)
STATE_TITLES = {
    SessionState.STOPPED: "",
    SessionState.STARTING: mark("starting"),
    SessionState.RUNNING: mark("live"),
    SessionState.MUTED: mark("muted"),
    SessionState.STOPPING: mark("stopping"),
    SessionState.ERROR: mark("stopped"),
}
# What the call sees in place of the avatar.
SHOWN_TITLES = {Shown.CARD: mark("card"), Shown.REHEARSAL: mark("set-up")}
CARD_HINT = mark("The call sees this card. Ctrl+D shows your avatar again.")
DROP_HINT = mark("Drop the picture to make an avatar of it.")
PICTURES = "(*.png *.jpg *.jpeg *.webp *.heic *.heif *.bmp *.tif *.tiff *.gif *.avif)"
HINTS = {
    SessionState.STOPPED: mark("Press Start and talk."),
    SessionState.STARTING: mark("Waking up …"),
    SessionState.MUTED: mark("Muted: your avatar hears nothing."),
    SessionState.STOPPING: mark("Stopping …"),
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
        self.level = LevelLine(session.level)
        self.panel = ControlPanel(session)
        self.avatars = self.panel.find(AvatarsPanel).gallery
        self.import_button = self.panel.find(AvatarsPanel).import_button
        self.start = QPushButton(tr("&Start"))
        self.start.setObjectName("start")
        self.start.setDefault(True)
        self.mute = QPushButton(tr("&Mute"))
        self.mute.setObjectName("mute")
        self.mute.setCheckable(True)
        self.mute.setToolTip(tr("The avatar goes on living but hears nothing (Ctrl+M)"))
        self.mute.setShortcut("Ctrl+M")
        self.snapshot = IconButton(
            draw_snapshot, tr("Snapshot"), tr("Keep this picture as others see it (Ctrl+S)")
        )
        self.snapshot.setShortcut("Ctrl+S")
        self.record = IconButton(draw_record, "", "")
        self.record.setCheckable(True)
        self.capture = CaptureBar(session.captures)
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
        chooser = QFileDialog(
            self,
            tr("Choose a picture"),
            str(Path.home()),
            f"{tr('Pictures')} {PICTURES};;{tr('All')} (*)",
        )
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda path: self.import_picture(Path(path)))
        chooser.open()
        return chooser

    def ask_removal(self, name: str) -> QMessageBox:
        """Remove an avatar of the user's own, once that was confirmed."""
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(tr("Remove avatar"))
        box.setText(
            tr("Remove the avatar {name}? Its files are deleted; your picture is not.", name=name)
        )
        remove = box.addButton(tr("&Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        remove.clicked.connect(lambda: self._session.picture_import.remove(name))
        box.open()
        return box

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if _dropped_file(event) is not None:
            event.acceptProposedAction()
            self.preview.set_hint(tr(DROP_HINT))

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
        buttons.addWidget(self.snapshot)
        buttons.addWidget(self.record)
        stage = QVBoxLayout()
        stage.setSpacing(14)
        stage.addWidget(self.preview, 1)
        stage.addWidget(self.capture)
        stage.addWidget(self.level)
        stage.addLayout(buttons)
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
        QWidget.setTabOrder(self.mute, self.snapshot)
        QWidget.setTabOrder(self.snapshot, self.record)
        QWidget.setTabOrder(self.record, self.panel)

    def _connect(self) -> None:
        session = self._session
        self.start.clicked.connect(session.toggle)
        self.avatars.removal_asked.connect(self.ask_removal)
        self.import_button.clicked.connect(self.choose_picture)
        self.mute.toggled.connect(session.set_muted)
        self.snapshot.clicked.connect(session.captures.snapshot)
        self.record.clicked.connect(session.captures.toggle_recording)
        session.captures.recording_changed.connect(self._show_recording)
        self.message.dismissed.connect(session.dismiss_message)
        session.state_changed.connect(self._show_state)
        session.shown_changed.connect(self._show_shown)
        session.settings_changed.connect(self._show_settings)
        session.still_changed.connect(self.preview.set_still)
        session.muted_changed.connect(self._show_muted)
        session.camera_changed.connect(self.status.show_camera)
        session.readings_changed.connect(self.status.show_readings)
        session.message_changed.connect(self.message.show_message)
        self._show_settings(session.settings)
        self._show_muted(session.muted)
        self.status.show_camera(session.camera)
        self._show_recording(session.captures.recording)
        self._show_state(session.state)
        self.preview.set_still(session.still)
        self.message.show_message(session.message)

    def _show_shown(self, shown: object) -> None:
        self._show_state(self._session.state)

    def _show_state(self, state: SessionState) -> None:
        title = STATE_TITLES[state]
        if state.is_live:
            title = SHOWN_TITLES.get(self._session.shown, title)
        self.setWindowTitle(f"ChatAnyone — {tr(title)}" if title else "ChatAnyone")
        active = state.is_active
        self.start.setText(tr("&Stop") if active else tr("&Start"))
        self.start.setEnabled(state is not SessionState.STOPPING)
        self.start.setAccessibleDescription(
            tr("Ends the avatar") if active else tr("Wakes the avatar up")
        )
        if self.start.property("live") != active:
            self.start.setProperty("live", active)
            self.start.style().unpolish(self.start)
            self.start.style().polish(self.start)
        self.mute.setEnabled(active)
        self.record.setEnabled(state.is_live)
        self.level.listen(state is SessionState.RUNNING)
        hint = HINTS.get(state, "")
        if state.is_live and self._session.shown is Shown.CARD:
            hint = CARD_HINT
        self.preview.set_hint(tr(hint) if hint else "")

    def _show_muted(self, muted: bool) -> None:
        self.status.show_muted(muted)
        self.mute.blockSignals(True)
        self.mute.setChecked(muted)
        self.mute.blockSignals(False)
        self.mute.setText(tr("Un&mute") if muted else tr("&Mute"))
        self.mute.setShortcut("Ctrl+M")

    def _show_recording(self, path: Path | None) -> None:
        self.record.setChecked(path is not None)
        if path is None:
            self.record.say(tr("Record"), tr("Record picture and sound (Ctrl+R)"))
        else:
            self.record.say(tr("Stop recording"), tr("Finish the recording (Ctrl+R)"))
        self.record.setShortcut("Ctrl+R")

    def _show_settings(self, settings: object) -> None:
        self.preview.set_mirrored(self._session.settings.mirror_preview)

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
