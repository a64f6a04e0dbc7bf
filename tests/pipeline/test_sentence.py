from pathlib import Path

import pytest

from pipeline.errors import CameraError
from pipeline.sentence import Sentence


def test_a_sentence_is_its_text_and_remembers_how_it_was_made():
    said = Sentence("There is no camera “{name}”.", name="Desk")
    assert said == "There is no camera “Desk”."
    assert (said.template, said.values) == ("There is no camera “{name}”.", {"name": "Desk"})


def test_sentences_may_stand_in_others():
    inner = Sentence("The file {path} is damaged.", path=Path("a.bin"))
    assert Sentence("{reason} It stays.", reason=inner) == "The file a.bin is damaged. It stays."


@pytest.mark.parametrize("text", ["{", "no {value} is given", ""])
def test_without_values_braces_are_braces(text):
    assert Sentence(text) == text


def test_an_error_carries_its_sentence():
    fault = CameraError("{name} went away.", name="Desk")
    assert str(fault) == fault.sentence == "Desk went away."
    assert fault.sentence.template == "{name} went away."
    assert CameraError(fault.sentence).sentence is fault.sentence
