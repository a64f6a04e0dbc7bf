import pytest

from app.microphone_picker import MicrophonePicker
from app.microphone_scan import MicrophoneEntry


@pytest.fixture
def picker(qtbot):
    picker = MicrophonePicker()
    qtbot.addWidget(picker)
    return picker


def titles(picker):
    return [picker.itemText(index) for index in range(picker.count())]


def test_host_apis_are_named_where_there_are_several(picker):
    picker.show_microphones((MicrophoneEntry("Mic", "MME"), MicrophoneEntry("Mic", "WASAPI")))
    assert titles(picker) == ["System default", "Mic (MME)", "Mic (WASAPI)"]
    picker.show_choice("Mic", "WASAPI")
    assert picker.currentIndex() == 2


def test_what_alsa_calls_default_is_listed_once(picker):
    found = (MicrophoneEntry("default", "ALSA", True), MicrophoneEntry("pulse", "ALSA"))
    picker.show_microphones(found)
    assert titles(picker) == ["System default", "pulse"]


def test_a_choice_survives_the_unplugging_and_return_of_its_device(picker):
    headset = MicrophoneEntry("Headset", "ALSA")
    picker.show_microphones((headset,))
    picker.show_choice("Headset", "ALSA")
    picker.show_microphones(())
    assert picker.currentText() == "Headset (not connected)"
    picker.show_microphones((headset,))
    assert picker.currentText() == "Headset"


def test_only_the_user_picks(qtbot, picker):
    with qtbot.assertNotEmitted(picker.picked):
        picker.show_microphones((MicrophoneEntry("Headset", "ALSA"),))
        picker.show_choice("Headset", "ALSA")
    with qtbot.waitSignal(picker.picked) as picked:
        picker.activated.emit(0)
    assert picked.args == ["", ""]
