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
    QSocketNotifier,
    QtMsgType,
    qInstallMessageHandler,
)  # fmt: skip
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.backend import real_backend
from app.desktop import Desktop
from app.display import NO_DISPLAY, NO_PLATFORM, has_display
from app.icon import application_icon
from app.log_file import close_log, log_uncaught, open_log
from app.run_marker import CRASHED, RunMarker
from app.session import Session
from app.settings import APPLICATION_NAME, log_path, settings_path
from app.single_instance import SingleInstance
from app.theme import apply_theme, chosen_theme
from app.tray import Tray

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
    desktop = Desktop(application, session, Tray.isSystemTrayAvailable())
    instance.show_requested.connect(desktop.bring_to_front)
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
