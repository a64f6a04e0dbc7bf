"""A log file that stays small and survives a full disk."""

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST_BYTES = 1_000_000
KEPT_FILES = 3
FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"


class PatientLog(RotatingFileHandler):
    """Lines that cannot be written are counted, and told when it works again."""

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
