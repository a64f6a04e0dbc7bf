import json

import pytest

from app.chain import Shown
from app.control import Control
from app.session import SessionState


@pytest.fixture
def control(session):
    return Control(session)


@pytest.fixture
def running(qtbot, session):
    session.start()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING, timeout=3000)
    return session


def refused(control, request):
    answer = control.answer(request)
    assert not answer["ok"]
    assert answer["error"].endswith(".")
    return answer["error"]


def test_start_and_stop_are_obeyed_and_asking_twice_changes_nothing(qtbot, session, control):
    assert control.answer({"type": "start"})["state"]["state"] == "starting"
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    assert control.answer({"type": "start"})["state"]["live"]
    assert session.state is SessionState.RUNNING
    control.answer({"type": "stop"})
    qtbot.waitUntil(lambda: session.state is SessionState.STOPPED)
    assert control.answer({"type": "stop"})["ok"]
    assert session.state is SessionState.STOPPED


def test_mute_is_switched_on_off_and_over(running, control):
    assert control.answer({"type": "mute", "on": True})["state"]["muted"]
    assert running.state is SessionState.MUTED
    control.carry_out({"type": "mute", "on": True})
    assert running.muted
    control.carry_out({"type": "mute"})
    assert not running.muted


def test_the_card_takes_the_place_of_the_avatar_and_gives_it_back(running, control, fake):
    assert control.answer({"type": "card"})["state"]["card"]
    assert fake.chain.shown is Shown.CARD
    control.carry_out({"type": "card", "on": False})
    assert fake.chain.shown is Shown.AVATAR


def test_styles_and_avatars_are_chosen_by_name_and_in_turn(session, control):
    control.carry_out({"type": "style", "name": "calm"})
    control.carry_out({"type": "avatar", "step": 1})
    assert (session.settings.style, session.settings.avatar) == ("calm", "grace")
    control.carry_out({"type": "style", "step": 1})
    control.carry_out({"type": "avatar", "step": -1})
    control.carry_out({"type": "avatar", "step": -1})
    assert (session.settings.style, session.settings.avatar) == ("natural", "joan b")


@pytest.mark.parametrize(
    "request_",
    [None, 3, "start", [], {}, {"type": "fly"}, {"type": ["start"]}, {"type": "mute", "on": 1},
     {"type": "style"}, {"type": "style", "step": True}, {"type": "style", "step": 2},
     {"type": "avatar", "name": ["ada"]}, {"type": "style", "name": 7}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_a_sentence(session, control, request_):
    before = session.settings
    refused(control, request_)
    assert session.settings == before
    assert session.state is SessionState.STOPPED


def test_an_unknown_name_is_refused_with_those_there_are(control):
    assert "natural, calm" in refused(control, {"type": "style", "name": "wild"})
    assert "ada, grace, joan b" in refused(control, {"type": "avatar", "name": "../ada"})


def test_before_the_catalogue_is_read_a_choice_has_to_wait(closed_session):
    assert "still starting" in refused(Control(closed_session), {"type": "style", "name": "calm"})


def test_every_change_is_told_once(qtbot, session, control):
    told = []
    control.state_changed.connect(lambda: told.append(control.state()))
    session.set_style("calm")
    session.set_style("calm")
    session.change(head=0.5)
    assert [state["style"] for state in told] == ["calm"]
    session.set_muted(True)
    assert told[-1]["muted"]
    assert json.loads(json.dumps(told[-1])) == told[-1]


def test_start_ends_a_rehearsal_and_goes_live(qtbot, session, control, fake):
    session.rehearse()
    qtbot.waitUntil(lambda: session.state is SessionState.RUNNING)
    assert not control.state()["live"]
    assert fake.chain.shown is Shown.REHEARSAL
    assert control.answer({"type": "start"})["state"]["live"]
    assert fake.chain.shown is Shown.AVATAR
    assert len(fake.chains) == 1
