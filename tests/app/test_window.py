import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
)

from app.chain import Level
from app.panels.camera import CameraPanel
from app.panels.microphone import MicrophonePanel
from app.panels.movement import MovementPanel
from app.panels.styles import StylesPanel
from app.panels.view import ViewPanel
from app.session import SessionState
from app.window import Window
from pipeline.errors import CameraError, MicrophoneError
from tests.app.test_preview import assert_shows
from tests.fakes import portrait


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
    window.panel.reveal(StylesPanel).cards.setCurrentRow(1)
    movement = window.panel.reveal(MovementPanel)
    assert session.settings.style == "calm"
    movement.sliders.sliders["gesture"].setValue(150)
    assert session.settings.gesture == 1.5
    view = window.panel.reveal(ViewPanel)
    click_left_end(qtbot, view.mirror)
    assert session.settings.mirror_preview
    click_left_end(qtbot, view.label)
    assert not session.settings.label


def click_left_end(qtbot, box):
    """A check box takes clicks on its mark and words, not on the empty rest of its row."""
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() * 0.1)


def test_the_settings_of_the_session_are_shown(window, session):
    session.change(avatar="grace", style="calm", expression=0.25, mirror_preview=True)
    assert window.avatars.currentItem().text() == "Grace"
    movement = window.panel.find(MovementPanel)
    assert window.panel.find(StylesPanel).cards.currentItem().text() == "Calm"
    assert movement.sliders.sliders["expression"].value() == 25
    assert window.panel.find(ViewPanel).mirror.isChecked()


def test_microphones_are_listed_and_an_unplugged_one_stays_marked(qtbot, window, session):
    picker = window.panel.find(MicrophonePanel).microphones
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
        window.panel.reveal(MicrophonePanel).microphones.showPopup()
    window.panel.find(MicrophonePanel).microphones.hidePopup()


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
    camera = window.panel.reveal(CameraPanel)
    assert "<b>sudo modprobe x</b>" in camera.line.label.text()
    assert "&amp; &lt;again&gt;" in camera.line.label.text()
    assert camera.retry.isVisibleTo(window)


def test_the_camera_to_choose_in_the_call_is_named(window):
    camera = window.panel.reveal(CameraPanel)
    assert "Fake Camera" in camera.line.label.text()
    assert not camera.retry.isVisibleTo(window)


def test_the_status_line_says_in_words_how_the_run_does(qtbot, window, session):
    assert "Nothing leaves this computer" in window.status.words.text()
    assert not window.status.lost.isVisible()
    session.start()
    qtbot.waitUntil(window.status.lost.isVisible)
    assert window.status.words.text() == "Live on “Fake Camera” · 30 fps"
    assert window.status.latency.text() == "66 ms"
    assert window.status.engine.text() == "CPU, lite"
    assert window.status.lost.text() == "2 dropped, 1 late"
    session.set_muted(True)
    assert window.status.words.text().startswith("Muted on “Fake Camera”")


def test_without_a_camera_the_status_line_says_so(qtbot, window, session):
    session.change(camera="none")
    qtbot.waitUntil(lambda: session.camera.name == "")
    session.start()
    qtbot.waitUntil(window.status.lost.isVisible)
    assert window.status.words.text().startswith("Live in this window · ")


def test_advice_on_the_microphone_stands_beside_the_meter_while_it_is_heard(qtbot, window, session):
    session.level = lambda: Level(0.0, -8.0)
    window.level._level = session.level
    assert not window.level.advice.isVisible()
    session.start()
    qtbot.waitUntil(window.level.advice.isVisible)
    assert window.level.advice.text() == "Too loud: turn the microphone down."
    session.set_muted(True)
    assert not window.level.advice.isVisible()


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
    for page in range(window.panel.count()):
        window.panel.setCurrentIndex(page)
        reached = walk_by_tab(window)
        wanted = [window.start, window.mute, window.panel.tabBar()]
        wanted += controls_in(window.panel.currentWidget())
        assert [widget for widget in wanted if widget not in reached] == []
        assert [widget for widget in reached if not spoken_name(widget)] == []
        assert reached.index(window.mute) == 1


def test_the_focus_is_seen_on_every_control(qtbot, themed, window, session):
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    session.change(background="colour", push_to_talk=True, voice_out="auto", smoothness=2)
    unseen = []
    for page in range(window.panel.count()):
        window.panel.setCurrentIndex(page)
        for widget in walk_by_tab(window):
            elsewhere = window.mute if widget is window.start else window.start
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            focused = widget.grab().toImage()
            elsewhere.setFocus(Qt.FocusReason.TabFocusReason)
            if widget.grab().toImage() == focused:
                unseen.append(spoken_name(widget))
    assert unseen == []


def walk_by_tab(window):
    """Where the Tab key leads from the start button, once round."""
    window.start.setFocus()
    reached = []
    for _ in range(60):
        widget = QApplication.focusWidget()
        if widget in reached:
            return reached
        reached.append(widget)
        window.focusNextChild()
    raise AssertionError("the Tab key does not come back")


def controls_in(page):
    """What can be operated there, one button of each group of radio buttons."""
    kinds = (QAbstractButton, QAbstractSlider, QComboBox, QAbstractItemView, QLineEdit)
    found = [widget for kind in kinds for widget in page.findChildren(kind)]
    return [
        widget
        for widget in found
        if widget.isVisibleTo(page)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def spoken_name(widget):
    text = getattr(widget, "text", lambda: "")()
    return widget.accessibleName() or text


def test_the_window_fits_a_small_screen(window):
    window.resize(window.minimumSize())
    assert window.width() <= 683, "half of 1366, at 200 %"
    assert window.height() <= 384, "half of 768"
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


def test_the_title_tells_what_the_call_sees(qtbot, window, session):
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    assert window.windowTitle() == "ChatAnyone — live"
    session.set_card(True)
    assert window.windowTitle() == "ChatAnyone — card"
    assert "Ctrl+D" in window.preview._hint
    session.rehearse()
    assert window.windowTitle() == "ChatAnyone — set-up"
    session.set_card(False)
    assert window.windowTitle() == "ChatAnyone — live"
