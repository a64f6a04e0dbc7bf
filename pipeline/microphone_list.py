"""Which microphones there are, and which one a name means."""

from dataclasses import dataclass

from pipeline.errors import MicrophoneError
from pipeline.portaudio import load_sounddevice

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
    """The microphone a name means: "Name" or "Name, Host API"; None is the default one.

    Case does not matter; part of a name is enough when only one device contains it. Among devices
    of the same name the default one, then the first host API wins.

    Raises MicrophoneError when there is none, or a part of a name fits several.
    """
    microphones = list_microphones()
    if not microphones:
        raise MicrophoneError(NO_MICROPHONE)
    if name is None or name in {"", "default"}:
        return microphones[0]
    return choose_microphone(microphones, name)


def choose_microphone(microphones: list[MicrophoneInfo], name: str) -> MicrophoneInfo:
    """The one of `microphones` that `name` means (see `find_microphone`)."""
    wanted = name.strip().casefold()
    for full_names in (True, False):
        matches = [
            microphone
            for microphone in microphones
            if wanted == microphone.name.casefold()
            or wanted == f"{microphone.name}, {microphone.host_api}".casefold()
            or (not full_names and _contains(microphone, wanted))
        ]
        if full_names and matches:
            return matches[0]
    if len({microphone.name for microphone in matches}) == 1:
        return matches[0]
    known = "; ".join(f"{microphone.name}, {microphone.host_api}" for microphone in microphones)
    problem = f'There is no microphone "{name}"' if not matches else f'"{name}" fits several'
    raise MicrophoneError(f"{problem}; choose one of: {known}.")


def _contains(microphone: MicrophoneInfo, wanted: str) -> bool:
    part, comma, host_api = wanted.rpartition(", ")
    if comma and host_api == microphone.host_api.casefold():
        return part in microphone.name.casefold()
    return wanted in microphone.name.casefold()


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
