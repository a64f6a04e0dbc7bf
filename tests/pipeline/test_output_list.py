"""Which output a name means."""

import pytest

from pipeline import output_list, voice_out_stream
from pipeline.errors import VoiceOutError
from pipeline.output_list import OutputInfo, find_output
from pipeline.voice_out_stream import choose_output


def output(name, host_api="MME", default=False, index=0):
    return OutputInfo(name, host_api, default, 48_000, 2, 0.02, index)


SPEAKERS = output("Speakers (USB)", default=True, index=1)
CABLE = output("CABLE Input (VB-Audio)", index=2)


@pytest.fixture
def outputs(monkeypatch):
    found = [CABLE, SPEAKERS]
    for module in (output_list, voice_out_stream):
        monkeypatch.setattr(module, "list_outputs", lambda: found)
    return found


@pytest.mark.usefixtures("outputs")
@pytest.mark.parametrize(
    ("name", "found"),
    [("", SPEAKERS), ("speakers (usb)", SPEAKERS), ("cable", CABLE), (CABLE.full_name, CABLE)],
)
def test_names_parts_of_names_and_none_mean_an_output(name, found):
    assert find_output(name) is found


@pytest.mark.usefixtures("outputs")
@pytest.mark.parametrize(("name", "said"), [("Headset", "no sound output"), ("(", "fits several")])
def test_other_names_are_told_with_the_known_ones(name, said):
    with pytest.raises(VoiceOutError, match=said) as fault:
        find_output(name)
    assert "Speakers (USB), MME" in str(fault.value)


def test_without_outputs_it_says_what_to_do(outputs):
    outputs.clear()
    with pytest.raises(VoiceOutError, match="virtual cable"):
        find_output("")


def test_automatic_takes_a_cable_and_never_the_loudspeaker(outputs, monkeypatch):
    assert choose_output("auto") == (CABLE, False)
    outputs.remove(CABLE)
    monkeypatch.setattr(voice_out_stream, "can_make_microphone", lambda: False)
    with pytest.raises(VoiceOutError, match="VB-CABLE"):
        choose_output("auto")
    monkeypatch.setattr(voice_out_stream, "can_make_microphone", lambda: True)
    assert choose_output("auto") == (SPEAKERS, True)
