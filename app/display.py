"""Whether a window can be shown here, asked before Qt is: Qt aborts the process instead."""

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

NO_DISPLAY = (
    "ChatAnyone has no display to open its window on: start it from a desktop session, "
    "or use `render` or `live` on the command line."
)
NO_PLATFORM = (
    "Qt cannot open a window here: `python3 installer/bootstrap.py run` installs the libraries it "
    "needs."
)
HEADLESS_PLATFORMS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
CONNECT_TIMEOUT_S = 1.0
X11_PORT = 6000


def has_display(environment: Mapping[str, str] | None = None) -> bool:
    """True where Qt can be expected to find a display.

    environment: the process's own where None
    """
    if not sys.platform.startswith("linux"):
        return True
    environment = os.environ if environment is None else environment
    platform = environment.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if platform in HEADLESS_PLATFORMS:
        return True
    return _wayland_answers(environment) or _x11_answers(environment.get("DISPLAY", ""))


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    return _local_socket_answers(str(Path(environment.get("XDG_RUNTIME_DIR", "/"), name)))


def _x11_answers(display: str) -> bool:
    """`display` is [host]:number[.screen], as X(7) has it."""
    host, colon, number = display.rpartition(":")
    number = number.split(".")[0]
    if not colon or not number.isdigit():
        return False
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _local_socket_answers("\0" + path) or _local_socket_answers(path)
    try:
        address = (host.strip("[]"), X11_PORT + int(number))
        socket.create_connection(address, CONNECT_TIMEOUT_S).close()
    except OSError:
        return False
    return True


def _local_socket_answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(CONNECT_TIMEOUT_S)
        try:
            probe.connect(path)
        except OSError:
            return False
    return True
