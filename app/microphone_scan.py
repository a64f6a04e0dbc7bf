"""The microphones there are now, asked from a fresh process.

PortAudio reads its device list once, and reading it again would end the stream that runs. A short
child process sees the present list, costs the window nothing and disturbs no run.

Run as `python -m app.microphone_scan` (or as `ChatAnyone --scan-microphones`, where it was built to
one folder) it prints the list as JSON.
"""

import json
import logging
import sys
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from pipeline.child_process import ROOT, child_command

log = logging.getLogger(__name__)

SCAN_TIMEOUT_MS = 15_000
# Known to main.py; not for people.
SCAN_ARGUMENT = "--scan-microphones"


@dataclass(frozen=True, slots=True)
class MicrophoneEntry:
    """One microphone, named as PortAudio does. default: the system's choice"""

    name: str
    host_api: str
    default: bool = False


def parse_microphones(output: bytes) -> tuple[MicrophoneEntry, ...]:
    """The list that the child process printed. Raises ValueError where it is none."""
    rows = json.loads(output.decode("utf-8"))
    if not isinstance(rows, list):
        raise ValueError("no list of microphones")
    return tuple(
        MicrophoneEntry(str(row["name"]), str(row["host_api"]), bool(row["default"]))
        for row in rows
    )


def scan_command() -> list[str]:
    """How the child process is started, from a checkout or from the built application."""
    return child_command("app.microphone_scan", SCAN_ARGUMENT)


class MicrophoneScan(QObject):
    """Looks for microphones in the background; `finished` carries the entries found."""

    finished = Signal(object)

    def __init__(self, command: list[str] | None = None) -> None:
        super().__init__()
        self._command = command or scan_command()
        self._process = QProcess(self)
        self._process.setWorkingDirectory(str(ROOT))
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.finished.connect(self._read)
        self._process.errorOccurred.connect(self._report)
        self._deadline = QTimer(self, interval=SCAN_TIMEOUT_MS, singleShot=True)
        self._deadline.timeout.connect(self._process.kill)

    def start(self) -> None:
        """Begin a scan; one in progress goes on instead."""
        if self._process.state() is QProcess.ProcessState.NotRunning:
            self._process.start(self._command[0], self._command[1:])
            self._deadline.start()

    def cancel(self) -> None:
        """Give up the scan in progress."""
        self._deadline.stop()
        self._process.blockSignals(True)
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(500)
        self._process.blockSignals(False)

    def _read(self) -> None:
        self._deadline.stop()
        output = bytes(self._process.readAllStandardOutput().data())
        try:
            microphones = parse_microphones(output)
        except (ValueError, KeyError, TypeError) as error:
            log.info("the scan for microphones gave no list: %s", error)
            return
        self.finished.emit(microphones)

    def _report(self, error: QProcess.ProcessError) -> None:
        log.info("the scan for microphones failed: %s", error.name)


def main() -> None:
    from pipeline.errors import MicrophoneError
    from pipeline.microphone_list import list_microphones

    try:
        microphones = list_microphones()
    except MicrophoneError as error:
        sys.exit(str(error))
    names = ("name", "host_api", "default")
    print(json.dumps([{n: getattr(found, n) for n in names} for found in microphones]))


if __name__ == "__main__":
    main()
