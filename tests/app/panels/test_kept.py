import pytest

from app.panels.kept import KeptPanel


@pytest.fixture
def panel(window):
    return window.panel.reveal(KeptPanel)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_another_folder_is_chosen_and_shown(panel, session, tmp_path):
    dialog = panel.choose_folder()
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    assert session.settings.captures_folder == str(tmp_path)
    assert session.captures.folder() == tmp_path
    assert panel.folder.text() == str(tmp_path)


def test_the_folder_is_opened_or_the_one_around_it_while_there_is_none(
    panel, session, tmp_path, monkeypatch
):
    opened = []
    monkeypatch.setattr(
        "app.panels.kept.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    session.change(captures_folder=str(tmp_path / "kept"))
    panel.open_folder.click()
    (tmp_path / "kept").mkdir()
    panel.open_folder.click()
    assert opened == [str(tmp_path), str(tmp_path / "kept")]
