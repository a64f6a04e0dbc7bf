"""Notices that devices come and go."""

import ctypes
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QFileSystemWatcher,
    QObject,
    QTimer,
    Signal,
)

# Where Linux shows sound cards and cameras.
DEVICE_FOLDERS = (Path("/dev/snd"), Path("/dev"))
# A device that is plugged in appears in several steps.
SETTLE_MS = 400
WM_DEVICECHANGE = 0x0219


class HotPlug(QObject):
    """Emits `changed` a moment after devices came or went.

    Qt tells that in QtMultimedia only, which would bring 170 MB along (PySide6-Addons); so the
    folders of devices are watched on Linux, and on Windows the message that every window gets.
    On macOS nothing tells it here: who waits for a device looks for it every second anyway.
    """

    changed = Signal()

    def __init__(
        self, folders: Sequence[Path] = DEVICE_FOLDERS, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self.changed)
        self._watcher: QFileSystemWatcher | None = None
        self._filter: DeviceMessages | None = None
        if sys.platform == "win32":
            self._filter = DeviceMessages(self.note)
            application = QCoreApplication.instance()
            if application is not None:
                application.installNativeEventFilter(self._filter)
        elif sys.platform.startswith("linux"):
            there = [str(folder) for folder in folders if folder.is_dir()]
            self._watcher = watcher = QFileSystemWatcher(there, self)
            watcher.directoryChanged.connect(self.note)

    def note(self) -> None:
        """Something changed; more may follow at once."""
        self._settle.start()

    def close(self) -> None:
        """Notice nothing any more."""
        self._settle.stop()
        if self._watcher is not None:
            self._watcher.blockSignals(True)
        application = QCoreApplication.instance()
        if self._filter is not None and application is not None:
            application.removeNativeEventFilter(self._filter)


class DeviceMessages(QAbstractNativeEventFilter):
    """Calls `note` for Windows' message that devices have changed; keeps none from Qt."""

    def __init__(self, note) -> None:
        super().__init__()
        self._note = note

    def nativeEventFilter(self, kind: QByteArray, message: int) -> object:  # noqa: N802
        if (
            bytes(kind.data()).startswith(b"windows")
            and _number_of(int(message)) == WM_DEVICECHANGE
        ):
            self._note()
        return False, 0


def _number_of(address: int) -> int:
    """The field `message` of the MSG structure there: behind a handle of the pointer's size."""
    return ctypes.c_uint32.from_address(address + ctypes.sizeof(ctypes.c_void_p)).value
