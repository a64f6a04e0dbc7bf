"""The first start as a user goes through it, with all that is real but the microphone's voice."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.chain import Shown
from app.session import SessionState
from app.set_up.rehearsal_page import COUNTDOWN_S, TAKE_S, Phase

PATIENCE_MS = 60_000
# What the test of the last step takes by itself: counting down, recording, playing.
REHEARSAL_S = COUNTDOWN_S + 2 * TAKE_S


@pytest.mark.slow
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_from_the_first_start_to_live_in_four_clicks_and_a_minute(
    qtbot, make_session, tmp_path, capsys
):
    pytest.importorskip("onnxruntime")
    from app.backend import real_backend
    from app.desktop import Desktop
    from bench.speed import write_voice
    from pipeline.played_file import PlayedFile

    sound = write_voice(tmp_path / "voice.wav", 120.0)
    clicks = 0

    def click(button):
        nonlocal clicks
        clicks += 1
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    started_s = time.monotonic()
    session = make_session(real_backend(lambda *_: lambda: PlayedFile(sound)))
    desktop = Desktop(QApplication.instance(), session, with_tray=False)
    qtbot.addWidget(desktop.window)
    session.open()
    desktop.window.show()
    wizard = desktop.open_set_up()
    qtbot.waitUntil(lambda: wizard.microphone.advice.text() == "Well heard.", timeout=PATIENCE_MS)
    for page in (wizard.camera, wizard.avatar, wizard.rehearsal):
        click(wizard.next)
        assert wizard.stack.currentWidget() is page
    assert session.shown is Shown.REHEARSAL
    qtbot.waitUntil(lambda: wizard.rehearsal.phase is Phase.DONE, timeout=PATIENCE_MS)
    click(wizard.next)
    took_s = time.monotonic() - started_s
    assert (session.state, session.shown) == (SessionState.RUNNING, Shown.AVATAR)
    before = session.latest_frame()
    qtbot.waitUntil(lambda: session.latest_frame() is not before, timeout=PATIENCE_MS)
    assert session.settings.set_up_done
    assert clicks == 4
    assert REHEARSAL_S < took_s < 60
    with capsys.disabled():
        print(f" live after {clicks} clicks and {took_s:.1f} s,", end="")
