"""Remote control for other programs on this computer; off until the user switches it on."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QHostAddress, QTcpServer

from app.control import Answer, Control
from app.remote.connection import Connection
from app.remote.token import new_token, read_token
from app.session import Session
from app.words import mark, say
from pipeline.sentence import Sentence

log = logging.getLogger(__name__)

MOST_CONNECTIONS = 8
TOKEN_FILE = "remote-control-token"
OFF = mark("Off.")
ON = mark("On, for programs on this computer that have the token.")
UNAVAILABLE = mark("Unavailable: {reason}.")
NO_TOKEN = mark("Unavailable: the token cannot be kept ({reason}).")
TAKEN = mark("Port {port} is taken; choose another one.")


class RemoteControl(QObject):
    """Listens on 127.0.0.1 while the settings want it, and tells every change of state.

    folder: where the token is kept
    """

    status_changed = Signal(str)

    def __init__(
        self, session: Session, control: Control, folder: Path, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._control = control
        self._path = folder / TOKEN_FILE
        self._wanted: tuple[bool, int] | None = None
        self._connections: list[Connection] = []
        self.token = ""
        self._status = OFF
        self._server = QTcpServer(self)
        self._server.newConnection.connect(self._accept)
        session.settings_changed.connect(self._follow)
        control.state_changed.connect(self._tell_state)
        control.choices_changed.connect(self._tell_choices)

    @property
    def status(self) -> str:
        """Whether it works, and why not."""
        return say(self._status)

    @property
    def port(self) -> int:
        """Where it listens, 0 where it does not."""
        return self._server.serverPort() if self._server.isListening() else 0

    @property
    def address(self) -> str:
        """What a program connects to, without the token."""
        return f"ws://127.0.0.1:{self._session.settings.remote_port}/"

    def open(self) -> None:
        """Listen from now on, where the user wants that."""
        self._follow()

    def close(self) -> None:
        """Stop listening and hang up."""
        self._server.close()
        for connection in tuple(self._connections):
            connection.close()

    def renew_token(self) -> None:
        """Shut out everybody who knows the old token."""
        self._wanted = None
        self.close()
        try:
            new_token(self._path)
        except OSError as error:
            log.info("no new token: %s", error)
        self._follow()

    def _follow(self, _: object = None) -> None:
        settings = self._session.settings
        wanted = (settings.remote_control, settings.remote_port)
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self.close()
        self._tell(self._listen(settings.remote_port) if settings.remote_control else OFF)

    def _listen(self, port: int) -> str:
        try:
            import websockets.server  # noqa: F401
        except ImportError as error:
            return Sentence(UNAVAILABLE, reason=error)
        try:
            self.token = read_token(self._path)
        except OSError as error:
            return Sentence(NO_TOKEN, reason=error)
        if not self._server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), port):
            log.info("no remote control: %s", self._server.errorString())
            return Sentence(TAKEN, port=port)
        log.info("the remote control listens on port %d", self.port)
        return ON

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._connections) >= MOST_CONNECTIONS:
                socket.abort()
                socket.deleteLater()
                continue
            connection = Connection(socket, self._control, self.token, self)
            self._connections.append(connection)
            connection.ended.connect(self._drop_ended)

    def _drop_ended(self) -> None:
        connection = self.sender()
        if isinstance(connection, Connection) and connection in self._connections:
            self._connections.remove(connection)
            connection.deleteLater()

    def _tell_state(self) -> None:
        self._send({"type": "state", "state": self._control.state()})

    def _tell_choices(self) -> None:
        self._send({"type": "choices", **self._control.choices()})

    def _send(self, message: Answer) -> None:
        for connection in tuple(self._connections):
            connection.send(message)

    def _tell(self, status: str) -> None:
        if status != self._status:
            self._status = status
            self.status_changed.emit(self.status)
