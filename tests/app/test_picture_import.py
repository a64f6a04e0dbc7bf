from pathlib import Path

import pytest

from app.catalogue import Catalogue
from app.picture_import import ImportState, suggested_name
from pipeline.errors import AvatarError, MediaError

PICTURE = Path("holiday_photo.jpg")


@pytest.fixture
def picture_import(session):
    return session.picture_import


def wait_for(qtbot, picture_import, state):
    qtbot.waitUntil(lambda: picture_import.state is state, timeout=3000)


@pytest.fixture
def ready(qtbot, picture_import):
    picture_import.open(PICTURE)
    wait_for(qtbot, picture_import, ImportState.READY)
    return picture_import


def test_a_picture_is_analysed_on_its_own_thread(qtbot, picture_import, fake):
    fake.picture_gate.clear()
    picture_import.open(PICTURE)
    assert fake.reading.wait(3)
    assert picture_import.state is ImportState.READING
    qtbot.waitUntil(lambda: picture_import.done == 1)
    fake.picture_gate.set()
    wait_for(qtbot, picture_import, ImportState.READY)
    assert picture_import.report.faces == 2


def test_another_face_of_the_same_picture_can_be_chosen(qtbot, ready):
    assert ready.report.face == 2
    ready.choose_face(1)
    assert ready.state is ImportState.READING
    wait_for(qtbot, ready, ImportState.READY)
    assert ready.report.face == 1


def test_after_a_face_that_fails_another_one_can_be_chosen(qtbot, ready, fake):
    fake.picture_fault = AvatarError("The face is seen from the side.")
    ready.choose_face(1)
    wait_for(qtbot, ready, ImportState.FAILED)
    assert (ready.face, ready.faces) == (1, 2)
    fake.picture_fault = None
    ready.choose_face(2)
    wait_for(qtbot, ready, ImportState.READY)
    assert ready.report.face == 2


def test_the_faces_of_one_picture_are_not_those_of_another(qtbot, ready, fake):
    fake.picture_fault = AvatarError("No face was found.")
    ready.open(Path("other.png"))
    wait_for(qtbot, ready, ImportState.FAILED)
    assert ready.faces == 0
    ready.choose_face(1)
    assert ready.state is ImportState.FAILED


def test_a_saved_avatar_is_in_the_catalogue_and_chosen(qtbot, session, ready):
    ready.save("Me")
    qtbot.waitUntil(lambda: session.settings.avatar == "Me", timeout=3000)
    assert ready.state is ImportState.IDLE
    own = {avatar.name: avatar.own for avatar in session.catalogue.avatars}
    assert own["Me"]
    assert not own["ada"]


def test_a_picture_without_a_face_fails_with_its_sentence(qtbot, picture_import, fake):
    fake.picture_fault = AvatarError("No face was found.")
    picture_import.open(PICTURE)
    wait_for(qtbot, picture_import, ImportState.FAILED)
    assert picture_import.sentence == "No face was found."
    fake.picture_fault = None
    picture_import.open(PICTURE)
    wait_for(qtbot, picture_import, ImportState.READY)


def test_a_fault_of_ours_is_logged_and_told(qtbot, picture_import, fake, caplog):
    fake.picture_fault = ZeroDivisionError()
    picture_import.open(PICTURE)
    wait_for(qtbot, picture_import, ImportState.FAILED)
    assert "fault of ours" in picture_import.sentence
    assert "ZeroDivisionError" in caplog.text


def test_a_full_disk_leaves_the_picture_ready_for_another_attempt(qtbot, session, ready, fake):
    fake.save_fault = AvatarError("The disk is full.")
    ready.save("Me")
    qtbot.waitUntil(lambda: ready.sentence == "The disk is full.", timeout=3000)
    assert ready.state is ImportState.READY
    fake.save_fault = None
    ready.save("Me")
    qtbot.waitUntil(lambda: session.settings.avatar == "Me", timeout=3000)


def test_a_picture_given_up_is_neither_shown_nor_kept(qtbot, picture_import, fake):
    fake.picture_gate.clear()
    picture_import.open(PICTURE)
    assert fake.reading.wait(3)
    picture_import.cancel()
    fake.picture_gate.set()
    assert picture_import.state is ImportState.IDLE
    qtbot.waitUntil(lambda: picture_import._task is None, timeout=3000)
    assert picture_import.report is None


def test_a_second_picture_replaces_the_one_that_is_read(qtbot, picture_import, fake):
    fake.picture_gate.clear()
    picture_import.open(PICTURE)
    assert fake.reading.wait(3)
    picture_import.open(Path("other.png"))
    fake.picture_gate.set()
    wait_for(qtbot, picture_import, ImportState.READY)
    assert picture_import.report.imported == Path("other.png")


def test_an_own_avatar_is_removed_and_another_one_chosen(qtbot, session, ready):
    ready.save("Me")
    qtbot.waitUntil(lambda: session.settings.avatar == "Me", timeout=3000)
    ready.remove("Me")
    qtbot.waitUntil(lambda: session.settings.avatar == "ada", timeout=3000)


def test_names_that_are_taken_or_refused_are_explained(session, picture_import):
    assert "already" in picture_import.name_problem("Grace", session.catalogue)
    assert picture_import.name_problem("", session.catalogue) == "That is no name."
    assert picture_import.name_problem("Me", session.catalogue) == ""


def test_a_name_is_suggested_from_the_file(session):
    assert suggested_name(PICTURE, session.catalogue) == "Holiday photo"
    assert suggested_name(Path("ada.png"), session.catalogue) == "Ada 2"
    assert suggested_name(Path("Ö.png"), Catalogue()) == "Me"


def test_a_failed_removal_is_told(qtbot, session, picture_import, fake):
    def refuse(name):
        raise MediaError("It cannot be deleted.")

    fake.own = type("Refusing", (list,), {"remove": lambda self, name: refuse(name)})(["Me"])
    picture_import._backend = fake.backend()
    picture_import.remove("Me")
    qtbot.waitUntil(lambda: session.message == "It cannot be deleted.", timeout=3000)
