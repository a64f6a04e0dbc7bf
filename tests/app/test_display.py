import socket
import sys

import pytest

from app.display import has_display

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux only")


@pytest.mark.parametrize(
    "environment",
    [
        {}, {"DISPLAY": ""}, {"DISPLAY": ":987"}, {"DISPLAY": "nonsense"}, {"DISPLAY": ":x"},
        {"DISPLAY": "127.0.0.1:987"}, {"WAYLAND_DISPLAY": "none", "XDG_RUNTIME_DIR": "/nowhere"},
        {"QT_QPA_PLATFORM": "xcb", "DISPLAY": ":987"},
    ],
)  # fmt: skip
def test_a_display_that_does_not_answer_is_none(environment):
    assert not has_display(environment)


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "vnc:size=800x600"])
def test_a_platform_without_a_display_needs_none(platform):
    assert has_display({"QT_QPA_PLATFORM": platform})


def test_a_wayland_socket_that_answers_is_a_display(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert has_display(environment)
    assert not has_display(environment)


def test_an_x_server_that_answers_is_a_display():
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("\0/tmp/.X11-unix/X4711")
        server.listen()
        assert has_display({"DISPLAY": ":4711.0"})
        assert has_display({"DISPLAY": "unix:4711"})
