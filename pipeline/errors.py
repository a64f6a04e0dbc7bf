"""Faults that the user can do something about; the message is the sentence they see."""

from pipeline.sentence import Sentence


class UserError(Exception):
    """Wrong usage or unusable input; the command line exits with 2 and prints the sentence.

    template, values: as `Sentence` takes them
    """

    def __init__(self, template: str = "", /, **values: object) -> None:
        known = isinstance(template, Sentence)
        self.sentence = template if known else Sentence(template, **values)
        super().__init__(self.sentence)


class MediaError(UserError):
    """A sound, picture or video file that cannot be read or written."""


class MicrophoneError(UserError):
    """No such microphone, or it cannot be opened."""


class VoiceOutError(UserError):
    """No such output for the voice, or it cannot be opened."""


class CameraError(UserError):
    """No virtual camera, or it went away."""


class AvatarError(UserError):
    """An unknown or damaged avatar."""


class StyleError(UserError):
    """An unknown or damaged style."""


class ModelError(UserError):
    """A missing, damaged or unsuitable model folder."""


class CredentialsError(UserError):
    """A file that cannot be signed, or whose credentials do not fit it."""
