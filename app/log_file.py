"""The log of the application: a file that stays small, and the terminal for what matters."""

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

LARGEST_BYTES = 1_000_000
KEPT_FILES = 3
FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"

log = logging.getLogger(__name__)


def open_log(path: Path) -> None:
    """Send the log to the file, and errors to the terminal too.

    A folder that cannot be written costs the file, not the start.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.ERROR)
    terminal.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    root.addHandler(terminal)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = RotatingFileHandler(
            path, maxBytes=LARGEST_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=False
        )
    except OSError as error:
        log.error("there is no log file: %s", error)
        return
    file.setFormatter(logging.Formatter(FORMAT))
    root.addHandler(file)


def close_log() -> None:
    """Take back what `open_log` added."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if type(handler) in (logging.StreamHandler, RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()


def log_uncaught() -> None:
    """Write every exception that nobody caught to the log, with its traceback."""

    def of_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            _write(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = _write
    threading.excepthook = of_thread


def _write(
    kind: type[BaseException], value: BaseException, traceback: TracebackType | None
) -> None:
    log.critical("uncaught exception", exc_info=(kind, value, traceback))
