import json
import os
import socket
import tempfile
import uuid
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket

from app.control import ControlError
from app.single_instance import SingleInstance, ask_running


@pytest.fixture
def name():
    return f"chatanyone-test-{uuid.uuid4().hex[:8]}"


def test_the_second_start_wakes_the_first(qtbot, name):
    first, second = SingleInstance(name), SingleInstance(name)
    assert first.claim()
    with qtbot.waitSignal(first.show_requested):
        assert not second.claim()
    first.release()


def test_after_the_first_has_ended_the_next_is_first_again(qtbot, name):
    first, second = SingleInstance(name), SingleInstance(name)
    assert first.claim()
    first.release()
    assert second.claim()
    second.release()


@pytest.mark.skipif(os.name == "nt", reason="Windows removes pipes by itself")
def test_a_socket_left_by_a_crash_is_replaced(qtbot, name):
    left = Path(tempfile.gettempdir(), name)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as crashed:
        crashed.bind(str(left))
    assert left.exists()
    instance = SingleInstance(name)
    assert instance.claim()
    with qtbot.waitSignal(instance.show_requested):
        assert not SingleInstance(name).claim()
    instance.release()
    assert not left.exists()


def ask(qtbot, name, line):
    """The line that answers a raw one, None where the connection is closed instead."""
    asking = QLocalSocket()
    asking.connectToServer(name)
    assert asking.waitForConnected(1000)
    asking.write(line)
    qtbot.waitUntil(
        lambda: asking.canReadLine() or asking.state() is QLocalSocket.LocalSocketState(0),
        timeout=3000,
    )
    return json.loads(bytes(asking.readLine().data())) if asking.canReadLine() else None


def test_requests_are_carried_out_up_to_the_first_that_fails(qtbot, name):
    asked = []

    def answer(request):
        asked.append(request)
        return {"ok": request != "bad"}

    first = SingleInstance(name)
    assert first.claim()
    assert ask(qtbot, name, b'["early"]\n')[0]["ok"] is False
    first.serve(answer)
    answers = ask(qtbot, name, b'["a", "bad", "b"]\n')
    assert [entry["ok"] for entry in answers] == [True, False]
    assert ask(qtbot, name, b"no json\n") == [{"ok": True}]
    assert asked == ["a", "bad", None]
    first.release()


def test_an_endless_line_is_cut_off(qtbot, name):
    first = SingleInstance(name)
    assert first.claim()
    assert ask(qtbot, name, b"x" * 100_000) is None
    first.release()


def test_asking_nobody_says_that_nothing_runs(qtbot, name):
    with pytest.raises(ControlError, match="not running"):
        ask_running([{"type": "state"}], name)
