"""Which of several devices a name means."""

import pytest

from pipeline.device_name import choose_by_name, full_name
from pipeline.errors import MicrophoneError
from pipeline.microphone_list import MicrophoneInfo
from pipeline.sentence import Sentence

STUDIO = MicrophoneInfo("Studio, left", "ALSA", True, 48_000, 2, 0)
HEADSET = MicrophoneInfo("Headset", "ALSA", False, 16_000, 1, 3)
HEADSET_JACK = MicrophoneInfo("Headset", "JACK Audio", False, 48_000, 1, 5)
WEBCAM = MicrophoneInfo("Webcam", "ALSA", False, 44_100, 2, 7)
ALL = [STUDIO, HEADSET, HEADSET_JACK, WEBCAM]


def choose(name):
    return choose_by_name(ALL, name, Sentence("microphone"), MicrophoneError)


def test_a_name_with_its_host_api_means_that_device():
    assert choose("Headset, JACK Audio") is HEADSET_JACK
    assert choose("Headset, ALSA") is HEADSET
    assert all(choose(full_name(device)) is device for device in ALL)


def test_a_name_alone_means_the_first_host_api():
    assert choose(" headset ") is HEADSET


def test_a_name_may_contain_a_comma():
    assert choose("Studio, left") is STUDIO
    assert choose("Studio, left, ALSA") is STUDIO


def test_part_of_a_name_is_enough_when_only_one_fits():
    assert choose("web") is WEBCAM
    assert choose("head") is HEADSET
    assert choose("head, jack audio") is HEADSET_JACK


def test_the_name_of_a_sound_system_is_no_part_of_a_device():
    with pytest.raises(MicrophoneError, match="no microphone"):
        choose("jack")


@pytest.mark.parametrize(("name", "problem"), [("tape", "no microphone"), ("e", "fits several")])
def test_an_unknown_or_ambiguous_name_lists_the_known_ones(name, problem):
    with pytest.raises(MicrophoneError, match=f"(?s){problem}.*Webcam, ALSA"):
        choose(name)
