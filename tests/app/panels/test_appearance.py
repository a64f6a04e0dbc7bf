import pytest
from PySide6.QtCore import Qt

from app.panels.appearance import AppearancePanel
from app.settings import load_settings
from app.theme import DARK, LIGHT, chosen_theme, system_theme


@pytest.fixture
def panel(qtbot, session):
    panel = AppearancePanel(session)
    qtbot.addWidget(panel)
    return panel


def test_a_theme_is_chosen_with_the_keyboard_and_kept(qtbot, panel, session, settings_file):
    panel.theme.setFocus()
    qtbot.keyClick(panel.theme, Qt.Key.Key_End)
    assert session.settings.theme == "dark"
    session.save()
    assert load_settings(settings_file).theme == "dark"


def test_the_theme_of_the_settings_is_shown(panel, session):
    session.change(theme="light")
    assert panel.theme.currentText() == "Light"


def test_the_system_decides_unless_the_user_does(qtbot):
    assert chosen_theme("light") is LIGHT
    assert chosen_theme("dark") is DARK
    assert chosen_theme("system") is system_theme()


def test_another_language_is_kept(qtbot, panel, session):
    panel.language.setFocus()
    qtbot.keyClick(panel.language, Qt.Key.Key_End)
    assert session.settings.language == "es"
    qtbot.keyClick(panel.language, Qt.Key.Key_Home)
    assert session.settings.language == "system"
