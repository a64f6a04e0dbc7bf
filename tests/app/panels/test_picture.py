"""Background, framing, label: what surrounds the person."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from app.panels.background import COLOURS, BackgroundPanel
from app.panels.framing import FramingPanel
from app.panels.view import ViewPanel


@pytest.fixture
def background(window):
    return window.panel.reveal(BackgroundPanel)


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_each_background_can_be_chosen(qtbot, background, session):
    for kind in ("blur", "colour", "picture", "original"):
        click(qtbot, background.kinds.buttons[kind])
        assert session.settings.background == kind
        assert background.colour_row.isVisibleTo(background) == (kind == "colour")
        assert background.choose.isVisibleTo(background) == (kind == "picture")


def test_the_arrow_keys_choose_the_next_background(qtbot, background, session):
    background.kinds.buttons["original"].setFocus()
    qtbot.keyClick(background.kinds.buttons["original"], Qt.Key.Key_Right)
    assert session.settings.background == "blur"


def test_a_swatch_is_a_colour_and_stays_marked(qtbot, background, session):
    session.change(background="colour")
    swatch = background.swatches[2]
    click(qtbot, swatch)
    click(qtbot, swatch)
    assert session.settings.background_colour == COLOURS[2][0]
    assert [patch.isChecked() for patch in background.swatches].count(True) == 1
    assert swatch.isChecked()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_any_other_colour_can_be_chosen(qtbot, background, session):
    dialog = background.choose_colour()
    dialog.colorSelected.emit(QColor("#123456"))
    dialog.reject()
    assert session.settings.background == "colour"
    assert session.settings.background_colour == "#123456"


def test_a_picture_is_taken_and_what_is_none_is_refused_in_words(background, session, tmp_path):
    good, bad = tmp_path / "wall.png", tmp_path / "notes.png"
    image = QImage(32, 18, QImage.Format.Format_RGB888)
    image.fill(QColor("#808080"))
    assert image.save(str(good))
    bad.write_text("no picture")
    background.use_picture(str(bad))
    assert session.settings.background == "original"
    assert "notes.png is not a picture" in background.file.text()
    background.use_picture(str(good))
    assert session.settings.background_picture == str(good)
    assert background.file.text() == "wall.png"
    good.unlink()
    session.change(zoom=1.5)
    assert "gone" in background.file.text()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_picture_is_chosen_in_a_dialog(qtbot, background, session):
    session.change(background="picture")
    dialog = background.choose_picture()
    assert "*.png" in dialog.nameFilters()[0]
    dialog.reject()
    assert "original" in background.file.text()


def test_framing_and_zoom_reach_the_session_and_follow_it(qtbot, session):
    panel = FramingPanel(session)
    qtbot.addWidget(panel)
    click(qtbot, panel.framings.buttons["shoulders"])
    panel.zoom.setValue(150)
    assert (session.settings.framing, session.settings.zoom) == ("shoulders", 1.5)
    assert panel.percent.text() == "150 %"
    session.change(framing="fit", zoom=1.25)
    assert panel.framings.buttons["fit"].isChecked()
    assert panel.zoom.value() == 125


def test_the_place_of_the_label_is_chosen_while_there_is_one(qtbot, session):
    panel = ViewPanel(session)
    qtbot.addWidget(panel)
    panel.place.setFocus()
    qtbot.keyClick(panel.place, Qt.Key.Key_End)
    assert session.settings.label_place == "upper-right"
    session.change(label=False)
    assert not panel.place.isEnabled()
