"""One running application for each user: a second start shows the first one's window."""

import getpass
import hashlib
import logging

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

SHOW_MESSAGE = b"show\n"
CONNECT_TIMEOUT_MS = 500


def instance_name() -> str:
    """The name of this user's local socket."""
    digest = hashlib.sha256(getpass.getuser().encode()).hexdigest()[:12]
    return f"chatanyone-{digest}"


class SingleInstance(QObject):
    """Holds the local socket of the first instance, or wakes the one that holds it.

    `claim()` is True for the first instance; later ones get False, and the first one emits
    `show_requested`.
    """

    show_requested = Signal()

    def __init__(self, name: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name or instance_name()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def claim(self) -> bool:
        """Become the one instance, or ask the running one to show its window.

        A socket that a crash left behind answers nobody and is replaced. Where no socket can be
        made at all, the application runs anyway.
        """
        if self._wake_other():
            return False
        if self._server.listen(self._name):
            return True
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            log.info("no local socket, a second start opens a second window: %s",
                     self._server.errorString())  # fmt: skip
        return True

    def release(self) -> None:
        """Stop answering; the next start becomes the first instance."""
        self._server.close()

    def _wake_other(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(CONNECT_TIMEOUT_MS):
            return False
        socket.write(SHOW_MESSAGE)
        socket.waitForBytesWritten(CONNECT_TIMEOUT_MS)
        socket.disconnectFromServer()
        return True

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.show_requested.emit()
