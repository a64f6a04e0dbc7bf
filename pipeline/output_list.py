"""Which sound outputs there are, and which one a name means."""

from dataclasses import dataclass

from pipeline.device_name import choose_by_name, full_name
from pipeline.errors import VoiceOutError
from pipeline.portaudio import load_sounddevice
from pipeline.sentence import Sentence

# Parts of the names of cables whose other end calls can choose as a microphone.
CABLES = ("CABLE Input", "BlackHole", "VoiceMeeter Input", "Loopback Audio")
NO_OUTPUT = "No sound output was found; plug one in, or install a virtual cable such as VB-CABLE."


@dataclass(frozen=True, slots=True)
class OutputInfo:
    """An output device.

    name: as the system calls it; host_api: PortAudio's name of the sound system, e.g. ALSA
    default: the system's choice; sample_rate_hz: its own rate; channels: the most it offers
    latency_s: what its driver likes to keep in hand
    index: PortAudio's number, valid only until devices change; never stored or shown
    """

    name: str
    host_api: str
    default: bool
    sample_rate_hz: int
    channels: int
    latency_s: float
    index: int

    @property
    def full_name(self) -> str:
        """ "Name, Host API", as `find_output` takes it."""
        return full_name(self)

    @property
    def is_cable(self) -> bool:
        """Whether a call can listen to its other end."""
        return any(cable.casefold() in self.name.casefold() for cable in CABLES)


def list_outputs() -> list[OutputInfo]:
    """Every output device, virtual cables first.

    Raises MicrophoneError when PortAudio is missing.
    """
    sounddevice = load_sounddevice()
    host_apis = sounddevice.query_hostapis()
    default_index = sounddevice.default.device[1]
    outputs = [
        OutputInfo(
            name=device["name"],
            host_api=host_apis[device["hostapi"]]["name"],
            default=device["index"] == default_index,
            sample_rate_hz=round(device["default_samplerate"]),
            channels=device["max_output_channels"],
            latency_s=device["default_low_output_latency"],
            index=device["index"],
        )
        for device in sounddevice.query_devices()
        if device["max_output_channels"] > 0
    ]
    return sorted(outputs, key=lambda output: (not output.is_cable, not output.default))


def find_output(name: str) -> OutputInfo:
    """The output that a name means, see `choose_by_name`; "" is the system's default.

    Raises VoiceOutError when there is none, or a part of a name fits several.
    """
    outputs = list_outputs()
    if not outputs:
        raise VoiceOutError(NO_OUTPUT)
    if not name.strip():
        return next((output for output in outputs if output.default), outputs[0])
    return choose_by_name(outputs, name, Sentence("sound output"), VoiceOutError)
