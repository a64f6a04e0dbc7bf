"""One running application for each user: a second start asks the first one and ends."""

import getpass
import hashlib
import json
import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.control import Answer, ControlError, Request

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_MS = 500
ANSWER_TIMEOUT_MS = 3000
LONGEST_LINE_BYTES = 65_536
NOT_RUNNING = "ChatAnyone is not running; start it with `main.py`, then ask again."
NO_ANSWER = "ChatAnyone runs but does not answer; quit it and start it again."


def instance_name() -> str:
    """The name of this user's local socket."""
    digest = hashlib.sha256(getpass.getuser().encode()).hexdigest()[:12]
    return f"chatanyone-{digest}"


def ask_running(requests: list[Request], name: str | None = None) -> list[Answer]:
    """Have the running application carry out requests, in order, up to the first that fails.

    Raises ControlError where none runs or it does not answer.
    """
    socket = QLocalSocket()
    socket.connectToServer(name or instance_name())
    if not socket.waitForConnected(CONNECT_TIMEOUT_MS):
        raise ControlError(NOT_RUNNING)
    socket.write(json.dumps(requests).encode() + b"\n")
    while not socket.canReadLine():
        if not socket.waitForReadyRead(ANSWER_TIMEOUT_MS):
            raise ControlError(NO_ANSWER)
    answers: list[Answer] = json.loads(bytes(socket.readLine().data()))
    socket.disconnectFromServer()
    return answers


class SingleInstance(QObject):
    """Holds the local socket of the first instance, or asks the one that holds it.

    `claim()` is True for the first instance; later ones get False, and the first one emits
    `show_requested`. Once `serve` was called it carries out other requests, too.
    """

    show_requested = Signal()

    def __init__(self, name: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name or instance_name()
        self._answer: Callable[[object], Answer] | None = None
        self._sockets: list[QLocalSocket] = []
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

    def serve(self, answer: Callable[[object], Answer]) -> None:
        """Let `answer` carry out what later starts ask for."""
        self._answer = answer

    def release(self) -> None:
        """Stop answering; the next start becomes the first instance."""
        self._server.close()

    def _wake_other(self) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(CONNECT_TIMEOUT_MS):
            return False
        socket.write(json.dumps([{"type": "show"}]).encode() + b"\n")
        socket.waitForBytesWritten(CONNECT_TIMEOUT_MS)
        socket.disconnectFromServer()
        return True

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setReadBufferSize(LONGEST_LINE_BYTES)
            self._sockets.append(socket)
            socket.disconnected.connect(self._drop_closed)
            socket.readyRead.connect(self._read_all)
        self._read_all()

    def _drop_closed(self) -> None:
        closed = QLocalSocket.LocalSocketState.UnconnectedState
        self._sockets, sockets = [], self._sockets
        for socket in sockets:
            if socket.state() is closed and not socket.canReadLine():
                socket.deleteLater()
            else:
                self._sockets.append(socket)

    def _read_all(self) -> None:
        for socket in tuple(self._sockets):
            self._read(socket)
        self._drop_closed()

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() >= LONGEST_LINE_BYTES:
                socket.abort()
            return
        try:
            requests = json.loads(bytes(socket.readLine().data()))
        except (ValueError, RecursionError):
            requests = None
        answers = self._carry_out(requests if isinstance(requests, list) else [requests])
        socket.write(json.dumps(answers).encode() + b"\n")
        socket.flush()

    def _carry_out(self, requests: list[object]) -> list[Answer]:
        answers: list[Answer] = []
        for request in requests:
            if request == {"type": "show"}:
                self.show_requested.emit()
                answers.append({"ok": True})
            elif self._answer is None:
                answers.append({"ok": False, "error": "ChatAnyone is still starting."})
            else:
                answers.append(self._answer(request))
            if not answers[-1]["ok"]:
                break
        return answers
