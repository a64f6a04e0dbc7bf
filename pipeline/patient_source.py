"""A microphone that may go away: silence takes its place until it is back."""

import logging
from typing import Self

import numpy as np

from pipeline.arrival_rate import ArrivalRate
from pipeline.audio_source import AudioSource
from pipeline.clock import Clock, MonotonicClock
from pipeline.errors import UserError
from pipeline.notices import Notices
from pipeline.rates import FPS, FRAME_PERIOD_S, SAMPLES_PER_FRAME
from pipeline.sentence import Sentence
from pipeline.source_opener import Opener
from pipeline.stream_types import AudioChunk

log = logging.getLogger(__name__)

# Drivers deliver in blocks of up to a tenth of a second.
GAP_S = 0.15
# Silence that is this late is not made up for: the reader was held up, not the microphone.
LATE_SILENCE_S = 0.25
DEAF_FRAMES = 5 * FPS
WAITING, DEAF = "microphone", "sound"
SILENCE = np.zeros(SAMPLES_PER_FRAME, np.float32)
SILENCE.setflags(write=False)


class PatientSource:
    """Audio source that never fails: it yields its microphone's chunks, or silence at their pace.

    A pause of the microphone is bridged from `GAP_S` on; as much sound as was bridged is left out
    when it comes late and all at once. A microphone that fails is closed and opened again by
    `opener`, as often as it takes. The media clock goes on without a step all the while.
    What is amiss is told to `notices`.
    """

    def __init__(
        self, opener: Opener, label: str, notices: Notices, clock: Clock | None = None
    ) -> None:
        self.name = label
        self._opener = opener
        self._notices = notices
        self._clock = clock or MonotonicClock()
        self._rate = ArrivalRate(self._clock)
        self._source: AudioSource | None = None
        self._former_xruns = self._former_lost = self._left_out = 0
        self._next_sample = self._offset_samples = 0
        self._bridged_chunks = self._deaf_chunks = 0
        self._other_wanted = False
        self._bridging = True
        self._due_s = self._gap_s = self._clock.now_s()
        opener.replace(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def lost_samples(self) -> int:
        """Of every microphone so far, and what was left out after pauses."""
        return (
            self._former_lost + self._left_out + (self._source.lost_samples if self._source else 0)
        )

    @property
    def xruns(self) -> int:
        return self._former_xruns + (self._source.xruns if self._source else 0)

    @property
    def backlog_samples(self) -> int:
        if self._source is not None and not self._bridging:
            return self._source.backlog_samples
        late_s = max(self._clock.now_s() - self._due_s, 0.0)
        return int(min(late_s, LATE_SILENCE_S) * FPS) * SAMPLES_PER_FRAME

    @property
    def ended(self) -> bool:
        return self._source is not None and self._source.ended

    def read(self, timeout_s: float) -> AudioChunk | None:
        """The next chunk, of sound or of silence; None when neither was due within `timeout_s`."""
        if self._source is None:
            self._take_opened()
        elif self._other_wanted:
            self._lose(Sentence("The system uses another microphone now."))
        if self._source is None:
            return self._silence(timeout_s)
        try:
            chunk = self._source.read(0.0 if self._bridging else self._until_gap_s(timeout_s))
            if chunk is not None:
                return self._pass_on(self._source, chunk)
        except UserError as fault:
            self._lose(fault.sentence)
            return None
        if self._bridging:
            return self._silence(timeout_s)
        if self._clock.now_s() - self._due_s >= GAP_S and not self._source.ended:
            self._begin_bridge()
        return None

    def hurry(self) -> None:
        """Devices have changed: look for the microphone now. From any thread."""
        self._opener.hurry()

    def reopen(self) -> None:
        """The name means another microphone now: change over to it. From any thread."""
        self._other_wanted = True

    def close(self) -> None:
        """Give the microphone back."""
        source, self._source = self._source, None
        if source is not None:
            source.close()
        self._opener.close()
        self._tell_waiting("")
        self._notices.tell(DEAF, "")

    def _take_opened(self) -> None:
        self._source = self._opener.take()
        if self._source is None and self._opener.fault:
            self._tell_waiting(self._opener.fault)

    def _until_gap_s(self, timeout_s: float) -> float:
        return min(timeout_s, max(self._due_s + GAP_S - self._clock.now_s(), 0.0))

    def _pass_on(self, source: AudioSource, chunk: AudioChunk) -> AudioChunk | None:
        """The chunk at its place on the one media clock."""
        if self._bridging:
            chunk = self._catch_up(source, chunk)
            self._end_bridge(chunk)
        start_sample = chunk.start_sample + self._offset_samples
        self._next_sample = start_sample + SAMPLES_PER_FRAME
        self._due_s = self._clock.now_s() + FRAME_PERIOD_S
        self._listen(source, chunk)
        arrived = chunk.start_sample + SAMPLES_PER_FRAME + source.backlog_samples
        if not self._rate.is_right(arrived):
            self._lose(Sentence("{name} changed its rate.", name=source.name))
        return AudioChunk(chunk.samples, start_sample, chunk.capture_time_s)

    def _catch_up(self, source: AudioSource, chunk: AudioChunk) -> AudioChunk:
        """Leave out what was bridged already and now waits in one heap."""
        while self._bridged_chunks and source.backlog_samples >= SAMPLES_PER_FRAME:
            following = source.read(0.0)
            if following is None:
                break
            chunk = following
            self._bridged_chunks -= 1
            self._left_out += SAMPLES_PER_FRAME
        return chunk

    def _listen(self, source: AudioSource, chunk: AudioChunk) -> None:
        """Notice a microphone that works and hears nothing at all: digital silence."""
        if chunk.samples.any():
            self._deaf_chunks = 0
            self._notices.tell(DEAF, "")
            return
        self._deaf_chunks += 1
        if self._deaf_chunks == DEAF_FRAMES:
            self._notices.tell(
                DEAF,
                Sentence(
                    "{name} is switched on but sends silence only; unmute it (by its own switch or"
                    " in the system's sound settings) and allow this program to hear it.",
                    name=source.name,
                ),
            )

    def _lose(self, reason: str) -> None:
        source, self._source = self._source, None
        self._other_wanted = False
        assert source is not None
        self._former_xruns += source.xruns
        self._former_lost += source.lost_samples
        self._notices.tell(DEAF, "")
        self._deaf_chunks = 0
        self._tell_waiting(reason)
        if not self._bridging:
            self._begin_bridge()
        self._opener.replace(source)

    def _begin_bridge(self) -> None:
        self._bridging = True
        self._bridged_chunks = 0
        self._due_s = self._gap_s = self._clock.now_s()

    def _end_bridge(self, chunk: AudioChunk) -> None:
        self._bridging = False
        self._offset_samples = self._next_sample - chunk.start_sample
        self._rate.restart()
        log.info(
            "%s delivers after %.2f s without sound", self.name, self._clock.now_s() - self._gap_s
        )
        self._tell_waiting("")

    def _silence(self, timeout_s: float) -> AudioChunk | None:
        now_s = self._clock.now_s()
        late_frames = int((now_s - self._due_s) * FPS)
        if now_s - self._due_s > LATE_SILENCE_S:
            self._due_s += late_frames * FRAME_PERIOD_S
            self._next_sample += late_frames * SAMPLES_PER_FRAME
        self._clock.sleep_until(min(self._due_s, now_s + timeout_s))
        if self._due_s > now_s + timeout_s:
            return None
        chunk = AudioChunk(SILENCE, self._next_sample, self._due_s)
        self._next_sample += SAMPLES_PER_FRAME
        self._due_s += FRAME_PERIOD_S
        self._bridged_chunks += 1
        return chunk

    def _tell_waiting(self, reason: str) -> None:
        sentence = Sentence(
            "Waiting for {name}: your avatar goes on without it. {reason}",
            name=self.name,
            reason=reason,
        )
        self._notices.tell(WAITING, sentence if reason else "")
