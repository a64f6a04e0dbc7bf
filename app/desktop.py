"""What the desktop shows of a session: window, menu, tray; hotkeys and remote control besides."""

import logging

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.control import Control
from app.hotkeys.hotkeys import Hotkeys
from app.hotkeys_dialog import HotkeysDialog
from app.language import chosen_language, use_language
from app.panels.appearance import AppearancePanel
from app.remote.remote_control import RemoteControl
from app.remote.remote_dialog import RemoteDialog
from app.session import Session
from app.set_up.wizard import SetUpWizard
from app.settings import settings_path
from app.tray import Tray
from app.window import Window
from app.window_menu import WindowMenu

log = logging.getLogger(__name__)


class Desktop(QObject):
    """Window and tray of one session, in its language, and when the application ends.

    A widget says its words once, when it is made. It holds no state, so that for another language
    window and tray are simply made anew.
    """

    def __init__(self, application: QApplication, session: Session, with_tray: bool) -> None:
        super().__init__()
        self._application = application
        self.session = session
        self._language = chosen_language(session.settings.language)
        use_language(application, self._language)
        self.window = self._make_window()
        self.control = Control(session, self)
        self.control.show_requested.connect(self.bring_to_front)
        self.hotkeys = Hotkeys(session, self.control, parent=self)
        self.remote = RemoteControl(session, self.control, settings_path().parent, self)
        self.tray: Tray | None = None
        if with_tray:
            self.tray = self._make_tray()
        session.settings_changed.connect(self._follow_language)

    @property
    def menu(self) -> WindowMenu:
        """That of the window."""
        menu = self.window.menuBar()
        assert isinstance(menu, WindowMenu)
        return menu

    def bring_to_front(self) -> None:
        """Show the window wherever it is."""
        self.window.bring_to_front()

    def open_set_up(self) -> SetUpWizard:
        """Show the steps of the first start, over the window."""
        wizard = SetUpWizard(self.session, self.window)
        wizard.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wizard.open()
        return wizard

    def open_hotkeys(self) -> HotkeysDialog:
        """Show which keys work in every program."""
        dialog = HotkeysDialog(self.session, self.hotkeys, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def open_remote(self) -> RemoteDialog:
        """Show whether other programs may control this one."""
        dialog = RemoteDialog(self.session, self.remote, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def open_doors(self) -> None:
        """Let hotkeys and other programs in, as far as the user wants that."""
        self.hotkeys.open()
        self.remote.open()

    def close_doors(self) -> None:
        """Give hotkeys and ports back."""
        self.hotkeys.close()
        self.remote.close()

    def quit(self) -> None:
        """End the application."""
        if self.window.isVisible():
            self.window.remember_geometry()
        self._application.quit()

    def _make_window(self) -> Window:
        window = Window(self.session)
        menu = WindowMenu(self.session)
        menu.set_up_requested.connect(self.open_set_up)
        menu.hotkeys_requested.connect(self.open_hotkeys)
        menu.remote_requested.connect(self.open_remote)
        menu.quit_requested.connect(self.quit)
        window.setMenuBar(menu)
        window.closed.connect(self._leave_window)
        return window

    def _make_tray(self) -> Tray:
        tray = Tray(self.session)
        tray.show_requested.connect(self.bring_to_front)
        tray.quit_requested.connect(self.quit)
        tray.show()
        return tray

    def _follow_language(self, _: object = None) -> None:
        language = chosen_language(self.session.settings.language)
        if language != self._language:
            self._language = language
            use_language(self._application, language)
            # Not at once: it is a widget of the window that was just used.
            QTimer.singleShot(0, self, self._make_anew)

    def _make_anew(self) -> None:
        log.info("the window speaks %s now", self._language)
        before, self.window = self.window, self._make_window()
        self.window.setGeometry(before.geometry())
        self.window.panel.setCurrentIndex(before.panel.currentIndex())
        if before.isVisible():
            self.window.setWindowState(before.windowState())
            self.window.show()
            self.window.panel.find(AppearancePanel).language.setFocus()
        before.hide()
        before.deleteLater()
        if self.tray is not None:
            old, self.tray = self.tray, self._make_tray()
            old.hide()
            old.deleteLater()

    def _leave_window(self) -> None:
        """Closing the window leaves the tray icon; where there is none it quits."""
        if self.tray is None and Tray.isSystemTrayAvailable():
            # Desktops that start everything at once may have theirs later than we ours.
            self.tray = self._make_tray()
        if self.tray is not None:
            self.tray.hint_once()
        else:
            self.quit()
