import sys
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from app.captures import usual_folder
from app.session import SessionState
from pipeline.credentials.c2pa_library import MISSING
from pipeline.credentials.statement import AI_PICTURE, AI_VIDEO
from pipeline.credentials.verdict import examine_file
from pipeline.video_file import video_info
from tests.fakes import portrait

# A process is started for it; busy machines take their time.
SIGNED_WITHIN_MS = 30_000


@pytest.fixture
def captures(session, tmp_path):
    session.change(captures_folder=str(tmp_path / "kept"))
    return session.captures


def pixels_of(path):
    image = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def test_a_snapshot_is_what_others_see_also_of_a_mirrored_preview(qtbot, captures, session, window):
    session.change(mirror_preview=True)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: captures.last is not None, timeout=SIGNED_WITHIN_MS)
    np.testing.assert_array_equal(pixels_of(captures.last), session.still)
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    with qtbot.waitSignal(captures.kept, timeout=SIGNED_WITHIN_MS):
        window.snapshot.click()
    np.testing.assert_array_equal(pixels_of(captures.last), portrait(seed=1))
    assert "AI avatar" in QImage(str(captures.last)).text("Comment")
    assert len(list(captures.folder().iterdir())) == 2


def test_a_snapshot_that_cannot_be_written_is_told(qtbot, captures, session, tmp_path):
    (tmp_path / "kept").touch()
    with qtbot.waitSignal(captures.failed) as failed:
        captures.snapshot()
    assert str(tmp_path / "kept") in failed.args[0]


def test_nothing_is_recorded_while_nothing_runs(window, captures, fake):
    assert not window.record.isEnabled()
    captures.toggle_recording()
    assert captures.recording is None


def test_the_record_button_records_and_finishes(qtbot, window, captures, session, fake):
    session.start()
    qtbot.waitUntil(window.record.isEnabled)
    window.record.click()
    assert window.record.isChecked()
    assert window.record.accessibleName() == "Stop recording"
    assert window.capture.words.text() == "Recording 0:00"
    assert fake.chain.told[-1] == ("record", captures.recording)
    assert not window.capture.open_folder.isVisible()
    window.record.click()
    assert not window.record.isChecked()
    qtbot.waitUntil(window.capture.open_folder.isVisible, timeout=SIGNED_WITHIN_MS)
    assert captures.last.name in window.capture.words.text()
    qtbot.mouseClick(window.capture.close_button, Qt.MouseButton.LeftButton)
    assert not window.capture.isVisible()


def test_a_recording_that_fails_is_told_and_the_button_is_free_again(
    qtbot, window, captures, session, fake
):
    session.start()
    qtbot.waitUntil(window.record.isEnabled)
    window.record.click()
    fake.chain._recording[1](captures.recording, "The disk is full.")
    qtbot.waitUntil(lambda: not window.record.isChecked())
    assert window.capture.words.text() == "The disk is full."
    assert session.state is SessionState.RUNNING


def test_the_end_of_the_run_ends_the_recording(qtbot, window, captures, session):
    session.start()
    qtbot.waitUntil(window.record.isEnabled)
    window.record.click()
    session.stop()
    qtbot.waitUntil(lambda: session.state is SessionState.STOPPED)
    assert captures.recording is None
    assert not window.record.isEnabled()


def test_the_folder_is_opened_in_the_file_manager(qtbot, captures, window, monkeypatch):
    opened = []
    monkeypatch.setattr(
        "app.capture_bar.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    with qtbot.waitSignal(captures.kept, timeout=SIGNED_WITHIN_MS):
        captures.snapshot()
    window.capture.open_folder.click()
    assert opened == [str(captures.folder())]


def test_two_snapshots_of_one_second_are_two_files(captures):
    for _ in range(3):
        captures.snapshot()
    assert len(list(captures.folder().glob("[!.]*"))) == 3


def record(qtbot, session, captures, meanwhile=lambda: None):
    """Record, and read what the file says."""
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    captures.toggle_recording()
    meanwhile()
    with qtbot.waitSignal(captures.kept, timeout=SIGNED_WITHIN_MS) as kept:
        captures.toggle_recording()
    return kept.args[1], examine_file(captures.last)


def test_recordings_and_snapshots_are_signed(qtbot, window, captures, session, settings_file):
    pytest.importorskip("c2pa")
    why_unsigned, verdict = record(qtbot, session, captures)
    assert not why_unsigned
    assert verdict.intact
    assert verdict.descriptions == (AI_VIDEO,)
    assert "(trainedAlgorithmicMedia)" in verdict.sources[0]
    assert window.capture.words.text() == f"Kept and signed: {captures.last.name}"
    with qtbot.waitSignal(captures.kept, timeout=SIGNED_WITHIN_MS):
        captures.snapshot()
    assert examine_file(captures.last).descriptions == (AI_PICTURE,)
    assert settings_file.with_name("signing_identity.pem").is_file()


@pytest.mark.parametrize(
    "choices", [{"avatar": "mine"}, {"background": "picture", "background_picture": "a.png"}]
)
def test_a_recording_that_showed_a_picture_of_the_users_for_a_while_says_so(
    qtbot, captures, session, fake, choices
):
    pytest.importorskip("c2pa")
    entry = replace(session.catalogue.avatars[0], name="mine", own=True)
    session.catalogue = replace(session.catalogue, avatars=(*session.catalogue.avatars, entry))
    before = session.settings

    def meanwhile():
        session.change(**choices)
        session.change(**{name: getattr(before, name) for name in choices})

    _, verdict = record(qtbot, session, captures, meanwhile)
    assert "(compositeWithTrainedAlgorithmicMedia)" in verdict.sources[0]
    _, verdict = record(qtbot, session, captures)
    assert "(trainedAlgorithmicMedia)" in verdict.sources[0], "the next one showed none"


def test_without_the_c2pa_library_recordings_are_kept_and_said_to_be_unsigned(
    qtbot, window, captures, session, monkeypatch
):
    monkeypatch.setitem(sys.modules, "c2pa", None)
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    captures.toggle_recording()
    with qtbot.waitSignal(captures.kept, timeout=SIGNED_WITHIN_MS):
        captures.toggle_recording()
    assert video_info(captures.last).frame_count == 1
    assert window.capture.words.text() == f"Kept, not signed: {captures.last.name}. {MISSING}"


def test_the_end_of_the_application_leaves_whole_files(captures):
    pytest.importorskip("c2pa")
    captures.snapshot()
    (signing,) = captures._signings
    captures.close()
    signing.join(60)
    (path,) = captures.folder().iterdir()
    assert examine_file(path).intact


def test_the_usual_folder_is_among_the_videos(qtbot):
    assert usual_folder().name == "ChatAnyone"
