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


class LogFile(RotatingFileHandler):
    """A log that survives a full disk: lines that cannot be written are counted, and told later."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LARGEST_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
        self.setFormatter(logging.Formatter(FORMAT))
        self._lost_lines = 0
        self._is_failing = False

    def emit(self, record: logging.LogRecord) -> None:
        self._is_failing = False
        super().emit(record)
        if self._lost_lines and not self._is_failing:
            lost, self._lost_lines = self._lost_lines, 0
            sentence = f"{lost} lines could not be written here (was the disk full?)"
            super().emit(logging.makeLogRecord({"name": __name__, "msg": sentence,
                         "levelno": logging.WARNING, "levelname": "WARNING"}))  # fmt: skip

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        if isinstance(sys.exc_info()[1], OSError):
            self._lost_lines += 1
            self._is_failing = True
        else:
            super().handleError(record)


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
        file = LogFile(path)
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
        if type(handler) in (logging.StreamHandler, LogFile):
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
