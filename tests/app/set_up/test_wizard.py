import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.application import Desktop
from app.chain import Shown
from app.session import SessionState
from app.set_up.camera_page import CameraPage
from app.set_up.camera_steps import KEEP, LOAD, Step, camera_steps
from app.set_up.microphone_page import level_words
from app.set_up.rehearsal_page import Phase, RehearsalPage
from app.set_up.wizard import SetUpWizard
from app.worker import CameraStatus
from pipeline.errors import CameraError, MicrophoneError

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def wizard(qtbot, session):
    wizard = SetUpWizard(session)
    qtbot.addWidget(wizard)
    wizard.show()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    return wizard


def click(qtbot, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_four_clicks_lead_from_the_first_start_to_live(qtbot, session, fake):
    desktop = Desktop(QApplication.instance(), session, with_tray=False)
    qtbot.addWidget(desktop.window)
    desktop.window.show()
    wizard = desktop.open_set_up()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    for _ in range(4):
        assert fake.chain.shown is Shown.REHEARSAL
        click(qtbot, wizard.next)
    assert session.state is SessionState.RUNNING
    assert fake.chain.shown is Shown.AVATAR
    assert session.settings.set_up_done
    assert len(fake.chains) == 1, "the run of the rehearsal goes on"


def test_the_camera_shows_the_card_until_it_is_over(qtbot, wizard, session, fake):
    assert session.shown is Shown.REHEARSAL
    click(qtbot, wizard.skip)
    assert fake.chain.shown is Shown.REHEARSAL, "not even its last frame is seen"
    qtbot.waitUntil(lambda: session.state is SessionState.STOPPED)
    assert session.shown is Shown.AVATAR
    assert session.settings.set_up_done


def test_leaving_gives_back_the_run_that_there_was(qtbot, session, fake):
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    session.set_card(True)
    wizard = SetUpWizard(session)
    qtbot.addWidget(wizard)
    assert fake.chain.shown is Shown.REHEARSAL
    wizard.reject()
    assert session.state is SessionState.RUNNING
    assert fake.chain.shown is Shown.CARD


def test_leaving_keeps_a_run_that_went_live_meanwhile(qtbot, wizard, session, fake):
    session.set_card(False)
    wizard.reject()
    assert session.state is SessionState.RUNNING
    assert fake.chain.shown is Shown.AVATAR


def test_the_buttons_lead_forth_and_back(qtbot, wizard):
    seen = []
    for _ in range(3):
        seen.append((wizard.step.text(), wizard.heading.text()))
        click(qtbot, wizard.next)
    assert seen == [
        ("Step 1 of 4", "Microphone"), ("Step 2 of 4", "Camera"), ("Step 3 of 4", "Avatar"),
    ]  # fmt: skip
    assert wizard.next.text() == "&Go live"
    click(qtbot, wizard.back)
    assert wizard.heading.text() == "Avatar"
    assert wizard.next.text() == "&Next"
    qtbot.keyClick(wizard, Qt.Key.Key_Return)
    assert wizard.heading.text() == "Test"


def test_it_fits_a_small_screen(qtbot, wizard):
    """A laptop of 1920x1080 at 200 %, less its bars."""
    for _ in range(4):
        assert wizard.minimumSizeHint().width() <= 900
        assert wizard.minimumSizeHint().height() <= 480, wizard.heading.text()
        if wizard.next.text() == "&Next":
            wizard.next.click()


def test_the_microphone_is_chosen_and_judged(qtbot, wizard, session, fake):
    page = wizard.microphone
    qtbot.waitUntil(lambda: page.advice.text() == "Well heard.")
    qtbot.waitUntil(lambda: page.microphones.count() == 3, timeout=5000)
    page.microphones.activated.emit(2)
    assert session.settings.microphone == "Headset"
    assert page.advice.text() != ""
    qtbot.waitUntil(lambda: len(fake.chains) == 2)
    assert fake.chain.shown is Shown.REHEARSAL, "another microphone does not go live"


@pytest.mark.parametrize(
    ("peak_db", "part"),
    [(-1, "Too loud"), (-12, "Well heard"), (-40, "Very quiet"), (-100, "Nothing is heard")],
)
def test_levels_are_told_in_words(peak_db, part):
    assert part in level_words(peak_db)


def test_a_microphone_that_fails_is_told_and_can_be_tried_again(qtbot, session, fake):
    fake.build_fault = MicrophoneError("No microphone was found; plug one in.")
    wizard = SetUpWizard(session)
    qtbot.addWidget(wizard)
    wizard.show()
    page = wizard.microphone
    qtbot.waitUntil(lambda: page.advice.text() == "No microphone was found; plug one in.")
    fake.build_fault = None
    click(qtbot, page.again)
    qtbot.waitUntil(lambda: page.advice.text() == "Well heard.")
    assert not page.again.isVisible()


def test_a_camera_that_is_there_is_named_and_no_steps_are_shown(qtbot, wizard):
    click(qtbot, wizard.next)
    assert "Fake Camera" in wizard.camera.line.label.text()
    assert wizard.camera.choose.isVisible()
    assert not wizard.camera.steps.isVisible()


def test_without_a_camera_each_step_has_a_command_to_copy(qtbot, closed_session, fake):
    fake.camera_fault = CameraError("There is none.")
    with qtbot.waitSignal(closed_session.camera_changed):
        closed_session.open()
    page = CameraPage(closed_session, [Step("Load it:", LOAD), Step("Restart.")])
    qtbot.addWidget(page)
    page.show()
    assert page.steps.isVisible()
    assert len(page.copies) == 1
    click(qtbot, page.copies[0])
    assert QGuiApplication.clipboard().text() == LOAD
    fake.camera_fault = None
    click(qtbot, page.again)
    qtbot.waitUntil(lambda: closed_session.camera == CameraStatus("Fake Camera"))
    assert not page.steps.isVisible()


def test_entering_the_camera_page_switches_a_refused_camera_on_again(qtbot, session):
    session.change(camera="none")
    CameraPage(session).enter()
    assert session.settings.camera == "auto"


@pytest.mark.parametrize(
    ("system", "families", "part"),
    [
        ("linux", {"ubuntu", "debian"}, "apt install v4l2loopback-dkms"),
        ("linux", {"fedora"}, "akmod-v4l2loopback"),
        ("linux", {"manjaro", "arch"}, "pacman"),
        ("linux", {"opensuse-leap", "suse", "opensuse"}, "zypper"),
        ("win32", set(), "winget"),
        ("darwin", set(), "brew"),
    ],
)
def test_every_system_has_its_own_steps(system, families, part):
    commands = [step.command for step in camera_steps(system, families)]
    assert any(part in command for command in commands)
    assert (LOAD in commands) == (KEEP in commands) == (system == "linux")


def test_an_unknown_distribution_is_told_what_to_look_for():
    assert "v4l2loopback" in camera_steps("linux", {"plan9"})[0].words


def test_the_avatar_is_chosen_in_motion(qtbot, wizard, session, fake):
    click(qtbot, wizard.next)
    click(qtbot, wizard.next)
    wizard.avatar.avatars.setCurrentRow(1)
    assert session.settings.avatar == "grace"
    assert fake.chain.told[-1] == ("avatar", "grace")
    wizard.avatar.preview.pull()
    assert wizard.avatar.preview._shown is fake.chain.latest_frame()


@pytest.fixture
def page(qtbot, session):
    page = RehearsalPage(session, take_s=6 / 30, countdown_s=0.1)
    qtbot.addWidget(page)
    page.show()
    yield page
    page.leave()


def test_the_test_counts_down_records_and_plays_back(qtbot, page, session, fake):
    session.set_muted(True)
    session.rehearse()
    seen = []
    page.enter()
    qtbot.waitUntil(lambda: seen.append(page.phase) or page.phase is Phase.DONE, timeout=5000)
    assert list(dict.fromkeys(seen)) == [
        Phase.WAITING, Phase.COUNTDOWN, Phase.RECORDING, Phase.PLAYING, Phase.DONE,
    ]  # fmt: skip
    assert not session.muted
    assert fake.speaker.samples == 6 * 800
    assert fake.chain.take is None
    assert page.again.isEnabled()
    click(qtbot, page.again)
    assert page.phase in (Phase.WAITING, Phase.COUNTDOWN)


def test_what_is_played_back_are_the_pictures_of_the_take(qtbot, page, session, fake):
    session.rehearse()
    page.enter()
    qtbot.waitUntil(lambda: page.phase is Phase.PLAYING, timeout=5000)
    played = page._picture()
    assert played.shape == (360, 640, 3)
    frame = fake.chain.latest_frame()
    halved = frame.reshape(360, 2, 640, 2, 3).mean(axis=(1, 3))
    assert np.abs(played - halved).max() <= 1


def test_without_a_loudspeaker_the_test_says_so(qtbot, page, session, fake):
    fake.speaker = None
    session.rehearse()
    page.enter()
    qtbot.waitUntil(lambda: page.phase is Phase.DONE, timeout=5000)
    assert page.answer.text().startswith("No loudspeaker was found.")


def test_a_take_without_pictures_says_why(qtbot, page, session, fake, monkeypatch):
    monkeypatch.setattr("app.take.Take.add_picture", lambda take, frame: None)
    session.rehearse()
    page.enter()
    qtbot.waitUntil(lambda: page.phase is Phase.DONE, timeout=5000)
    assert "too busy" in page.answer.text()
    assert fake.speaker.samples == 0


def test_a_run_that_ends_in_the_middle_begins_the_test_anew(qtbot, page, session, fake):
    page._take_s = 60.0
    session.rehearse()
    page.enter()
    qtbot.waitUntil(lambda: page.phase is Phase.RECORDING, timeout=5000)
    session.stop()
    qtbot.waitUntil(lambda: page.phase is Phase.WAITING)
    session.start()
    qtbot.waitUntil(lambda: page.phase is Phase.COUNTDOWN)


def test_it_starts_again_from_the_menu_of_the_window(qtbot, session):
    session.change(set_up_done=True)
    desktop = Desktop(QApplication.instance(), session, with_tray=False)
    qtbot.addWidget(desktop.window)
    desktop.window.show()
    desktop.menu.set_up_action.trigger()
    (wizard,) = desktop.window.findChildren(SetUpWizard)
    assert wizard.isVisible()
    wizard.reject()
