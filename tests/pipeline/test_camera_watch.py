"""Whether anybody looks."""

import sys

import pytest

from pipeline import v4l2
from pipeline.camera_watch import (
    EVENT,
    SUBSCRIPTION,
    VIDIOC_DQEVENT,
    VIDIOC_SUBSCRIBE_EVENT,
    CameraWatch,
    ClientUsage,
)
from pipeline.v4l2 import LoopbackDevice
from tests.pipeline.fakes import FakeClock

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the events are those of a Linux driver"
)


class Usage:
    """The driver's side: counts that wait to be told."""

    def __init__(self, counts):
        self.counts = list(counts)
        self.closed = False

    def newest(self):
        newest = self.counts[-1] if self.counts else None
        self.counts.clear()
        return newest

    def close(self):
        self.closed = True


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def device(monkeypatch):
    monkeypatch.setattr(v4l2, "loopback_devices", lambda: [LoopbackDevice("/dev/video7", "Cam")])


def ask_after(clock, watch, seconds):
    clock.advance(seconds)
    return watch.is_watched()


def test_sizes_and_numbers_are_the_kernels():
    assert SUBSCRIPTION.size == 32
    assert EVENT.size == 136
    assert (2 << 30) | (136 << 16) | (ord("V") << 8) | 89 == VIDIOC_DQEVENT
    assert (1 << 30) | (32 << 16) | (ord("V") << 8) | 90 == VIDIOC_SUBSCRIBE_EVENT


@pytest.mark.usefixtures("device")
def test_it_follows_clients_that_come_and_go(clock):
    usage = Usage([0])
    watch = CameraWatch(lambda: "Cam", clock, lambda path: usage)
    assert not watch.is_watched()
    usage.counts.append(1)
    assert ask_after(clock, watch, 0.3)
    assert ask_after(clock, watch, 0.3), "no event means no change"
    usage.counts.extend([0, 1, 0])
    assert not ask_after(clock, watch, 0.3)


@pytest.mark.usefixtures("device")
def test_an_event_that_was_lost_is_made_good_before_long(clock):
    usages = [Usage([0]), Usage([1])]
    opened = iter(usages)
    watch = CameraWatch(lambda: "Cam", clock, lambda path: next(opened))
    assert not watch.is_watched()
    assert not ask_after(clock, watch, 3.0)
    assert ask_after(clock, watch, 3.0)
    assert usages[0].closed


@pytest.mark.usefixtures("device")
def test_a_driver_that_cannot_tell_counts_as_watched(clock):
    def refuse(path):
        raise OSError(22, "Invalid argument")

    watch = CameraWatch(lambda: "Cam", clock, refuse)
    assert watch.is_watched()
    assert ask_after(clock, watch, 10.0)


@pytest.mark.usefixtures("device")
def test_a_camera_of_another_kind_counts_as_watched(clock):
    assert CameraWatch(lambda: "OBS Virtual Camera", clock).is_watched()


def test_a_camera_that_is_not_there_is_seen_by_nobody(clock):
    assert not CameraWatch(lambda: "", clock).is_watched()


def test_what_is_no_camera_has_no_events(tmp_path):
    path = tmp_path / "file"
    path.touch()
    with pytest.raises(OSError, match=r"ioctl|device"):
        ClientUsage(str(path))
