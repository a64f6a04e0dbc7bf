"""The chosen microphone, waited for while it cannot be had."""

from pipeline.clock import Clock
from pipeline.microphone import Microphone
from pipeline.notices import Notices
from pipeline.patient_source import PatientSource
from pipeline.portaudio import refresh_devices
from pipeline.source_opener import SourceOpener
from pipeline.voice_out_stream import VoiceOutStream


def patient_microphone(
    name: str | None,
    notices: Notices,
    clock: Clock | None = None,
    voice_out: VoiceOutStream | None = None,
) -> PatientSource:
    """The microphone that `name` means (see `find_microphone`), also one plugged in later."""

    def open_microphone() -> Microphone:
        refresh_devices()
        return Microphone(name, clock, voice_out)

    return PatientSource(SourceOpener(open_microphone), name or "the microphone", notices, clock)
