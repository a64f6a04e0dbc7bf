import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.display import NO_DISPLAY, NO_PLATFORM
from app.settings import Settings, load_settings, save_settings

ROOT = Path(__file__).resolve().parents[2]
RUN = [sys.executable, "-c", "import sys; from app.application import main; sys.exit(main())"]


def environment(tmp_path, **changes):
    """The process's own, with settings and logs in a folder of their own."""
    kept = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    folders = {
        name: str(tmp_path / name)
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    }
    return {**kept, **folders, "TMPDIR": str(tmp_path), **changes}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a display")
def test_without_a_display_one_sentence_and_exit_code_2(tmp_path):
    surroundings = environment(tmp_path)
    surroundings.pop("QT_QPA_PLATFORM", None)
    ended = subprocess.run(
        RUN, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=30, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.strip() == NO_DISPLAY
    assert ended.stdout == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a platform of Linux")
def test_a_platform_that_fails_in_qt_is_a_sentence_and_no_core_dump(tmp_path):
    ended = subprocess.run(
        RUN,
        cwd=ROOT,
        env=environment(tmp_path, QT_QPA_PLATFORM="linuxfb:fb=/dev/nowhere"),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.strip() == NO_PLATFORM


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_ctrl_c_in_the_terminal_saves_and_ends_with_0(tmp_path):
    settings_file = tmp_path / "XDG_CONFIG_HOME" / "ChatAnyone" / "settings.json"
    # Without the first start's rehearsal, which would load all models.
    save_settings(Settings(set_up_done=True), settings_file)
    process = subprocess.Popen(
        RUN,
        cwd=ROOT,
        env=environment(tmp_path, QT_QPA_PLATFORM="offscreen"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    log_file = tmp_path / "XDG_STATE_HOME" / "ChatAnyone" / "log" / "chatanyone.log"
    try:
        wait_for_line(process, log_file, "the window is open")
        second = subprocess.run(
            RUN,
            cwd=ROOT,
            env=environment(tmp_path, QT_QPA_PLATFORM="offscreen"),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert second.returncode == 0
        assert "running already" in second.stdout
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    assert load_settings(settings_file).geometry, "where the window was is remembered"


def wait_for_line(process, path, line):
    import time

    for _ in range(300):
        if path.exists() and line in path.read_text():
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    pytest.fail(f"no line {line!r}")


def test_the_application_imports_no_torch_and_no_engine():
    check = (
        "import sys, app.application; "
        "sys.exit(str([m for m in ('torch', 'onnxruntime', 'av', 'cv2', 'sounddevice')"
        " if m in sys.modules] or ''))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.stderr.strip() in ("", "[]"), ended.stderr


def test_an_uncaught_exception_is_logged_with_its_traceback(monkeypatch, caplog):
    from app.log_file import log_uncaught

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", None)
    log_uncaught()
    try:
        raise ZeroDivisionError("for the log")
    except ZeroDivisionError as error:
        with caplog.at_level(logging.CRITICAL):
            sys.excepthook(type(error), error, error.__traceback__)
    assert "ZeroDivisionError: for the log" in caplog.text
    assert "Traceback" in caplog.text
