"""An X server of the tests' own, with keys that its test extension presses."""

import ctypes
import ctypes.util
import os
import shutil
import subprocess

import pytest

from app.hotkeys.x11_hotkeys import _load_xlib

MISSING = not (shutil.which("Xvfb") and ctypes.util.find_library("Xtst"))


@pytest.fixture(scope="session")
def display():
    if MISSING:
        pytest.skip("needs Xvfb and libXtst")
    reading, writing = os.pipe()
    # Without -noreset it begins anew whenever the last client leaves, and answers nobody meanwhile.
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "320x240x24", "-nolisten", "tcp",
         "-noreset"],
        pass_fds=(writing,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


class Keyboard:
    """Presses keys as a person does."""

    def __init__(self, display):
        self._x, self._test = _load_xlib(), ctypes.CDLL(ctypes.util.find_library("Xtst"))
        self._test.XTestFakeKeyEvent.argtypes = (
            ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong,
        )  # fmt: skip
        self._display = self._x.XOpenDisplay(display.encode())

    def send(self, name, down):
        keysym = self._x.XStringToKeysym(name.encode())
        code = self._x.XKeysymToKeycode(self._display, keysym)
        self._test.XTestFakeKeyEvent(self._display, code, int(down), 0)
        self._x.XSync(self._display, 0)

    def press(self, *names):
        for name in names:
            self.send(name, True)

    def release(self, *names):
        for name in names:
            self.send(name, False)

    def close(self):
        self._x.XCloseDisplay(self._display)


@pytest.fixture
def keyboard(display):
    keyboard = Keyboard(display)
    yield keyboard
    keyboard.close()
