import gc
import json
import os
import sys

import pytest
from PySide6.QtWidgets import QApplication

# Before pytest-qt makes the QApplication: no window shows up on the desktop of who runs the tests.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.microphone_scan import MicrophoneScan
from app.session import Session
from app.theme import DARK, apply_theme
from app.window import Window
from tests.fakes import FakeBackend

MICROPHONES = [
    {"name": "Built-in", "host_api": "ALSA", "default": True},
    {"name": "Headset", "host_api": "ALSA", "default": False},
]


@pytest.fixture
def fake():
    return FakeBackend()


@pytest.fixture(scope="session", autouse=True)
def quick_collections():
    """What was imported is never garbage: `make_session` collects in no time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def scan():
    """A scan whose child process prints a known list."""
    return MicrophoneScan([sys.executable, "-S", "-c", f"print({json.dumps(MICROPHONES)!r})"])


@pytest.fixture
def settings_file(tmp_path):
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def make_session(qtbot, scan, settings_file):
    """Makes sessions whose worker has not started; all of them are closed in the end."""
    sessions = []

    def make(backend):
        sessions.append(Session(backend, settings_file, scan))
        return sessions[-1]

    yield make
    ended = [session.close() for session in sessions]
    for session in sessions:
        session.deleteLater()
    sessions.clear()
    # Otherwise the worker of a later test may collect Qt objects of this one, on its own thread.
    gc.collect()
    assert all(ended), "every worker must end in time"


@pytest.fixture
def closed_session(make_session, fake):
    """A session whose worker has not started."""
    yield make_session(fake.backend())
    fake.gate.set()


@pytest.fixture
def session(qtbot, closed_session):
    """A session that has read its catalogue and drawn the still portrait."""
    with qtbot.waitSignals([closed_session.still_changed, closed_session.camera_changed]):
        closed_session.open()
    return closed_session


@pytest.fixture
def window(qtbot, session):
    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def themed(qtbot):
    """The style sheet of the application, as the user's window has it."""
    application = QApplication.instance()
    apply_theme(application, DARK)
    yield
    application.setStyleSheet("")
    application.setProperty("theme", None)
