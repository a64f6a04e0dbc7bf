"""The thread that opens microphones; every test waits for what it caused, none for time to pass."""

import threading

import pytest

from pipeline.errors import MicrophoneError
from pipeline.source_opener import SourceOpener
from tests.pipeline.small_stages import Steps

PATIENCE_S = 5.0


class Ports:
    """Opens sources as a driver does; notes what is open."""

    def __init__(self, faults: list[Exception]) -> None:
        self.faults = faults
        self.attempts = threading.Semaphore(0)
        self.open: list[Steps] = []
        self.most_open = 0

    def __call__(self) -> Steps:
        try:
            if self.faults:
                raise self.faults.pop(0)
            source = Steps([0.5])
            source.close = lambda: self.open.remove(source)
            self.open.append(source)
            self.most_open = max(self.most_open, len(self.open))
            return source
        finally:
            self.attempts.release()


@pytest.fixture
def make_opener():
    openers = []

    def make(ports, retry_s=60.0):
        openers.append(SourceOpener(ports, retry_s))
        openers[-1].replace(None)
        assert ports.attempts.acquire(timeout=PATIENCE_S)
        return openers[-1]

    yield make
    for opener in openers:
        opener.close()


def taken(opener):
    """What it has opened, as soon as it has."""
    for _ in range(1000):
        if (source := opener.take()) is not None:
            return source
        threading.Event().wait(0.001)
    pytest.fail("nothing was opened")


def test_what_was_opened_is_taken_once(make_opener):
    opener = make_opener(Ports([]))
    assert taken(opener) is not None
    assert opener.take() is None
    assert opener.fault == ""


def test_it_tries_again_until_the_microphone_is_there(make_opener):
    ports = Ports([MicrophoneError("It is busy.")] * 3)
    opener = make_opener(ports, retry_s=0.001)
    assert taken(opener) in ports.open


def test_the_reason_is_known_while_it_waits_and_a_change_of_devices_ends_the_wait(make_opener):
    ports = Ports([MicrophoneError("It is busy.")])
    opener = make_opener(ports)
    opener.hurry()
    assert ports.attempts.acquire(timeout=PATIENCE_S)
    assert taken(opener) in ports.open
    assert opener.fault == ""


def test_the_former_source_is_closed_before_the_next_is_opened(make_opener):
    ports = Ports([])
    opener = make_opener(ports)
    first = taken(opener)
    opener.replace(first)
    assert taken(opener) is not first
    assert ports.most_open == 1


def test_a_fault_of_the_driver_is_survived_and_logged(make_opener, caplog):
    with caplog.at_level("CRITICAL"):
        opener = make_opener(Ports([ZeroDivisionError("division by zero")]), retry_s=0.001)
        assert taken(opener) is not None


def test_a_source_that_nobody_took_is_closed_at_the_end(make_opener):
    ports = Ports([])
    opener = make_opener(ports)
    opener.close()
    assert ports.open == []
