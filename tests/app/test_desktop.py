"""Window and tray of one session."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.desktop import Desktop
from app.language import use_language
from app.panels.appearance import AppearancePanel
from app.session import SessionState


@pytest.fixture
def quits(monkeypatch):
    quits = []
    monkeypatch.setattr(QApplication.instance(), "quit", lambda: quits.append(1))
    return quits


@pytest.fixture
def english_again():
    yield
    use_language(QApplication.instance(), "en")


def test_without_a_tray_closing_the_window_quits(qtbot, session, quits):
    desktop = Desktop(QApplication.instance(), session, with_tray=False)
    qtbot.addWidget(desktop.window)
    desktop.window.show()
    desktop.window.close()
    assert quits == [1]


@pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged")
def test_with_a_tray_closing_the_window_leaves_the_icon(qtbot, session, quits):
    desktop = Desktop(QApplication.instance(), session, with_tray=True)
    qtbot.addWidget(desktop.window)
    desktop.window.show()
    desktop.window.close()
    assert quits == []
    assert session.settings.tray_hint_shown
    assert session.settings.geometry
    desktop.tray.show_action.trigger()
    assert desktop.window.isVisible()
    desktop.tray.quit_action.trigger()
    assert quits == [1]
    desktop.tray.hide()


@pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged")
def test_a_tray_that_comes_later_is_used(qtbot, session, quits, monkeypatch):
    desktop = Desktop(QApplication.instance(), session, with_tray=False)
    qtbot.addWidget(desktop.window)
    desktop.window.show()
    monkeypatch.setattr("app.tray.Tray.isSystemTrayAvailable", lambda: True)
    desktop.window.close()
    assert quits == []
    desktop.tray.show_action.trigger()
    assert desktop.window.isVisible()
    desktop.tray.hide()


@pytest.mark.usefixtures("english_again")
def test_another_language_is_spoken_at_once_while_the_avatar_goes_on(qtbot, session, quits):
    session.change(language="en")
    desktop = Desktop(QApplication.instance(), session, with_tray=False)
    before = desktop.window
    qtbot.addWidget(before)
    before.show()
    before.panel.reveal(AppearancePanel)
    before.resize(900, 600)
    with qtbot.waitSignal(session.state_changed, check_params_cb=lambda state: state.is_live):
        qtbot.mouseClick(before.start, Qt.MouseButton.LeftButton)
    assert before.start.text() == "&Stop"
    page, size = before.panel.currentIndex(), before.size()
    with qtbot.waitSignal(before.destroyed):
        session.change(language="de")
    window = desktop.window
    qtbot.addWidget(window)
    assert window.isVisible()
    assert (window.panel.currentIndex(), window.size()) == (page, size)
    assert window.start.text() == "&Stopp"
    assert desktop.menu.start_action.text() == "&Stopp"
    assert session.state is SessionState.RUNNING
    qtbot.mouseClick(window.mute, Qt.MouseButton.LeftButton)
    assert session.muted
    with qtbot.waitSignal(session.state_changed, check_params_cb=lambda s: not s.is_active):
        qtbot.mouseClick(window.start, Qt.MouseButton.LeftButton)
    assert quits == [], "no window was closed by the user"
    window.close()
    assert quits == [1]


@pytest.mark.usefixtures("english_again")
@pytest.mark.qt_log_ignore("This plugin does not support", "systemTrayWindowChanged")
def test_the_tray_speaks_it_too_and_back_again(qtbot, session):
    session.change(language="es")
    desktop = Desktop(QApplication.instance(), session, with_tray=True)
    assert desktop.tray.mute_action.text() == "&Silenciar"
    for language, word in (("en", "&Mute"), ("es", "&Silenciar")):
        before = desktop.window
        with qtbot.waitSignal(before.destroyed):
            session.change(language=language)
        assert desktop.tray.mute_action.text() == word
        assert not desktop.window.isVisible(), "it was not"
    desktop.tray.show_action.trigger()
    qtbot.addWidget(desktop.window)
    assert desktop.window.isVisible()
    desktop.tray.hide()


@pytest.mark.usefixtures("english_again")
def test_doors_say_how_they_are_in_the_language_of_the_moment(qtbot, session):
    session.change(language="de")
    desktop = Desktop(QApplication.instance(), session, with_tray=False)
    qtbot.addWidget(desktop.window)
    assert (desktop.hotkeys.status, desktop.remote.status) == ("Aus.", "Aus.")
    before = desktop.window
    with qtbot.waitSignal(before.destroyed):
        session.change(language="en")
    assert (desktop.hotkeys.status, desktop.remote.status) == ("Off.", "Off.")
