"""Over a real socket, spoken to by the client side of the same protocol library."""

import json

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QTcpServer, QTcpSocket

pytest.importorskip("websockets")

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

from app.control import Control
from app.remote.remote_control import MOST_CONNECTIONS, TOKEN_FILE, RemoteControl
from app.remote.remote_dialog import RemoteDialog
from app.session import SessionState


class Client:
    """A program that controls ours; headers: besides those of the protocol"""

    def __init__(self, qtbot, port, query="", headers=(), host=None):
        self._qtbot = qtbot
        self._protocol = ClientProtocol(parse_uri(f"ws://127.0.0.1:{port}/{query}"))
        self.status = 0
        self.messages = []
        self.socket = QTcpSocket()
        self.socket.readyRead.connect(self._read)
        self.socket.connectToHost("127.0.0.1", port)
        assert self.socket.waitForConnected(1000)
        request = self._protocol.connect()
        for name, value in headers:
            request.headers[name] = value
        if host is not None:
            del request.headers["Host"]
            request.headers["Host"] = host
        self._protocol.send_request(request)
        self._flush()
        qtbot.waitUntil(lambda: self.status != 0 or self.is_closed, timeout=3000)

    @property
    def is_closed(self):
        return self.socket.state() is QTcpSocket.SocketState.UnconnectedState

    def ask(self, **request):
        """The answer to a request."""
        return self.send_text(json.dumps(request).encode())

    def send_text(self, text):
        answers = self._count("answer")
        self._protocol.send_text(text)
        self._flush()
        self._qtbot.waitUntil(lambda: self._count("answer") > answers, timeout=3000)
        return [message for message in self.messages if message["type"] == "answer"][-1]

    def send_raw(self, send, *arguments, **options):
        getattr(self._protocol, send)(*arguments, **options)
        self._flush()

    def told(self):
        """The state that was told last."""
        return [m["state"] for m in self.messages if m["type"] == "state"][-1]

    def _count(self, kind):
        return sum(message["type"] == kind for message in self.messages)

    def _read(self):
        self._protocol.receive_data(bytes(self.socket.readAll().data()))
        for event in self._protocol.events_received():
            if isinstance(event, Response):
                self.status = event.status_code
            elif isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                self.messages.append(json.loads(event.data))
        self._flush()

    def _flush(self):
        for data in self._protocol.data_to_send():
            if data:
                self.socket.write(data)


@pytest.fixture
def remote(session, tmp_path, free_port):
    remote = RemoteControl(session, Control(session), tmp_path)
    session.change(remote_port=free_port)
    remote.open()
    yield remote
    remote.close()


@pytest.fixture
def free_port():
    probe = QTcpServer()
    assert probe.listen()
    port = probe.serverPort()
    probe.close()
    return port


@pytest.fixture
def open_remote(session, remote):
    session.change(remote_control=True)
    assert remote.port
    return remote


@pytest.fixture
def connect(qtbot, open_remote):
    """Makes clients, with the right token where nothing else is said."""
    clients = []

    def make(**options):
        if not options:
            options = {"headers": [("Authorization", f"Bearer {open_remote.token}")]}
        clients.append(Client(qtbot, open_remote.port, **options))
        return clients[-1]

    yield make
    for client in clients:
        client.socket.abort()


def test_it_is_off_until_the_user_switches_it_on(remote, session, tmp_path):
    assert remote.port == 0
    assert remote.status == "Off."
    assert not (tmp_path / TOKEN_FILE).exists()
    session.change(remote_control=True)
    assert remote.port == session.settings.remote_port
    session.change(remote_control=False)
    assert remote.port == 0


def test_it_listens_on_this_computer_only(open_remote):
    assert open_remote._server.serverAddress().toString() == "127.0.0.1"


def test_who_has_the_token_is_greeted_with_choices_and_state(qtbot, connect):
    client = connect()
    assert client.status == 101
    qtbot.waitUntil(lambda: len(client.messages) == 1)
    hello = client.messages[0]
    assert (hello["type"], hello["version"]) == ("hello", 1)
    assert hello["styles"] == [
        {"name": "natural", "title": "Natural"}, {"name": "calm", "title": "Calm"},
    ]  # fmt: skip
    assert hello["state"]["avatar"] == "ada"


def test_requests_are_carried_out_and_answered_with_their_id(qtbot, connect, session):
    client = connect()
    answer = client.ask(type="style", name="calm", id="a7")
    assert (answer["ok"], answer["id"], answer["state"]["style"]) == (True, "a7", "calm")
    assert client.ask(type="start")["state"]["state"] == "starting"
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    assert client.ask(type="mute", on=True)["state"]["muted"]
    assert client.ask(type="card")["state"]["card"]
    assert client.ask(type="avatar", step=1)["state"]["avatar"] == "grace"
    client.ask(type="stop")
    qtbot.waitUntil(lambda: session.state is SessionState.STOPPED)


def test_every_client_is_told_what_changes(qtbot, connect, open_remote, session):
    first, second = connect(), connect(query=f"?token={open_remote.token}")
    first.ask(type="avatar", name="grace")
    qtbot.waitUntil(lambda: any(m["type"] == "state" for m in second.messages))
    assert second.told()["avatar"] == "grace"
    session.set_muted(True)
    qtbot.waitUntil(lambda: first.told()["muted"] and second.told()["muted"])


def test_avatars_that_came_are_told(qtbot, connect, session, fake):
    client = connect()
    fake.own.append("me")
    session._take_avatars(fake.read_catalogue(), "")
    qtbot.waitUntil(lambda: any(m["type"] == "choices" for m in client.messages))
    told = [m for m in client.messages if m["type"] == "choices"][-1]
    assert {"name": "me", "title": "me"} in told["avatars"]


@pytest.mark.parametrize(
    "message", [b"no json", b"[1]", b"null", b'{"type": "fly"}', b"[" * 50_000, b'{"type": 3}']
)
def test_what_makes_no_sense_is_answered_with_a_sentence(connect, session, message):
    client = connect()
    before = session.settings
    answer = client.send_text(message)
    assert not answer["ok"]
    assert answer["error"].endswith(".")
    assert session.settings == before
    assert client.ask(type="state")["ok"], "it goes on"


@pytest.mark.parametrize(
    "options",
    [
        {"query": ""},
        {"query": "?token="},
        {"query": "?token=wrong"},
        {"query": "?token=%C3%A4"},
        {"headers": [("Authorization", "Bearer wrong")]},
        {"headers": [("Authorization", "Basic x")]},
    ],
)
def test_without_the_right_token_nobody_gets_in(connect, options):
    client = connect(**options)
    assert client.status == 401
    assert client.messages == []


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://127.0.0.1:8765", "null", "file://"]
)
def test_no_web_page_gets_in_even_with_the_token(open_remote, connect, origin):
    headers = [("Authorization", f"Bearer {open_remote.token}"), ("Origin", origin)]
    assert connect(headers=headers).status == 403


def test_a_name_that_was_made_to_point_here_does_not_get_in(open_remote, connect):
    headers = [("Authorization", f"Bearer {open_remote.token}")]
    host = f"evil.example:{open_remote.port}"
    assert connect(headers=headers, host=host).status == 403


def test_what_is_no_websocket_is_refused(qtbot, open_remote):
    socket = QTcpSocket()
    socket.connectToHost("127.0.0.1", open_remote.port)
    assert socket.waitForConnected(1000)
    socket.write(b"\x00\xff rubbish\r\n\r\n")
    qtbot.waitUntil(lambda: socket.state() is QTcpSocket.SocketState.UnconnectedState)
    assert open_remote._connections == []


def test_an_oversized_or_divided_message_ends_the_connection(qtbot, connect, open_remote):
    client = connect()
    client.send_raw("send_text", b"x" * 70_000)
    divided = connect()
    divided.send_raw("send_text", b'{"type":', fin=False)
    binary = connect()
    binary.send_raw("send_binary", b"{}")
    qtbot.waitUntil(lambda: not any(c.is_open for c in open_remote._connections), timeout=3000)


def test_a_silent_connection_is_not_kept(qtbot, open_remote, monkeypatch):
    monkeypatch.setattr("app.remote.connection.HANDSHAKE_TIMEOUT_MS", 50)
    socket = QTcpSocket()
    socket.connectToHost("127.0.0.1", open_remote.port)
    assert socket.waitForConnected(1000)
    qtbot.waitUntil(lambda: len(open_remote._connections) == 1)
    qtbot.waitUntil(lambda: len(open_remote._connections) == 0, timeout=3000)


def test_there_are_only_so_many_connections(qtbot, connect, open_remote):
    for _ in range(MOST_CONNECTIONS):
        assert connect().status == 101
    assert connect().status == 0
    assert len(open_remote._connections) == MOST_CONNECTIONS


def test_a_new_token_shuts_out_who_has_the_old_one(qtbot, connect, open_remote):
    old = open_remote.token
    client = connect()
    open_remote.renew_token()
    qtbot.waitUntil(lambda: client.is_closed)
    assert connect(headers=[("Authorization", f"Bearer {old}")]).status == 401
    assert connect().status == 101


def test_a_port_that_is_taken_is_told(session, remote, free_port):
    other = QTcpServer()
    assert other.listen(port=free_port)
    session.change(remote_control=True)
    assert remote.status == f"Port {free_port} is taken; choose another one."
    other.close()


def test_the_dialog_switches_it_on_and_shows_how_to_reach_it(qtbot, session, remote):
    dialog = RemoteDialog(session, remote)
    qtbot.addWidget(dialog)
    assert not dialog.copy.isEnabled()
    dialog.switch.setChecked(True)
    assert remote.port
    assert dialog.address.text() == f"ws://127.0.0.1:{remote.port}/"
    assert dialog.status.text().startswith("On")
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == remote.token
    before = remote.token
    dialog.renew.click()
    assert remote.token != before
    assert dialog.token.text() == remote.token
    dialog.switch.setChecked(False)
    assert remote.port == 0
    assert dialog.token.text() == ""
