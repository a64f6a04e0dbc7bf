import pytest

from app.chain import Shown
from app.session import SessionState
from app.tray import Tray


@pytest.fixture
def tray(qtbot, session):
    return Tray(session)


def titles(menu):
    return [action.text() for action in menu.actions()]


def test_it_offers_the_presets_of_the_window(tray, session):
    assert titles(tray.avatars) == ["Ada", "Grace", "Joan B"]
    assert titles(tray.styles) == ["Natural", "Calm"]
    assert [action.isChecked() for action in tray.avatars.actions()] == [True, False, False]


def test_choosing_a_preset_changes_the_session(tray, session):
    tray.avatars.actions()[1].trigger()
    tray.styles.actions()[1].trigger()
    assert (session.settings.avatar, session.settings.style) == ("grace", "calm")
    assert [action.isChecked() for action in tray.avatars.actions()] == [False, True, False]


def test_start_and_mute_work_from_the_menu(qtbot, tray, session):
    assert not tray.mute_action.isEnabled()
    tray.start_action.trigger()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    assert tray.start_action.text() == "&Stop"
    tray.mute_action.trigger()
    assert session.state is SessionState.MUTED
    assert "muted" in tray.toolTip()
    session.set_muted(False)
    assert not tray.mute_action.isChecked()
    tray.start_action.trigger()
    qtbot.waitUntil(lambda: session.state is SessionState.STOPPED)


def test_the_card_is_shown_from_the_menu(qtbot, tray, session, fake):
    assert not tray.card_action.isEnabled()
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    tray.card_action.trigger()
    assert fake.chain.shown is Shown.CARD
    assert tray.toolTip() == "ChatAnyone — live, the card is shown"
    session.set_card(False)
    assert not tray.card_action.isChecked()
    session.rehearse()
    assert not tray.card_action.isChecked()


def test_show_and_quit_are_asked_for(qtbot, tray):
    with qtbot.waitSignal(tray.show_requested):
        tray.show_action.trigger()
    with qtbot.waitSignal(tray.quit_requested):
        tray.quit_action.trigger()


def test_the_hint_comes_once(tray, session, monkeypatch):
    shown = []
    monkeypatch.setattr(tray, "showMessage", lambda *arguments: shown.append(arguments[1]))
    tray.hint_once()
    tray.hint_once()
    assert len(shown) == 1
    assert "tray" in shown[0]
