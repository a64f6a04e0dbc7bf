"""Sentences of the pipeline in the language of the window."""

import pytest
from PySide6.QtWidgets import QApplication

from app.language import use_language
from app.words import say
from pipeline.device_name import choose_by_name
from pipeline.errors import MicrophoneError
from pipeline.microphone_list import MicrophoneInfo
from pipeline.sentence import Sentence


@pytest.fixture
def german(qtbot):
    application = QApplication.instance()
    use_language(application, "de")
    yield
    use_language(application, "en")


def waiting_for(name):
    known = [MicrophoneInfo("Webcam", "ALSA", True, 48_000, 1, 0)]
    with pytest.raises(MicrophoneError) as fault:
        choose_by_name(known, name, Sentence("microphone"), MicrophoneError)
    return Sentence(
        "Waiting for {name}: your avatar goes on without it. {reason}",
        name=name,
        reason=fault.value.sentence,
    )


@pytest.mark.usefixtures("german")
def test_sentences_and_those_that_stand_in_them_are_translated():
    said = waiting_for("microphone")
    assert said.startswith("Waiting for microphone: your avatar goes on without it. There is no")
    assert say(said) == (
        "Warte auf microphone: Ihr Avatar macht solange ohne weiter. Mikrofon „microphone“ gibt es"
        " nicht; zur Wahl stehen: Webcam, ALSA."
    ), "names of devices stay what they are"


@pytest.mark.usefixtures("german")
def test_what_nobody_translated_stays():
    assert say(Sentence("{name} is on the roof.", name="Oma")) == "Oma is on the roof."
    assert say("100 % {unknown}") == "100 % {unknown}"
    assert say("") == ""


def test_english_is_as_it_was_said(qtbot):
    said = waiting_for("Desk")
    assert say(said) == said


@pytest.mark.usefixtures("german")
def test_the_session_tells_faults_in_the_users_language(qtbot, session, fake):
    fake.build_fault = MicrophoneError("{name} changed its rate.", name="Desk")
    with qtbot.waitSignal(session.message_changed, check_params_cb=bool):
        session.start()
    assert session.message == "Desk hat die Abtastrate gewechselt."
