"""One program that controls this one: a WebSocket (RFC 6455) over a socket of Qt.

The protocol itself is `websockets` without its input and output, so that everything happens on the
GUI thread, where the session lives; QtWebSockets would add 170 MB of PySide6-Addons.
"""

import json
import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QTcpSocket

from app.control import Answer, Control
from app.remote.token import is_token

log = logging.getLogger(__name__)

LONGEST_MESSAGE_BYTES = 65_536
LONGEST_BACKLOG_BYTES = 1_048_576
HANDSHAKE_TIMEOUT_MS = 5000


class Connection(QObject):
    """Lets nobody in without the token, nor any web page: browsers name the page they come from.

    `ended` comes once, when it is over.
    """

    ended = Signal()

    def __init__(
        self, socket: QTcpSocket, control: Control, token: str, parent: QObject | None = None
    ) -> None:
        from websockets.server import ServerProtocol

        super().__init__(parent)
        self._socket = socket
        self._control = control
        self._token = token
        self._hosts = {f"{name}:{socket.localPort()}" for name in ("127.0.0.1", "localhost")}
        self._protocol = ServerProtocol(
            origins=[None], max_size=LONGEST_MESSAGE_BYTES, logger=logging.getLogger("websockets")
        )
        self._is_open = False
        self._has_ended = False
        socket.setParent(self)
        socket.setReadBufferSize(2 * LONGEST_MESSAGE_BYTES)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self._end)
        self._deadline = QTimer(self, interval=HANDSHAKE_TIMEOUT_MS, singleShot=True)
        self._deadline.timeout.connect(self.close)
        self._deadline.start()
        if socket.bytesAvailable():
            self._read()

    @property
    def is_open(self) -> bool:
        """Whether the token was right."""
        return self._is_open

    def send(self, message: Answer) -> None:
        """Send one message; who does not read what is sent is cut off."""
        if not self._is_open:
            return
        if self._socket.bytesToWrite() > LONGEST_BACKLOG_BYTES:
            self.close()
            return
        self._protocol.send_text(json.dumps(message).encode("utf-8"))
        self._flush()

    def close(self) -> None:
        """Hang up at once."""
        self._socket.abort()
        self._end()

    def _read(self) -> None:
        from websockets.exceptions import InvalidState

        self._protocol.receive_data(bytes(self._socket.readAll().data()))
        try:
            for event in self._protocol.events_received():
                self._take(event)
        except InvalidState:
            log.info("a message came after the end of a remote control")
        self._flush()

    def _take(self, event: Any) -> None:
        from websockets.frames import CloseCode, Frame, Opcode
        from websockets.http11 import Request

        if isinstance(event, Request):
            self._let_in(event)
        elif isinstance(event, Frame) and event.opcode in (
            Opcode.TEXT, Opcode.BINARY, Opcode.CONT,
        ):  # fmt: skip
            if event.opcode is not Opcode.TEXT or not event.fin:
                self._protocol.fail(CloseCode.UNSUPPORTED_DATA, "one text frame a message")
                return
            self.send(self._answer(bytes(event.data)))

    def _let_in(self, request: Any) -> None:
        refusal = self._refusal(request)
        if refusal is not None:
            log.info("a remote control was refused: %s", refusal.phrase)
            self._protocol.send_response(self._protocol.reject(refusal, f"{refusal.phrase}.\n"))
            return
        response = self._protocol.accept(request)
        self._protocol.send_response(response)
        if response.status_code != HTTPStatus.SWITCHING_PROTOCOLS:
            log.info("a remote control was refused: %s", response.reason_phrase)
            return
        self._deadline.stop()
        self._is_open = True
        self.send({"type": "hello", "version": 1, **self._control.choices(),
                   "state": self._control.state()})  # fmt: skip

    def _refusal(self, request: Any) -> HTTPStatus | None:
        """Why this is nobody to talk to; None where it is."""
        headers = request.headers
        # A page that got its own name to point here would still call us by that name.
        if headers.get_all("Host") not in [[host] for host in self._hosts]:
            return HTTPStatus.FORBIDDEN
        if headers.get_all("Origin"):
            return HTTPStatus.FORBIDDEN
        given = headers.get("Authorization", "")
        token = given.removeprefix("Bearer ")
        if token == given:
            token = parse_qs(urlsplit(request.path).query).get("token", [""])[0]
        return None if is_token(token, self._token) else HTTPStatus.UNAUTHORIZED

    def _answer(self, message: bytes) -> Answer:
        try:
            request = json.loads(message)
        except (ValueError, RecursionError):
            return {"type": "answer", "ok": False, "error": "A message is one JSON object."}
        answer = {"type": "answer", **self._control.answer(request)}
        if isinstance(request, dict) and "id" in request:
            answer["id"] = request["id"]
        return answer

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:
                self._socket.write(data)
            else:
                self._socket.disconnectFromHost()

    def _end(self) -> None:
        if not self._has_ended:
            self._has_ended = True
            self._is_open = False
            self._deadline.stop()
            self.ended.emit()
