import json
import sys

import pytest

import main
from app.microphone_scan import (
    SCAN_ARGUMENT,
    MicrophoneEntry,
    MicrophoneScan,
    parse_microphones,
    scan_command,
)


def test_the_real_scan_ends_with_a_list_or_a_reason(qtbot, caplog):
    scan = MicrophoneScan()
    found = []
    scan.finished.connect(found.append)
    with caplog.at_level("INFO"):
        scan.start()
        qtbot.waitUntil(lambda: bool(found) or "gave no list" in caplog.text, timeout=15000)
    assert all(isinstance(entry, MicrophoneEntry) for entry in found and found[0])


@pytest.mark.parametrize("program", ["print('nonsense')", "import sys; sys.exit('no PortAudio')"])
def test_a_scan_that_fails_keeps_the_old_list(qtbot, caplog, program):
    scan = MicrophoneScan([sys.executable, "-S", "-c", program])
    found = []
    scan.finished.connect(found.append)
    with caplog.at_level("INFO"):
        scan.start()
        qtbot.waitUntil(lambda: "gave no list" in caplog.text)
    assert found == []


def test_a_program_that_cannot_start_is_logged(qtbot, caplog):
    scan = MicrophoneScan(["/nowhere/python"])
    with caplog.at_level("INFO"):
        scan.start()
        qtbot.waitUntil(lambda: "failed" in caplog.text)


def test_a_cancelled_scan_tells_nothing(qtbot):
    scan = MicrophoneScan([sys.executable, "-S", "-c", "import time; time.sleep(9); print('[]')"])
    scan.finished.connect(lambda _: pytest.fail("a cancelled scan told something"))
    scan.start()
    scan.cancel()
    qtbot.wait(50)


def test_rows_become_entries():
    rows = [{"name": "Mikrofon (Ä)", "host_api": "WASAPI", "default": True}]
    assert parse_microphones(json.dumps(rows).encode()) == (
        MicrophoneEntry("Mikrofon (Ä)", "WASAPI", True),
    )
    with pytest.raises(ValueError, match="list"):
        parse_microphones(b"{}")


@pytest.mark.parametrize(
    ("system", "program"),
    [("linux", "/opt/app/ChatAnyone"), ("win32", "/opt/app/chatanyone-cli.exe")],
)
def test_the_built_application_scans_by_itself(monkeypatch, system, program):
    assert scan_command()[0] == sys.executable
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(sys, "executable", "/opt/app/ChatAnyone")
    assert scan_command() == [program, SCAN_ARGUMENT]


def test_the_program_knows_the_argument_of_the_scan(monkeypatch):
    asked = []
    monkeypatch.setattr("app.microphone_scan.main", lambda: asked.append(1))
    assert main.main([SCAN_ARGUMENT]) == 0
    assert asked == [1]
