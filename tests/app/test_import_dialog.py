from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMessageBox

from app.import_dialog import ImportDialog
from app.picture_import import ImportState
from app.window import Window
from pipeline.errors import AvatarError

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PICTURE = Path("holiday_photo.jpg")


@pytest.fixture
def window(qtbot, session):
    window = Window(session)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def dialog(qtbot, window, session):
    dialog = window.import_picture(PICTURE)
    qtbot.waitUntil(lambda: session.picture_import.state is ImportState.READY, timeout=3000)
    yield dialog
    session.picture_import.cancel()


def test_import_needs_the_tick_and_a_name(dialog):
    assert dialog.name.text() == "Holiday photo"
    assert not dialog.save.isEnabled()
    dialog.consent.setChecked(True)
    assert dialog.save.isEnabled()
    dialog.name.setText("Grace")
    assert not dialog.save.isEnabled()
    assert "already" in dialog.problem.text()
    dialog.name.setText("Me")
    assert dialog.save.isEnabled()
    dialog.consent.setChecked(False)
    assert not dialog.save.isEnabled()


def test_what_is_wrong_with_the_picture_is_shown(dialog):
    assert "The mouth is open." in dialog.findings.text()
    assert "lips closed" in dialog.findings.text()


def test_the_imported_avatar_is_chosen_in_the_gallery(qtbot, window, session, dialog):
    dialog.consent.setChecked(True)
    dialog.name.setText("Me")
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: session.settings.avatar == "Me", timeout=3000)
    assert window.avatars.currentItem().text() == "Me"
    qtbot.waitUntil(lambda: not window.findChildren(ImportDialog), timeout=3000)


def test_another_face_is_chosen_by_its_place(qtbot, session, dialog):
    assert dialog.face.currentText() == "2 from the left"
    dialog.face.activated.emit(0)
    qtbot.waitUntil(lambda: session.picture_import.report is not None, timeout=3000)
    assert session.picture_import.report.face == 1
    assert dialog.face.currentText() == "1 from the left"


def test_another_face_can_be_chosen_after_one_that_fails(qtbot, session, dialog, fake):
    fake.picture_fault = AvatarError("The face is seen from the side.")
    dialog.face.setCurrentIndex(0)
    dialog.face.activated.emit(0)
    qtbot.waitUntil(lambda: session.picture_import.state is ImportState.FAILED, timeout=3000)
    assert "seen from the side" in dialog.findings.text()
    assert dialog.face.isVisible()
    assert dialog.face.isEnabled()
    assert dialog.face.currentText() == "1 from the left"
    fake.picture_fault = None
    dialog.face.activated.emit(1)
    qtbot.waitUntil(lambda: session.picture_import.state is ImportState.READY, timeout=3000)
    assert dialog.consent.isVisible()
    assert "The mouth is open." in dialog.findings.text()


def test_a_failure_is_shown_as_its_sentence(qtbot, window, session, fake):
    fake.picture_fault = AvatarError("No face was found in <it>.")
    dialog = window.import_picture(PICTURE)
    qtbot.waitUntil(lambda: session.picture_import.state is ImportState.FAILED, timeout=3000)
    assert "No face was found in &lt;it>." in dialog.findings.text()
    dialog.consent.setChecked(True)
    assert not dialog.save.isEnabled()


def test_closing_the_dialog_gives_the_picture_up(qtbot, session, dialog):
    dialog.reject()
    assert session.picture_import.state is ImportState.IDLE
    assert session.picture_import.report is None


def event_with(kind, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    arguments = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    event = kind(QPoint(10, 10), *arguments, Qt.KeyboardModifier.NoModifier)
    event.data = data
    return event


def test_a_dropped_picture_opens_the_dialog(qtbot, window, session, tmp_path):
    enter = event_with(QDragEnterEvent, [tmp_path / "me.png"])
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(event_with(QDropEvent, [tmp_path / "me.png"]))
    assert session.picture_import.path == tmp_path / "me.png"
    assert window.findChildren(ImportDialog)
    qtbot.waitUntil(lambda: session.picture_import.state is ImportState.READY, timeout=3000)


def test_several_files_are_not_taken(window, tmp_path):
    event = event_with(QDragEnterEvent, [tmp_path / "a.png", tmp_path / "b.png"])
    event.ignore()
    window.dragEnterEvent(event)
    assert not event.isAccepted()


def test_an_own_avatar_is_removed_after_a_question(qtbot, window, session, fake):
    fake.own.append("Me")
    session._take_avatars(fake.read_catalogue(), "Me")
    qtbot.keyClick(window.avatars, Qt.Key.Key_Delete)
    (box,) = window.findChildren(QMessageBox)
    assert "Me" in box.text()
    next(button for button in box.buttons() if "Remove" in button.text()).click()
    qtbot.waitUntil(lambda: session.settings.avatar == "ada", timeout=3000)
    assert fake.own == []


def test_avatars_of_the_gallery_cannot_be_removed(qtbot, window):
    window.avatars.setCurrentRow(1)
    qtbot.keyClick(window.avatars, Qt.Key.Key_Delete)
    assert not window.findChildren(QMessageBox)
