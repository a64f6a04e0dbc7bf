import json
import os
import sys

import pytest

# Before pytest-qt makes the QApplication: no window shows up on the desktop of who runs the tests.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.microphone_scan import MicrophoneScan
from app.session import Session
from tests.fakes import FakeBackend

MICROPHONES = [
    {"name": "Built-in", "host_api": "ALSA", "default": True},
    {"name": "Headset", "host_api": "ALSA", "default": False},
]


@pytest.fixture
def fake():
    return FakeBackend()


@pytest.fixture
def scan():
    """A scan whose child process prints a known list."""
    return MicrophoneScan([sys.executable, "-S", "-c", f"print({json.dumps(MICROPHONES)!r})"])


@pytest.fixture
def settings_file(tmp_path):
    return tmp_path / "config" / "settings.json"


@pytest.fixture
def closed_session(qtbot, fake, scan, settings_file):
    """A session whose worker has not started."""
    session = Session(fake.backend(), settings_file, scan)
    yield session
    fake.gate.set()
    assert session.close(), "the worker must end in time"


@pytest.fixture
def session(qtbot, closed_session):
    """A session that has read its catalogue and drawn the still portrait."""
    with qtbot.waitSignals([closed_session.still_changed, closed_session.camera_changed]):
        closed_session.open()
    return closed_session
