"""Which of several devices a name means."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from pipeline.errors import UserError
from pipeline.sentence import Sentence


class NamedDevice(Protocol):
    """A device as PortAudio lists it: its name, and that of the sound system, e.g. ALSA."""

    @property
    def name(self) -> str: ...
    @property
    def host_api(self) -> str: ...


Device = TypeVar("Device", bound=NamedDevice)


def full_name(device: NamedDevice) -> str:
    """ "Name, Host API", as `choose_by_name` takes it."""
    return f"{device.name}, {device.host_api}"


def choose_by_name(
    devices: Sequence[Device], name: str, kind: Sentence, fault: type[UserError]
) -> Device:
    """The one of `devices` that "Name", "Name, Host API" or a part of a name means.

    Case does not matter; a part is enough when only devices of one name contain it. Among devices
    of the same name the first wins. kind: what they are, e.g. "microphone"

    Raises `fault` when there is none, or a part of a name fits several.
    """
    wanted = name.strip().casefold()
    for device in devices:
        if wanted in (device.name.casefold(), full_name(device).casefold()):
            return device
    matches = [device for device in devices if _contains(device, wanted)]
    if len({device.name for device in matches}) == 1:
        return matches[0]
    known = "; ".join(full_name(device) for device in devices)
    if matches:
        several = Sentence('"{name}" fits several; choose one of: {known}.', name=name, known=known)
        raise fault(several)
    none = 'There is no {kind} "{name}"; choose one of: {known}.'
    raise fault(Sentence(none, kind=kind, name=name, known=known))


def _contains(device: NamedDevice, wanted: str) -> bool:
    part, comma, host_api = wanted.rpartition(", ")
    if comma and host_api == device.host_api.casefold():
        return part in device.name.casefold()
    return wanted in device.name.casefold()
