"""The voice for the call."""

import json
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.chain import Readings
from app.microphone_scan import MicrophoneEntry, MicrophoneScan
from app.settings import Settings
from app.voice_out_panel import OFF, READY, VoiceOutPanel

CABLES = [{"name": "CABLE Input", "host_api": "MME", "default": False}]
RUNNING = Readings(30.0, 0.08, 0, 0, "lite", "CPU")


@pytest.fixture
def panel(qtbot):
    scan = MicrophoneScan([sys.executable, "-S", "-c", f"print({json.dumps(CABLES)!r})"])
    panel = VoiceOutPanel(scan)
    qtbot.addWidget(panel)
    panel.show_settings(Settings())
    return panel


def test_it_is_off_until_the_user_wants_it(panel):
    assert not panel.on.isChecked()
    assert not panel.outputs.isEnabled()
    assert panel.status.text() == OFF
    assert panel.talk.isHidden()


def test_showing_settings_changes_nothing(panel, qtbot):
    chosen = Settings(voice_out="Speaker, MME", voice_gain=1.5, push_to_talk=True)
    with qtbot.assertNotEmitted(panel.changed):
        panel.show_settings(chosen)
    assert panel.outputs.currentText() == "Speaker, MME (not connected)"
    assert (panel.gain.value(), panel.loudness.text()) == (150, "150 %")
    assert not panel.talk.isHidden()


def test_switching_on_takes_the_automatic_output(panel, qtbot):
    with qtbot.waitSignal(panel.changed) as signal:
        panel.on.click()
    assert signal.args == ["voice_out", "auto"]
    with qtbot.waitSignal(panel.changed) as signal:
        panel.on.click()
    assert signal.args == ["voice_out", ""]


def test_switching_off_and_on_keeps_the_chosen_output(panel, qtbot):
    panel.show_settings(Settings(voice_out="Speaker, MME"))
    panel.show_settings(Settings())
    with qtbot.waitSignal(panel.changed) as signal:
        panel.on.click()
    assert signal.args == ["voice_out", "Speaker, MME"]


def test_outputs_found_can_be_chosen(panel, qtbot):
    panel.show_settings(Settings(voice_out="auto"))
    with qtbot.waitSignal(panel._scan.finished):
        panel.outputs.opened.emit()
    assert panel.outputs.findData("CABLE Input, MME") == 1
    with qtbot.waitSignal(panel.changed) as signal:
        panel.outputs.activated.emit(1)
    assert signal.args == ["voice_out", "CABLE Input, MME"]


def test_loudness_and_push_to_talk_are_told(panel, qtbot):
    panel.show_settings(Settings(voice_out="auto"))
    with qtbot.waitSignal(panel.changed) as signal:
        panel.gain.setValue(50)
    assert signal.args == ["voice_gain", 0.5]
    with qtbot.waitSignal(panel.changed) as signal:
        panel.push_to_talk.click()
    assert signal.args == ["push_to_talk", True]


def test_the_button_talks_while_it_is_held_by_mouse_or_space(panel, qtbot):
    panel.show_settings(Settings(voice_out="auto", push_to_talk=True))
    told = []
    panel.talking.connect(told.append)
    qtbot.mousePress(panel.talk, Qt.MouseButton.LeftButton)
    assert told == [True]
    qtbot.mouseRelease(panel.talk, Qt.MouseButton.LeftButton)
    qtbot.keyPress(panel.talk, Qt.Key.Key_Space)
    qtbot.keyRelease(panel.talk, Qt.Key.Key_Space)
    assert told == [True, False, True, False]


def test_it_says_what_to_choose_in_the_call_or_what_is_wrong(panel):
    panel.show_settings(Settings(voice_out="auto"))
    panel.show_readings(None)
    assert panel.status.text() == READY
    panel.show_readings(replace(RUNNING, voice_name="ChatAnyone Microphone", voice_delay_s=0.112))
    assert "choose “ChatAnyone Microphone” as the microphone" in panel.status.text()
    assert "112 ms late" in panel.status.text()
    panel.show_readings(replace(RUNNING, voice_fault="There is no virtual cable."))
    assert panel.status.text() == "There is no virtual cable."


def test_entries_are_what_the_scan_prints():
    assert MicrophoneEntry(**CABLES[0]).name == "CABLE Input"
