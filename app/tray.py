"""The icon in the system tray, with the same presets as the window."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from app.chain import Shown
from app.icon import application_icon
from app.session import Session, SessionState
from app.words import mark, tr

CLOSE_HINT = mark("ChatAnyone goes on in the tray. Quit it from the menu of its icon.")
HINT_DURATION_MS = 8000
STATE_WORDS = {
    SessionState.STOPPED: mark("stopped"),
    SessionState.STARTING: mark("starting"),
    SessionState.RUNNING: mark("live"),
    SessionState.MUTED: mark("muted"),
    SessionState.STOPPING: mark("stopping"),
    SessionState.ERROR: mark("stopped"),
}


class Tray(QSystemTrayIcon):
    """Menu of presets, Start, Mute, Card, Show and Quit."""

    show_requested = Signal()
    quit_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(application_icon(), parent)
        self._session = session
        self.menu = QMenu(parent)
        self.show_action = self.menu.addAction(tr("Show &window"), self.show_requested.emit)
        self.menu.addSeparator()
        self.avatars = self.menu.addMenu(tr("&Avatar"))
        self.styles = self.menu.addMenu(tr("St&yle"))
        self._avatar_group = QActionGroup(self)
        self._style_group = QActionGroup(self)
        self.menu.addSeparator()
        self.start_action = self.menu.addAction(tr("&Start"), session.toggle)
        self.mute_action = self.menu.addAction(tr("&Mute"))
        self.mute_action.setCheckable(True)
        self.mute_action.toggled.connect(session.set_muted)
        self.card_action = self.menu.addAction(tr("Show the &card"))
        self.card_action.setCheckable(True)
        self.card_action.setToolTip(tr("The call sees a card in the place of the avatar"))
        self.card_action.triggered.connect(session.set_card)
        self.menu.addSeparator()
        self.quit_action = self.menu.addAction(tr("&Quit"), self.quit_requested.emit)
        self.setContextMenu(self.menu)
        self.activated.connect(self._activate)
        session.state_changed.connect(self._show_state)
        session.muted_changed.connect(self.mute_action.setChecked)
        session.shown_changed.connect(self._show_shown)
        session.settings_changed.connect(self._show_settings)
        session.catalogue_changed.connect(self._show_catalogue)
        self._show_catalogue(session.catalogue)
        self._show_state(session.state)

    def hint_once(self) -> None:
        """Tell where the application went when its window is closed the first time."""
        if not self._session.settings.tray_hint_shown:
            self._session.change(tray_hint_shown=True)
            self.showMessage("ChatAnyone", tr(CLOSE_HINT), application_icon(), HINT_DURATION_MS)

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (self.ActivationReason.Trigger, self.ActivationReason.DoubleClick):
            self.show_requested.emit()

    def _show_catalogue(self, catalogue: object) -> None:
        session = self._session
        avatars = [(entry.name, entry.title) for entry in session.catalogue.avatars]
        styles = [(entry.name, entry.title) for entry in session.catalogue.styles]
        _fill(self.avatars, self._avatar_group, avatars, session.set_avatar)
        _fill(self.styles, self._style_group, styles, session.set_style)
        self._show_settings(session.settings)

    def _show_settings(self, settings: object) -> None:
        chosen = self._session.settings
        for group, name in (
            (self._avatar_group, chosen.avatar),
            (self._style_group, chosen.style),
        ):
            for action in group.actions():
                action.setChecked(action.data() == name)

    def _show_shown(self, shown: object) -> None:
        self._show_state(self._session.state)

    def _show_state(self, state: SessionState) -> None:
        self.start_action.setText(tr("&Stop") if state.is_active else tr("&Start"))
        self.start_action.setEnabled(state is not SessionState.STOPPING)
        self.mute_action.setEnabled(state.is_active)
        self.card_action.setEnabled(state.is_active)
        card = self._session.shown is Shown.CARD
        self.card_action.setChecked(card)
        words = tr(STATE_WORDS[state])
        if card and state.is_live:
            words = tr("{state}, the card is shown", state=words)
        self.setToolTip(f"ChatAnyone — {words}")


def _fill(menu: QMenu, group: QActionGroup, entries: list[tuple[str, str]], choose) -> None:
    """Make the menu offer these (name, title), one checked at a time."""
    menu.clear()
    for action in group.actions():
        group.removeAction(action)
    for name, title in entries:
        action = QAction(title.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setData(name)
        action.triggered.connect(lambda _=False, name=name: choose(name))
        group.addAction(action)
        menu.addAction(action)
    menu.setEnabled(bool(entries))
