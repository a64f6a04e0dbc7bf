"""Which microphones there are, and which one a name means."""

from dataclasses import dataclass

from pipeline.device_name import choose_by_name
from pipeline.errors import MicrophoneError
from pipeline.portaudio import load_sounddevice
from pipeline.sentence import Sentence

NO_MICROPHONE = (
    "No microphone was found; plug one in and allow this program to use it in the system's"
    " privacy settings."
)


@dataclass(frozen=True, slots=True)
class MicrophoneInfo:
    """An input device.

    name: as the system calls it; host_api: PortAudio's name of the sound system, e.g. ALSA
    default: the one used when no name is given
    sample_rate_hz: the device's own rate; channels: the most it offers
    index: PortAudio's number, valid only until devices change; never stored or shown
    """

    name: str
    host_api: str
    default: bool
    sample_rate_hz: int
    channels: int
    index: int


def list_microphones() -> list[MicrophoneInfo]:
    """Every input device, the default one first.

    Raises MicrophoneError when PortAudio is missing.
    """
    sounddevice = load_sounddevice()
    host_apis = sounddevice.query_hostapis()
    default_index = _default_index(sounddevice)
    microphones = [
        MicrophoneInfo(
            name=device["name"],
            host_api=host_apis[device["hostapi"]]["name"],
            default=device["index"] == default_index,
            sample_rate_hz=round(device["default_samplerate"]),
            channels=device["max_input_channels"],
            index=device["index"],
        )
        for device in sounddevice.query_devices()
        if device["max_input_channels"] > 0
    ]
    return sorted(microphones, key=lambda microphone: not microphone.default)


def find_microphone(name: str | None) -> MicrophoneInfo:
    """The microphone a name means, see `choose_by_name`; None is the default one, which wins among
    devices of the same name, too.

    Raises MicrophoneError when there is none, or a part of a name fits several.
    """
    microphones = list_microphones()
    if not microphones:
        raise MicrophoneError(NO_MICROPHONE)
    if name is None or name in {"", "default"}:
        return microphones[0]
    return choose_by_name(microphones, name, Sentence("microphone"), MicrophoneError)


def _default_index(sounddevice) -> int | None:
    index = sounddevice.default.device[0]
    if index is not None and index >= 0:
        return index
    return next(
        (
            device["index"]
            for device in sounddevice.query_devices()
            if device["max_input_channels"] > 0
        ),
        None,
    )
