"""Style cards, and styles learnt from clips."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QMessageBox

from app.backend import read_catalogue
from app.clip_style import LearningState, free_name, suggested_title
from app.panels.learn import LearnPanel
from app.panels.styles import StylesPanel
from app.style_cards import HINTS, TITLES
from app.style_figure import FigureColours, paint_figure
from pipeline.errors import StyleError

ENERGETIC = {"head_energy": 1.0, "gesture_rate": 1.0, "gesture_extent": 1.0, "tempo": 1.0}


def test_a_style_is_chosen_with_the_keyboard_alone(qtbot, window, session):
    cards = window.panel.reveal(StylesPanel).cards
    cards.setFocus()
    qtbot.keyClick(cards, Qt.Key.Key_Right)
    assert session.settings.style == "calm"
    assert cards.moving() == [cards.currentItem()]


def test_a_card_is_as_wide_as_half_the_panel_and_none_is_hidden(window):
    cards = window.panel.reveal(StylesPanel).cards
    assert cards.gridSize().width() >= 140
    last = cards.visualItemRect(cards.item(cards.count() - 1))
    assert cards.viewport().rect().contains(last.adjusted(0, 0, -2, -2))


def test_every_shipped_style_has_a_title_and_a_hint_in_the_users_language():
    shipped = {style.name: style for style in read_catalogue().styles if not style.own}
    assert set(shipped) <= set(HINTS)
    assert {name: TITLES[name] for name in shipped} == {
        name: style.title for name, style in shipped.items()
    }
    assert all(len(style.knobs) == 14 for style in shipped.values())


def figure(knobs, time_s):
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    colours = FigureColours(QColor("#eeccaa"), QColor("brown"), QColor("black"), QColor("blue"))
    paint_figure(painter, QRectF(image.rect()), knobs, time_s, colours)
    painter.end()
    return image


def test_the_figure_moves_and_each_style_moves_in_its_own_way():
    assert figure(ENERGETIC, 0.0) != figure(ENERGETIC, 0.4)
    assert figure(ENERGETIC, 0.4) != figure({"gesture_rate": 0.0}, 0.4)
    assert figure({}, 0.7) == figure({}, 0.7)


@pytest.fixture
def learn(window):
    return window.panel.reveal(LearnPanel)


def test_a_clip_becomes_a_style_that_is_chosen(qtbot, learn, session, fake):
    learn.use_clip(Path("/clips/my_talk.mp4"))
    assert learn.title.text() == "My talk"
    assert "my_talk.mp4" in learn.words.text()
    fake.clip_gate.clear()
    qtbot.keyClick(learn.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: learn.progress.value() == 50)
    assert "50 %" in learn.words.text()
    fake.clip_gate.set()
    qtbot.waitUntil(lambda: session.settings.style == "my-talk")
    assert "Learnt “My talk”" in learn.words.text()
    assert "Calm" in learn.words.text()
    assert "hardly seen" in learn.words.text()
    assert not learn.progress.isVisible()


def test_why_a_clip_is_of_no_use_stands_in_the_panel(qtbot, learn, session, fake):
    fake.learn_fault = StyleError("The clip is 2.0 s long; a style needs 4 s or more.")
    learn.use_clip(Path("short.mp4"))
    qtbot.mouseClick(learn.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.clip_style.state is LearningState.FAILED)
    assert learn.words.text() == str(fake.learn_fault)
    qtbot.waitUntil(learn.choose.isEnabled)


def test_learning_can_be_given_up_before_and_while_it_runs(qtbot, learn, session, fake):
    learn.use_clip(Path("a.mp4"))
    qtbot.mouseClick(learn.cancel, Qt.MouseButton.LeftButton)
    assert learn.choose.isVisible()
    fake.clip_gate.clear()
    learn.use_clip(Path("a.mp4"))
    learn.start.click()
    qtbot.waitUntil(lambda: learn.progress.value() == 50)
    qtbot.mouseClick(learn.cancel, Qt.MouseButton.LeftButton)
    fake.clip_gate.set()
    qtbot.waitUntil(learn.choose.isEnabled)
    assert fake.own_styles == []
    assert session.settings.style == "natural"


def test_a_style_without_a_name_is_not_learnt(learn, fake):
    learn.use_clip(Path("a.mp4"))
    learn.title.setText("  ")
    assert not learn.start.isEnabled()
    learn.title.returnPressed.emit()
    assert fake.own_styles == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_style_of_ones_own_is_removed_when_that_is_confirmed(qtbot, window, session, fake):
    fake.own_styles.append("me")
    session.catalogue_changed.emit(session.catalogue)
    session._take_catalogue(fake.read_catalogue())
    panel = window.panel.reveal(StylesPanel)
    panel.cards.setCurrentRow(2)
    assert session.settings.style == "me"
    qtbot.keyClick(panel.cards, Qt.Key.Key_Delete)
    box = window.findChild(QMessageBox)
    assert "me" in box.text().lower()
    next(button for button in box.buttons() if "Remove" in button.text()).click()
    qtbot.waitUntil(lambda: session.settings.style == "natural")
    assert fake.own_styles == []


def test_names_of_styles_are_free_and_fit_for_a_file(session):
    assert free_name("Müde & froh", session.catalogue) == "mude-froh"
    assert free_name("Calm", session.catalogue) == "calm-2"
    assert free_name("日本", session.catalogue) == "style"
    assert suggested_title(Path("/a/mein_clip-2.mp4")) == "Mein clip 2"
