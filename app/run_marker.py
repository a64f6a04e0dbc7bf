"""Whether the run before this one ended as it should."""

import faulthandler
import json
import logging
import os
import time
from pathlib import Path
from typing import TextIO

import psutil

log = logging.getLogger(__name__)

CRASHED = (
    "ChatAnyone did not end properly last time; your settings are as you left them. If it happens"
    " again, `main.py doctor --bundle report.zip` collects what a report needs: no pictures, no"
    " sound."
)
SAME_START_S = 2.0


class RunMarker:
    """A file that stands while the application runs; one that is left over tells of a crash.

    Where the interpreter itself dies, the place in the program is written to `crash_file`.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "running.json"
        self._crash_path = folder / "crash.log"
        self._crash_file: TextIO | None = None

    def begin(self) -> bool:
        """Mark this run; True where the one before did not end. Never fails: a folder that
        cannot be written only costs the knowledge."""
        crashed = self._left_over()
        if crashed:
            log.warning("the run before did not end properly: %s", self._told())
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            process = psutil.Process()
            mark = {"pid": process.pid, "created_s": process.create_time(), "at": time.ctime()}
            self._path.write_text(json.dumps(mark), encoding="utf-8")
            self._crash_file = self._crash_path.open("a", encoding="utf-8")
            faulthandler.enable(self._crash_file)
        except OSError as fault:
            log.info("this run is not marked: %s", fault)
        return crashed

    def end(self) -> None:
        """This run ends as it should."""
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None
        try:
            self._path.unlink(missing_ok=True)
            if self._crash_path.exists() and not self._crash_path.stat().st_size:
                self._crash_path.unlink()
        except OSError as fault:
            log.info("the mark of this run stays: %s", fault)

    def _told(self) -> str:
        try:
            return self._path.read_text(encoding="utf-8", errors="replace")[:200]
        except OSError:
            return ""

    def _left_over(self) -> bool:
        if not self._path.exists():
            return False
        try:
            mark = json.loads(self._told())
            process = psutil.Process(int(mark["pid"]))
            runs = abs(process.create_time() - float(mark["created_s"])) < SAME_START_S
            return not runs or process.pid == os.getpid()
        except (psutil.Error, ValueError, KeyError, TypeError):
            return True
