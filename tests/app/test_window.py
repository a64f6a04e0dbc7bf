import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.session import SessionState
from app.window import Window
from pipeline.errors import CameraError, MicrophoneError
from tests.app.test_preview import assert_shows
from tests.fakes import portrait


@pytest.fixture
def window(qtbot, session):
    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_still_portrait_is_on_the_screen_before_start(qtbot, window, session):
    window.preview.set_hint("")
    assert_shows(window.preview, portrait(seed=len("ada")))


def test_the_frames_of_the_run_are_on_the_screen(qtbot, window, session):
    click(qtbot, window.start)
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    window.preview.pull()
    assert_shows(window.preview, portrait(seed=1))


def test_the_start_button_starts_and_stops(qtbot, window, session):
    assert window.start.text() == "&Start"
    assert not window.mute.isEnabled()
    click(qtbot, window.start)
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    assert window.start.text() == "&Stop"
    assert "live" in window.windowTitle()
    click(qtbot, window.start)
    qtbot.waitUntil(lambda: session.state is SessionState.STOPPED)
    assert window.start.text() == "&Start"


def test_the_mute_button_mutes_and_follows_the_session(qtbot, window, session):
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    click(qtbot, window.mute)
    assert session.state is SessionState.MUTED
    assert window.mute.text() == "Un&mute"
    session.set_muted(False)
    assert not window.mute.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.muted)


def test_choices_of_the_user_reach_the_session(qtbot, window, session):
    window.avatars.setCurrentRow(2)
    assert session.settings.avatar == "joan b"
    window.panel.styles.activated.emit(1)
    assert session.settings.style == "calm"
    window.panel.sliders.sliders["gesture"].setValue(150)
    assert session.settings.gesture == 1.5
    click_left_end(qtbot, window.panel.mirror)
    assert session.settings.mirror_preview
    click_left_end(qtbot, window.panel.label)
    assert not session.settings.label


def click_left_end(qtbot, box):
    """A check box takes clicks on its mark and words, not on the empty rest of its row."""
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() * 0.1)


def test_the_settings_of_the_session_are_shown(window, session):
    session.change(avatar="grace", style="calm", expression=0.25, mirror_preview=True)
    assert window.avatars.currentItem().text() == "Grace"
    assert window.panel.styles.currentText() == "Calm"
    assert window.panel.sliders.sliders["expression"].value() == 25
    assert window.panel.mirror.isChecked()


def test_microphones_are_listed_and_an_unplugged_one_stays_marked(qtbot, window, session):
    picker = window.panel.microphones
    qtbot.waitUntil(lambda: picker.count() == 3, timeout=5000)
    titles = [picker.itemText(index) for index in range(3)]
    assert titles == ["System default (Built-in)", "Built-in", "Headset"]
    picker.activated.emit(2)
    assert session.settings.microphone == "Headset"
    session.set_microphone("Old one", "ALSA")
    assert picker.currentText() == "Old one (not connected)"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_opening_the_microphone_list_looks_again(qtbot, window, session):
    with qtbot.waitSignal(session.microphones_changed):
        window.panel.microphones.showPopup()
    window.panel.microphones.hidePopup()


def test_an_error_is_shown_as_its_sentence_until_it_is_closed(qtbot, window, session, fake):
    fake.build_fault = MicrophoneError("No microphone was found; plug one in.")
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.ERROR)
    assert window.message.isVisible()
    assert window.message.label.text() == "No microphone was found; plug one in."
    window.message.dismissed.emit()
    assert not window.message.isVisible()


def test_without_a_camera_the_window_says_what_to_do(qtbot, closed_session, fake):
    fake.camera_fault = CameraError("There is none: run `sudo modprobe x` & <again>.")
    window = Window(closed_session)
    qtbot.addWidget(window)
    with qtbot.waitSignal(closed_session.camera_changed):
        closed_session.open()
    assert "<b>sudo modprobe x</b>" in window.panel.camera.label.text()
    assert "&amp; &lt;again&gt;" in window.panel.camera.label.text()
    assert window.panel.camera_retry.isVisibleTo(window)


def test_the_camera_to_choose_in_the_call_is_named(window):
    assert "Fake Camera" in window.panel.camera.label.text()
    assert not window.panel.camera_retry.isVisibleTo(window)


def test_the_status_line_shows_the_run_and_nothing_before(qtbot, window, session):
    assert not window.status.engine.isVisible()
    session.start()
    qtbot.waitUntil(window.status.engine.isVisible)
    assert window.status.engine.text() == "lite tier on CPU"
    assert window.status.latency.text() == "66 ms"
    assert window.status.lost.text() == "2 dropped, 1 late"


def test_the_window_comes_back_where_it_was(qtbot, window, session):
    window.resize(760, 640)
    window.remember_geometry()
    again = Window(session)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (760, 640)


@pytest.mark.parametrize("geometry", ["%%%", "ä", "AAAA"])
def test_a_damaged_geometry_gives_the_default_size(qtbot, session, geometry):
    session.change(geometry=geometry)
    window = Window(session)
    qtbot.addWidget(window)
    assert window.width() > 1000


def test_every_control_is_reached_by_tab_and_has_a_name(qtbot, window, session):
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    window.start.setFocus()
    names = []
    for _ in range(40):
        widget = QApplication.focusWidget()
        assert widget is not None
        names.append(widget.accessibleName() or widget.text())
        if len(names) > 1 and widget is window.start:
            break
        window.focusNextChild()
    assert all(names)
    for name in ("&Mute", "Avatars", "Style", "Expression", "Head", "Gesture", "Microphone"):
        assert name in names
    assert names.index("&Mute") == 1


def test_the_window_fits_a_small_screen(window):
    window.resize(window.minimumSize())
    assert window.width() <= 720
    assert window.height() <= 540
    assert window.preview.picture_rect().width() >= 200
    assert window.start.visibleRegion().boundingRect().height() == window.start.height()


def test_stopping_shows_the_still_again(qtbot, window, session):
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    session.stop()
    qtbot.waitUntil(lambda: session.state is SessionState.STOPPED)
    window.preview.set_hint("")
    window.preview.pull()
    assert np.array_equal(session.still, portrait(seed=3))
    assert_shows(window.preview, session.still)
