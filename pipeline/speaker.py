"""The system's loudspeaker, for what the user wants to hear once."""

from typing import Self

import numpy as np

from pipeline.errors import MicrophoneError, UserError
from pipeline.portaudio import load_sounddevice, note_stream
from pipeline.rates import SAMPLE_RATE_HZ


class SpeakerError(UserError):
    """No loudspeaker, or it cannot be opened."""


class Speaker:
    """Plays 24 kHz mono on the default output. Raises SpeakerError where there is none."""

    def __init__(self) -> None:
        try:
            sounddevice = load_sounddevice()
        except MicrophoneError as error:
            raise SpeakerError("No loudspeaker was found.") from error
        self._fault: type[Exception] = sounddevice.PortAudioError
        try:
            self._stream = sounddevice.OutputStream(
                samplerate=SAMPLE_RATE_HZ, channels=1, dtype="float32"
            )
            self._stream.start()
        except (self._fault, ValueError) as error:
            raise SpeakerError("No loudspeaker was found.") from error
        note_stream(self._stream)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def latency_s(self) -> float:
        """From `write` to the ear."""
        return float(self._stream.latency)

    def write(self, samples: np.ndarray) -> None:
        """Play (n,) float32; waits while the device's buffer is full. Raises SpeakerError."""
        try:
            self._stream.write(np.ascontiguousarray(samples, np.float32).reshape(-1, 1))
        except self._fault as error:
            raise SpeakerError("The loudspeaker went away.") from error

    def close(self) -> None:
        """Cut off what is still to be heard."""
        self._stream.abort()
        self._stream.close()
