"""A microphone that goes away and comes back, in the time of a clock that only tests move."""

from dataclasses import dataclass, field

import numpy as np
import pytest

from pipeline.errors import MicrophoneError
from pipeline.notices import Notices
from pipeline.patient_source import DEAF_FRAMES, GAP_S, PatientSource
from pipeline.rates import FRAME_PERIOD_S, SAMPLES_PER_FRAME
from pipeline.stream_types import AudioChunk
from tests.pipeline.fakes import FakeClock

GONE = MicrophoneError("Headset sends no more sound.")


@dataclass
class Device:
    """A microphone whose chunk n is complete at `arrivals_s[n]`; then `end` is raised."""

    clock: FakeClock
    arrivals_s: list[float]
    end: Exception | None = None
    level: float = 0.5
    name: str = "Headset"
    xruns: int = 2
    lost_samples: int = 0
    ended: bool = False
    closed: bool = False
    _next: int = 0

    @property
    def backlog_samples(self) -> int:
        arrived = sum(time_s <= self.clock.now_s() for time_s in self.arrivals_s)
        return max(arrived - self._next, 0) * SAMPLES_PER_FRAME

    def read(self, timeout_s: float) -> AudioChunk | None:
        latest_s = self.clock.now_s() + timeout_s
        if self._next == len(self.arrivals_s):
            if self.end is not None:
                raise self.end
            self.clock.sleep_until(latest_s)
            return None
        due_s = self.arrivals_s[self._next]
        self.clock.sleep_until(min(due_s, latest_s))
        if due_s > latest_s:
            return None
        self._next += 1
        samples = np.full(SAMPLES_PER_FRAME, self.level, np.float32)
        return AudioChunk(samples, (self._next - 1) * SAMPLES_PER_FRAME, due_s)

    def close(self) -> None:
        self.closed = True

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


@dataclass
class Opening:
    """Opens the devices of the test, one each time that `ready` says so."""

    devices: list[Device]
    ready: bool = True
    fault: str = ""
    closed_before: list[Device] = field(default_factory=list)
    wanted: bool = False

    def replace(self, source) -> None:
        if source is not None:
            source.close()
        self.wanted = True

    def take(self):
        if not (self.ready and self.wanted and self.devices):
            return None
        self.wanted, self.fault = False, ""
        return self.devices.pop(0)

    def hurry(self) -> None:
        self.ready = True

    def close(self) -> None:
        """Nothing to release."""


def steady(start_s, count):
    return [start_s + (n + 1) * FRAME_PERIOD_S for n in range(count)]


@dataclass
class Reader:
    """Reads as the loop does and keeps what came: chunks, and at what time."""

    source: PatientSource
    clock: FakeClock
    chunks: list[AudioChunk] = field(default_factory=list)
    times_s: list[float] = field(default_factory=list)

    def read_until(self, end_s: float) -> None:
        while self.clock.now_s() < end_s:
            chunk = self.source.read(0.1)
            if chunk is not None:
                self.chunks.append(chunk)
                self.times_s.append(self.clock.now_s())

    @property
    def loud(self) -> list[bool]:
        return [bool(chunk.samples.any()) for chunk in self.chunks]

    @property
    def steps(self) -> set[int]:
        return set(np.diff([chunk.start_sample for chunk in self.chunks]).tolist())


def listen(devices, clock, ready=True, fault=""):
    notices = Notices()
    opening = Opening(devices, ready, fault)
    reader = Reader(PatientSource(opening, "Headset", notices, clock), clock)
    return reader, opening, notices


def test_sound_passes_through_unchanged_with_its_times():
    clock = FakeClock()
    reader, _, notices = listen([Device(clock, steady(100.0, 30))], clock)
    reader.read_until(101.0 - 1e-6)
    assert sum(reader.loud) == 30
    assert reader.steps == {SAMPLES_PER_FRAME}
    assert reader.chunks[-1].capture_time_s == pytest.approx(101.0)
    assert notices.sentences() == ()


def test_without_a_microphone_there_is_silence_at_the_pace_of_the_clock():
    clock = FakeClock()
    reader, _, notices = listen([], clock, fault="There is no microphone “Headset”.")
    reader.read_until(102.0)
    assert len(reader.chunks) == pytest.approx(60, abs=2)
    assert not any(reader.loud)
    assert reader.steps == {SAMPLES_PER_FRAME}
    (sentence,) = notices.sentences()
    assert sentence.startswith("Waiting for Headset: ")
    assert sentence.endswith("There is no microphone “Headset”.")


def test_a_microphone_that_is_plugged_in_later_is_heard():
    clock = FakeClock()
    reader, opening, notices = listen([Device(clock, steady(101.0, 60))], clock, ready=False)
    opening.fault = "It is busy."
    reader.read_until(101.0)
    assert not any(reader.loud)
    reader.source.hurry()
    reader.read_until(102.0)
    assert reader.loud[-1]
    assert reader.steps == {SAMPLES_PER_FRAME}
    assert notices.sentences() == ()


def test_an_unplugged_microphone_gives_way_to_silence_and_comes_back_by_itself():
    clock = FakeClock()
    first = Device(clock, steady(100.0, 30), end=GONE)
    second = Device(clock, steady(103.0, 60))
    reader, opening, notices = listen([first, second], clock)
    reader.read_until(101.0 - 1e-6)
    opening.ready = False
    reader.read_until(103.0)
    assert first.closed
    assert "Headset sends no more sound." in notices.sentences()[0]
    opening.ready = True
    reader.read_until(104.0)
    assert reader.loud[-1]
    assert reader.steps == {SAMPLES_PER_FRAME}
    assert notices.sentences() == ()
    assert np.diff(reader.times_s).max() < 0.1, "the loop is never kept waiting"
    assert reader.source.xruns == 4
    assert len(reader.chunks) == pytest.approx(4.0 / FRAME_PERIOD_S, abs=6)


def test_a_pause_is_bridged_and_the_media_clock_runs_on():
    clock = FakeClock()
    arrivals_s = steady(100.0, 30) + steady(102.5, 60)
    reader, _, _ = listen([Device(clock, arrivals_s)], clock)
    reader.read_until(104.0)
    gaps_s = np.diff(reader.times_s)
    assert gaps_s.max() < GAP_S + 0.04
    assert reader.steps == {SAMPLES_PER_FRAME}
    assert sum(reader.loud) == pytest.approx(75, abs=1)
    assert len(reader.chunks) == pytest.approx(4.0 / FRAME_PERIOD_S, abs=7)


def test_sound_that_comes_in_one_heap_after_a_pause_is_left_out():
    clock = FakeClock()
    arrivals_s = steady(100.0, 30) + [102.0] * 30 + steady(102.0, 60)
    reader, _, _ = listen([Device(clock, arrivals_s)], clock)
    reader.read_until(103.5)
    assert reader.source.backlog_samples <= 5 * SAMPLES_PER_FRAME
    assert reader.source.lost_samples == pytest.approx(25 * SAMPLES_PER_FRAME, abs=2400)
    assert reader.steps == {SAMPLES_PER_FRAME}


def test_silence_is_not_made_up_for_when_the_reader_was_held_up():
    clock = FakeClock()
    reader, _, _ = listen([], clock)
    reader.read_until(101.0)
    before = len(reader.chunks)
    clock.advance(5.0)
    assert reader.source.backlog_samples <= 8 * SAMPLES_PER_FRAME
    reader.read_until(107.0)
    assert len(reader.chunks) - before < 40
    last = reader.chunks[-1].start_sample
    assert last == pytest.approx(7.0 / FRAME_PERIOD_S * SAMPLES_PER_FRAME, abs=2400)


def test_a_microphone_that_only_sends_zeros_is_told_to_be_unmuted():
    clock = FakeClock()
    muted = Device(clock, steady(100.0, DEAF_FRAMES + 10), level=0.0)
    reader, _, notices = listen([muted], clock)
    reader.read_until(100.0 + DEAF_FRAMES * FRAME_PERIOD_S + 0.2)
    (sentence,) = notices.sentences()
    assert "Headset is switched on but sends silence only; unmute it" in sentence
    muted.arrivals_s += steady(clock.now_s(), 5)
    muted.level = 0.1
    reader.read_until(clock.now_s() + 0.1)
    assert notices.sentences() == ()


def test_a_microphone_whose_rate_changed_is_opened_again():
    clock = FakeClock()
    slowed = [100.0 + 2 * (n + 1) * FRAME_PERIOD_S for n in range(400)]
    second = Device(clock, steady(112.0, 200))
    reader, _, notices = listen([Device(clock, slowed), second], clock)
    reader.read_until(113.0)
    assert second._next > 0
    assert reader.steps == {SAMPLES_PER_FRAME}
    assert notices.sentences() == ()


def test_the_systems_new_microphone_takes_over_from_the_former_one():
    clock = FakeClock()
    first, second = Device(clock, steady(100.0, 300)), Device(clock, steady(101.1, 60))
    reader, _, _ = listen([first, second], clock)
    reader.read_until(101.0)
    reader.source.reopen()
    reader.read_until(102.0)
    assert first.closed
    assert second._next > 10
    assert not second.closed
    assert reader.steps == {SAMPLES_PER_FRAME}


def test_closing_gives_the_microphone_back_and_takes_its_notices_along():
    clock = FakeClock()
    device = Device(clock, steady(100.0, 5), end=GONE)
    reader, opening, notices = listen([device], clock)
    reader.read_until(100.1)
    opening.ready = False
    reader.read_until(101.0)
    assert notices.sentences()
    with reader.source:
        pass
    assert device.closed
    assert notices.sentences() == ()
