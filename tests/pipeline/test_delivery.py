"""Pictures on their way out, in the time of a fake clock."""

import numpy as np
import pytest

from pipeline.deadlines import Deadlines
from pipeline.delivery import Delivery
from pipeline.journey import Journey
from pipeline.latency_target import FIRST_SLACK_S
from pipeline.mailbox import Mailbox
from pipeline.pacer import Pacer
from pipeline.rates import FPS, FRAME_PERIOD_S, SAMPLES_PER_FRAME
from pipeline.statistics import Statistics
from pipeline.stream_types import VideoFrame
from tests.pipeline.fakes import FakeClock
from tests.pipeline.small_stages import FrameList


class Way:
    """A delivery and both its ends."""

    def __init__(self, paced: bool = True) -> None:
        self.clock = FakeClock()
        self.statistics = Statistics(self.clock.now_s)
        self.preview: Mailbox[VideoFrame] = Mailbox()
        self.camera = FrameList(self.clock)
        self.latencies_s: list[float] = []
        self.frames = 0
        self.delivery = Delivery(
            self.camera,
            self.preview,
            deadlines=Deadlines(Pacer(FPS, self.clock), self.clock) if paced else None,
            statistics=self.statistics,
            clock=self.clock,
            on_latency=self.latencies_s.append,
        )

    def send(self, red: int) -> bool:
        """A picture of the sound that was captured just now."""
        pixels = np.full((2, 2, 3), red, np.uint8)
        frame = VideoFrame(pixels, self.frames * SAMPLES_PER_FRAME, self.clock.now_s())
        self.frames += 1
        return self.delivery.send(frame, Journey(captured_s=frame.capture_time_s))


@pytest.fixture
def way():
    return Way()


def test_pictures_leave_at_their_deadlines(way):
    assert [way.send(red) for red in (1, 2, 3)] == [False] * 3
    assert way.camera.reds == [1, 2, 3]
    assert np.diff(way.camera.times_s) == pytest.approx(FRAME_PERIOD_S)
    assert way.camera.times_s[0] == pytest.approx(100 + FIRST_SLACK_S)


def test_the_preview_has_the_picture_that_is_sent_with_the_place_of_its_sound(way):
    seen = []
    send = way.camera.send
    way.camera.send = lambda frame: (seen.append(way.preview.latest()), send(frame))
    for red in (1, 2):
        way.send(red)
    assert [frame.start_sample for frame in seen] == [0, SAMPLES_PER_FRAME]
    assert [frame.pixels[0, 0, 0] for frame in seen] == way.camera.reds
    assert seen[0].capture_time_s == 100.0


def test_the_last_picture_is_repeated_and_nothing_before_the_first(way):
    assert not way.delivery.has_begun
    way.delivery.repeat()
    assert way.camera.reds == []
    way.send(5)
    assert way.delivery.has_begun
    way.delivery.repeat()
    assert way.camera.reds == [5, 5]
    assert np.diff(way.camera.times_s) == pytest.approx(FRAME_PERIOD_S)
    assert way.statistics.frames_sent == 2
    assert len(way.latencies_s) == 1, "only a new picture tells how late we are"


def test_what_is_owed_is_paid_once_and_without_waiting(way):
    way.send(5)
    way.delivery.pay()
    assert way.camera.reds == [5], "nothing is owed"
    way.delivery.owe()
    way.clock.advance(0.001)
    for _ in range(2):
        way.delivery.pay()
    assert way.camera.reds == [5, 5]
    assert way.camera.times_s[1] == way.clock.now_s()
    way.send(6)
    assert way.camera.times_s[2] - way.camera.times_s[0] == pytest.approx(2 * FRAME_PERIOD_S)


def test_a_new_picture_settles_what_is_owed(way):
    way.send(5)
    way.delivery.owe()
    way.send(6)
    way.delivery.pay()
    assert way.camera.reds == [5, 6]


def test_a_late_picture_is_counted(way):
    way.send(1)
    way.clock.advance(1.6 * FRAME_PERIOD_S)
    assert way.send(2)
    assert way.statistics.late_frames == 1
    assert way.latencies_s == pytest.approx([FIRST_SLACK_S, 0.0])


def test_without_deadlines_pictures_leave_at_once():
    way = Way(paced=False)
    for red in (1, 2, 3):
        assert not way.send(red)
        way.clock.advance(1.0)
    assert way.camera.times_s == [100.0, 101.0, 102.0]
    assert way.statistics.as_json()["latency_ms"] is None
    assert way.latencies_s == []
