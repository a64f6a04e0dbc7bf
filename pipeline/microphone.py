"""The microphone: PortAudio's callback fills the ring, the reader gets 24 kHz chunks."""

from contextlib import ExitStack
from types import ModuleType
from typing import Any, Self

import numpy as np

from pipeline.capture import Capture
from pipeline.clock import Clock, MonotonicClock
from pipeline.decimator import HIGHEST_RATE_HZ, LOWEST_RATE_HZ
from pipeline.errors import MicrophoneError
from pipeline.microphone_list import MicrophoneInfo, find_microphone, list_microphones
from pipeline.portaudio import close_stream, load_sounddevice, note_stream
from pipeline.probe import Probe
from pipeline.ring_buffer import RingBuffer
from pipeline.stream_types import AudioChunk
from pipeline.voice_out_stream import VoiceOutStream

__all__ = ["Microphone", "MicrophoneInfo", "list_microphones", "probe_audio"]

RING_S = 2.0
# Left to itself PortAudio calls back up to 500 times a second.
BLOCKS_PER_S = 100
# PulseAudio takes up to 1.5 s to deliver its first block.
FIRST_BLOCK_TIMEOUT_S = 6.0
STALL_TIMEOUT_S = 2.0
LONGEST_DEVICE_AGE_S = 1.0


class Microphone:
    """Audio source of an input device, named "Name" or "Name, Host API"; None is the default.

    The device runs at its own rate; the callback only copies and counts, decimation happens in
    `read`. Raises MicrophoneError when there is no such device, it cannot be opened, or (in
    `read`) it stops delivering.

    voice_out: also gets what is heard, and plays while the microphone is open; in one stream where
        both are one device
    """

    def __init__(
        self,
        name: str | None = None,
        clock: Clock | None = None,
        voice_out: VoiceOutStream | None = None,
    ) -> None:
        self._voice_out = voice_out
        self._clock = clock or MonotonicClock()
        self._info = find_microphone(name)
        rate_hz = self._info.sample_rate_hz
        if not LOWEST_RATE_HZ <= rate_hz <= HIGHEST_RATE_HZ:
            raise MicrophoneError(
                "{name} runs at {rate_hz} Hz, which is not supported.",
                name=self.name,
                rate_hz=rate_hz,
            )
        self._ring = RingBuffer(int(RING_S * rate_hz))
        self._capture = Capture(self._ring, rate_hz, self._clock)
        self._xruns = 0
        self._closed = False
        self._last_arrival_s = self._clock.now_s() + FIRST_BLOCK_TIMEOUT_S - STALL_TIMEOUT_S
        self._duplex = None
        if voice_out is not None:
            output = voice_out.find(rate_hz)
            is_same = output is not None and output.index == self._info.index
            self._duplex = output if is_same and voice_out.can_share else None
        self._stream = self._open()
        if voice_out is not None:
            voice_out.begin(is_shared=self._duplex is not None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        """ "Name, Host API", as it can be given to open the same device again."""
        return f"{self._info.name}, {self._info.host_api}"

    @property
    def device_rate_hz(self) -> int:
        """The rate the device runs at."""
        return self._info.sample_rate_hz

    @property
    def latency_s(self) -> float:
        """Algorithmic delay of the decimation."""
        return self._capture.latency_s

    @property
    def xruns(self) -> int:
        """How often PortAudio reported lost input."""
        return self._xruns

    @property
    def lost_samples(self) -> int:
        return self._capture.lost_samples

    @property
    def backlog_samples(self) -> int:
        return self._capture.backlog_samples

    @property
    def ended(self) -> bool:
        return self._capture.ended

    def read(self, timeout_s: float) -> AudioChunk | None:
        """The next chunk, or None when it was not complete within `timeout_s`.

        Raises MicrophoneError when nothing has come from the device for some seconds.
        """
        chunk = self._capture.read(timeout_s)
        now_s = self._clock.now_s()
        if chunk is not None:
            self._last_arrival_s = max(now_s, self._last_arrival_s)
        elif not self._closed and now_s - self._last_arrival_s > STALL_TIMEOUT_S:
            raise MicrophoneError(
                "{name} sends no more sound; check that it is plugged in.", name=self.name
            )
        return chunk

    def close(self) -> None:
        """Stop the device; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        self._ring.close()
        if self._voice_out is not None:
            self._voice_out.end()
        close_stream(self._stream)

    def _open(self) -> Any:
        sounddevice = load_sounddevice()
        reasons = []
        for channels in dict.fromkeys((1, min(2, self._info.channels), self._info.channels)):
            for latency in ("low", "high"):
                with ExitStack() as undo:
                    try:
                        stream = note_stream(self._make_stream(sounddevice, channels, latency))
                        undo.callback(stream.close, ignore_errors=True)
                        stream.start()
                    except sounddevice.PortAudioError as error:
                        reasons.append(str(error))
                        continue
                    undo.pop_all()
                    return stream
        raise MicrophoneError(
            "{name} cannot be opened ({reason}); close programs that use it, check "
            "the permission for the microphone, or choose another one.",
            name=self.name,
            reason=reasons[0],
        )

    def _make_stream(self, sounddevice: ModuleType, channels: int, latency: str) -> Any:
        rate_hz = self._info.sample_rate_hz
        shape: dict[str, Any] = {
            "samplerate": rate_hz,
            "blocksize": rate_hz // BLOCKS_PER_S,
            "dtype": "float32",
            "latency": latency,
        }
        index = self._info.index
        if self._duplex is None:
            return sounddevice.InputStream(
                device=index, channels=channels, callback=self._receive, **shape
            )
        return sounddevice.Stream(
            device=(index, index),
            channels=(channels, min(2, self._duplex.channels)),
            callback=self._receive_and_play,
            **shape,
        )

    def _receive_and_play(
        self, block: np.ndarray, out: np.ndarray, frames: int, time_info: Any, status: Any
    ) -> None:
        """PortAudio's callback where microphone and output are one device."""
        self._receive(block, frames, time_info, status)
        assert self._voice_out is not None
        self._voice_out.fill(out, time_info, status)

    def _receive(self, block: np.ndarray, frames: int, time_info: Any, status: Any) -> None:
        """PortAudio's callback: copy one block, count."""
        if status.input_overflow:
            self._xruns += 1
        mono = block[:, 0] if block.shape[1] == 1 else block.mean(axis=1)
        # The age of the block's first sample, where the driver knows it.
        age_s = time_info.currentTime - time_info.inputBufferAdcTime - frames / self.device_rate_hz
        age_s = age_s if 0.0 < age_s < LONGEST_DEVICE_AGE_S else 0.0
        captured_s = self._clock.now_s() - age_s
        self._ring.write(mono, captured_s)
        if self._voice_out is not None:
            self._voice_out.voice.receive(mono, captured_s)


def probe_audio() -> Probe:
    """Whether there is a microphone, for `doctor`; opens no device."""
    try:
        microphones = list_microphones()
        default = find_microphone(None)
    except MicrophoneError as error:
        problem, _, fix = str(error).partition("; ")
        return Probe(False, problem.rstrip(".") + ".", fix[:1].upper() + fix[1:])
    count = "1 microphone" if len(microphones) == 1 else f"{len(microphones)} microphones"
    device = f"{default.name} ({default.host_api}, {default.sample_rate_hz} Hz)"
    return Probe(True, f"{count}, the default is {device}.")
