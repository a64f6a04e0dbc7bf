"""The menu bar: everything the tray offers, for desktops that have none, and the dialogs."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from app.chain import Shown
from app.session import Session, SessionState
from app.words import tr


class WindowMenu(QMenuBar):
    """One menu named for the application; dialogs are asked for by signals."""

    set_up_requested = Signal()
    hotkeys_requested = Signal()
    remote_requested = Signal()
    quit_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.menu = self.addMenu(tr("&ChatAnyone"))
        self.start_action = self.menu.addAction(tr("&Start"), session.toggle)
        self.mute_action = self.menu.addAction(tr("&Mute"))
        self.mute_action.setCheckable(True)
        self.mute_action.triggered.connect(session.set_muted)
        self.card_action = self.menu.addAction(tr("Show the &card"))
        self.card_action.setCheckable(True)
        self.card_action.setShortcut("Ctrl+D")
        self.card_action.triggered.connect(session.set_card)
        self.menu.addSeparator()
        self.set_up_action = self.menu.addAction(tr("Set &up again …"))
        self.set_up_action.triggered.connect(self.set_up_requested)
        self.hotkeys_action = self.menu.addAction(tr("&Keys for every program …"))
        self.hotkeys_action.triggered.connect(self.hotkeys_requested)
        self.remote_action = self.menu.addAction(tr("&Remote control …"))
        self.remote_action.triggered.connect(self.remote_requested)
        self.menu.addSeparator()
        self.quit_action = self.menu.addAction(tr("&Quit"))
        self.quit_action.setShortcut(QKeySequence("Ctrl+Q"))
        self.quit_action.triggered.connect(self.quit_requested)
        session.state_changed.connect(self._show)
        session.muted_changed.connect(self._show)
        session.shown_changed.connect(self._show)
        self._show()

    def _show(self, _: object = None) -> None:
        session = self._session
        active = session.state.is_active
        self.start_action.setText(tr("&Stop") if active else tr("&Start"))
        self.start_action.setEnabled(session.state is not SessionState.STOPPING)
        self.mute_action.setEnabled(active)
        self.mute_action.setChecked(session.muted)
        self.card_action.setEnabled(active)
        self.card_action.setChecked(session.shown is Shown.CARD)
