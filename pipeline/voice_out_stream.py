"""The output device that the voice is played to."""

import logging
from contextlib import ExitStack, nullcontext
from typing import Any, Self

import numpy as np

from pipeline.clock import Clock, MonotonicClock
from pipeline.errors import UserError, VoiceOutError
from pipeline.null_sink import SOURCE_TITLE, NullSink, can_make_microphone
from pipeline.output_list import OutputInfo, find_output, list_outputs
from pipeline.portaudio import close_stream, load_sounddevice, note_stream
from pipeline.voice_out import LARGEST_BLOCK, VoiceOut

log = logging.getLogger(__name__)

# The choice that needs no name: a cable where there is one, else a microphone of our own.
AUTOMATIC = "auto"
BLOCKS_PER_S = 100
# The delay behind the lips leaves this much time, which no later hiccup of Python exceeds.
LATENCY_S = 0.04
LONGEST_LATENCY_S = 1.0


def choose_output(name: str) -> tuple[OutputInfo, bool]:
    """The device that a choice means, and whether a microphone of our own is to be made for it.

    Raises VoiceOutError where there is none.
    """
    if name != AUTOMATIC:
        return find_output(name), False
    cables = [output for output in list_outputs() if output.is_cable]
    if cables:
        return cables[0], False
    if can_make_microphone():
        return find_output(""), True
    raise VoiceOutError(
        "There is no virtual cable; install VB-CABLE (Windows) or BlackHole (macOS), or name the"
        " output to use."
    )


class VoiceOutStream:
    """Plays a `VoiceOut` on an output device, beside a source of sound, whenever that is open.

    name: "auto", "Name" or "Name, Host API" of the output
    Sources call `begin` before they deliver and `end` when they close, both from their own thread;
    an output that cannot be had never stops them: `fault` says why nothing is heard.
    """

    def __init__(self, name: str, clock: Clock | None = None) -> None:
        self.voice = VoiceOut()
        self.fault = ""
        self._choice = name
        self._clock = clock or MonotonicClock()
        self._info: OutputInfo | None = None
        self._sink: NullSink | None = None
        self._mono = np.zeros(LARGEST_BLOCK, np.float32)
        self._stream: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def can_share(self) -> bool:
        """Whether the microphone's stream may play, too, where both are one device."""
        return self._sink is None

    @property
    def name(self) -> str:
        """What the user chooses as the microphone in the call, or the output's name."""
        if self._sink is not None:
            return SOURCE_TITLE
        return self._choice if self._info is None else self._info.full_name

    def find(self, source_rate_hz: int) -> OutputInfo | None:
        """Look for the output, for sound of this rate that is about to come; None where there is
        none."""
        try:
            self._info, own = choose_output(self._choice)
            if own and self._sink is None:
                self._sink = NullSink()
        except UserError as fault:
            self._info, self.fault = None, fault.sentence
            log.info("no voice out: %s", fault)
            return None
        self.voice.begin(source_rate_hz, self._info.sample_rate_hz)
        return self._info

    def begin(self, is_shared: bool = False) -> None:
        """Play on the output found; is_shared: the microphone's own stream plays it."""
        if self._info is None:
            return
        try:
            with nullcontext() if self._sink is None else self._sink.as_default():
                if not is_shared:
                    self._stream = self._open(self._info)
            if self._sink is not None:
                self._sink.take_stream()
        except UserError as fault:
            self.fault = fault.sentence
            log.info("no voice out: %s", fault)
            self.end()
            return
        self.fault = ""
        log.info("the voice goes to %s%s", self.name, ", in one stream" if is_shared else "")

    def end(self) -> None:
        """Stop playing, until the next `begin`."""
        stream, self._stream = self._stream, None
        if stream is not None:
            close_stream(stream)

    def close(self) -> None:
        """Stop for good; a second call does nothing."""
        self.end()
        if self._sink is not None:
            self._sink.close()

    def fill(self, block: np.ndarray, time_info: Any, status: Any) -> None:
        """Play into (n, channels); called by PortAudio's callbacks only."""
        info = self._info
        if info is None:
            block.fill(0.0)
            return
        if status.output_underflow:
            self.voice.xruns += 1
        ahead_s = time_info.outputBufferDacTime - time_info.currentTime
        if not 0.0 <= ahead_s < LONGEST_LATENCY_S:
            ahead_s = info.latency_s
        heard_at_s = self._clock.now_s() + ahead_s
        for start in range(0, len(block), LARGEST_BLOCK):
            mono = self._mono[: min(len(block) - start, LARGEST_BLOCK)]
            self.voice.play(mono, heard_at_s + start / info.sample_rate_hz)
            block[start : start + len(mono)] = mono[:, None]

    def _open(self, info: OutputInfo) -> Any:
        sounddevice = load_sounddevice()
        reasons = []
        for latency in (LATENCY_S, "high"):
            with ExitStack() as undo:
                try:
                    stream = sounddevice.OutputStream(
                        device=info.index,
                        channels=min(2, info.channels),
                        samplerate=info.sample_rate_hz,
                        blocksize=info.sample_rate_hz // BLOCKS_PER_S,
                        dtype="float32",
                        latency=latency,
                        callback=lambda out, frames, time, status: self.fill(out, time, status),
                    )
                    undo.callback(note_stream(stream).close, ignore_errors=True)
                    stream.start()
                except sounddevice.PortAudioError as error:
                    reasons.append(str(error))
                    continue
                undo.pop_all()
                return stream
        raise VoiceOutError(
            "{name} cannot be opened ({reason}); close programs that use it, "
            "or choose another output.",
            name=info.full_name,
            reason=reasons[0],
        )
