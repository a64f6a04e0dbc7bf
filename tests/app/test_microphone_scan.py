import json
import sys

import pytest

from app.microphone_scan import MicrophoneEntry, MicrophoneScan, parse_microphones


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
