import pytest

from app.chain import Shown
from app.session import SessionState
from app.window_menu import WindowMenu


@pytest.fixture
def menu(qtbot, session):
    menu = WindowMenu(session)
    qtbot.addWidget(menu)
    return menu


def test_it_offers_what_the_tray_offers_where_there_is_none(qtbot, menu, session, fake):
    assert not menu.mute_action.isEnabled()
    assert not menu.card_action.isEnabled()
    menu.start_action.trigger()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    assert menu.start_action.text() == "&Stop"
    menu.mute_action.trigger()
    assert session.muted
    menu.card_action.trigger()
    assert fake.chain.shown is Shown.CARD
    menu.start_action.trigger()
    qtbot.waitUntil(lambda: session.state is SessionState.STOPPED)
    assert menu.start_action.text() == "&Start"


def test_it_follows_the_session(qtbot, menu, session):
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    session.set_muted(True)
    session.set_card(True)
    assert menu.mute_action.isChecked()
    assert menu.card_action.isChecked()
    session.rehearse()
    assert not menu.card_action.isChecked()


@pytest.mark.parametrize("name", ["set_up", "hotkeys", "remote", "quit"])
def test_dialogs_and_the_end_are_asked_for(qtbot, menu, name):
    with qtbot.waitSignal(getattr(menu, f"{name}_requested")):
        getattr(menu, f"{name}_action").trigger()
