import os
import socket
import tempfile
import uuid
from pathlib import Path

import pytest

from app.single_instance import SingleInstance


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
