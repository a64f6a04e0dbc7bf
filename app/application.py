"""The desktop application: puts session, window and tray together and runs them."""

import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)  # fmt: skip
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.backend import real_backend
from app.control import Control
from app.display import NO_DISPLAY, NO_PLATFORM, has_display
from app.hotkeys.hotkeys import Hotkeys
from app.hotkeys_dialog import HotkeysDialog
from app.icon import application_icon
from app.language import chosen_language, use_language
from app.log_file import close_log, log_uncaught, open_log
from app.remote.remote_control import RemoteControl
from app.remote.remote_dialog import RemoteDialog
from app.run_marker import CRASHED, RunMarker
from app.session import Session
from app.set_up.wizard import SetUpWizard
from app.settings import APPLICATION_NAME, log_path, settings_path
from app.single_instance import SingleInstance
from app.theme import apply_theme, chosen_theme
from app.tray import Tray
from app.window import Window
from app.window_menu import WindowMenu

log = logging.getLogger(__name__)

EXIT_DONE = 0
EXIT_USAGE = 2
NO_WINDOW_WORDS = ("platform plugin", "no screens")
QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def main(arguments: Sequence[str] = ()) -> int:
    """Run the application until the user quits it; returns the exit code.

    arguments: for Qt, without the program's name
    """
    if not has_display():
        print(NO_DISPLAY, file=sys.stderr)
        return EXIT_USAGE
    open_log(log_path())
    log_uncaught()
    qInstallMessageHandler(_log_qt)
    try:
        return _run(arguments)
    finally:
        qInstallMessageHandler(None)
        close_log()


class Desktop(QObject):
    """Window and tray of one session, and when the application ends."""

    def __init__(self, application: QApplication, session: Session, with_tray: bool) -> None:
        super().__init__()
        self._application = application
        self.session = session
        self.window = Window(session)
        self.menu = WindowMenu(session)
        self.menu.set_up_requested.connect(self.open_set_up)
        self.menu.quit_requested.connect(self.quit)
        self.window.setMenuBar(self.menu)
        self.control = Control(session, self)
        self.control.show_requested.connect(self.window.bring_to_front)
        self.hotkeys = Hotkeys(session, self.control, parent=self)
        self.menu.hotkeys_requested.connect(self.open_hotkeys)
        self.remote = RemoteControl(session, self.control, settings_path().parent, self)
        self.menu.remote_requested.connect(self.open_remote)
        self.tray: Tray | None = None
        if with_tray:
            self.tray = self._make_tray()
        self.window.closed.connect(self._leave_window)

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

    def _make_tray(self) -> Tray:
        tray = Tray(self.session, self.window)
        tray.show_requested.connect(self.window.bring_to_front)
        tray.quit_requested.connect(self.quit)
        tray.show()
        return tray

    def _leave_window(self) -> None:
        """Closing the window leaves the tray icon; where there is none it quits."""
        if self.tray is None and Tray.isSystemTrayAvailable():
            # Desktops that start everything at once may have theirs later than we ours.
            self.tray = self._make_tray()
        if self.tray is not None:
            self.tray.hint_once()
        else:
            self.quit()


def _run(arguments: Sequence[str]) -> int:
    application = QApplication([APPLICATION_NAME, *arguments])
    application.setApplicationName(APPLICATION_NAME)
    application.setApplicationDisplayName("")
    application.setDesktopFileName(APPLICATION_NAME.lower())
    application.setQuitOnLastWindowClosed(False)
    application.setWindowIcon(application_icon())
    instance = SingleInstance()
    if not instance.claim():
        print("ChatAnyone is running already; its window is shown.")
        return EXIT_DONE
    marker = RunMarker(log_path().parent)
    has_crashed = marker.begin()
    session = Session(real_backend(), settings_path())
    _follow_theme(application, session)
    use_language(application, chosen_language(session.settings.language))
    desktop = Desktop(application, session, Tray.isSystemTrayAvailable())
    instance.show_requested.connect(desktop.window.bring_to_front)
    instance.serve(desktop.control.answer)
    with ExitStack() as at_end:
        at_end.callback(instance.release)
        at_end.callback(marker.end)
        at_end.enter_context(_QuitOnInterrupt(desktop))
        at_end.callback(desktop.close_doors)
        desktop.open_doors()
        session.open()
        if has_crashed:
            session.tell(CRASHED)
        desktop.window.show()
        if not session.settings.set_up_done:
            desktop.open_set_up()
        log.info("the window is open")
        application.exec()
        desktop.window.hide()
        if desktop.tray is not None:
            desktop.tray.hide()
        if not session.close():
            # A model that is being loaded cannot be interrupted; nothing is left to save.
            log.error("the worker did not end in time, the process ends without it")
            marker.end()
            logging.shutdown()
            os._exit(EXIT_DONE)
    return EXIT_DONE


def _follow_theme(application: QApplication, session: Session) -> None:
    """Wear the theme of the settings, now and when it or the desktop's changes."""

    def follow(_: object = None) -> None:
        apply_theme(application, chosen_theme(session.settings.theme))

    follow()
    session.settings_changed.connect(follow)
    QGuiApplication.styleHints().colorSchemeChanged.connect(follow)


class _QuitOnInterrupt:
    """Ctrl-C in the terminal and a polite kill quit as the menu does.

    Python handles signals between its own instructions, which an idle Qt loop never runs; the
    wake-up socket makes the loop turn.
    """

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop

    def __enter__(self) -> "_QuitOnInterrupt":
        self._inside, self._outside = socket.socketpair()
        self._inside.setblocking(False)
        self._outside.setblocking(False)
        self._notifier = QSocketNotifier(self._outside.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._drain)
        self._old_descriptor = signal.set_wakeup_fd(self._inside.fileno())
        self._old = {
            number: signal.signal(number, lambda *_: self._desktop.quit())
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        return self

    def __exit__(self, *exception: object) -> None:
        for number, handler in self._old.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_descriptor)
        self._notifier.setEnabled(False)
        self._inside.close()
        self._outside.close()

    def _drain(self) -> None:
        self._outside.recv(64)


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if kind is QtMsgType.QtFatalMsg and any(words in message for words in NO_WINDOW_WORDS):
        # Qt is about to abort the process: the user gets a sentence instead of a core dump.
        log.info("Qt: %s", message)
        print(NO_PLATFORM, file=sys.stderr)
        logging.shutdown()
        os._exit(EXIT_USAGE)
    log.log(QT_LEVELS[kind], "Qt: %s", message)
