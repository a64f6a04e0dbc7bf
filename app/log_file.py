"""The log of the application: a file that stays small, and the terminal for what matters."""

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType

from pipeline.patient_log import PatientLog

log = logging.getLogger(__name__)


def open_log(path: Path, terminal_level: int | None = logging.ERROR) -> None:
    """Send the log to the file, and what has `terminal_level` or more to the terminal too.

    A folder that cannot be written costs the file, not the start; errors then go to the terminal.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    if terminal_level is not None:
        _add_terminal(terminal_level)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = PatientLog(path)
    except OSError as error:
        if terminal_level is None:
            _add_terminal(logging.ERROR)
        else:
            log.error("there is no log file: %s", error)
        return
    root.addHandler(file)


def _add_terminal(level: int) -> None:
    terminal = logging.StreamHandler()
    terminal.setLevel(level)
    terminal.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    logging.getLogger().addHandler(terminal)


def close_log() -> None:
    """Take back what `open_log` added."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if type(handler) in (logging.StreamHandler, PatientLog):
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
