"""A camera that goes away and comes back; every test waits for what it caused."""

import queue
import threading

import numpy as np
import pytest

from pipeline import patient_camera
from pipeline.errors import CameraError
from pipeline.patient_camera import PatientCamera

PATIENCE_S = 5.0
GONE = CameraError("The camera Desk went away; load its driver again.")


class Desk:
    """A camera that keeps what it is sent and fails when told."""

    name = "Desk"

    def __init__(self) -> None:
        self.pictures: queue.Queue[np.ndarray] = queue.Queue()
        self.frames_sent = 0
        self.fault: Exception | None = None
        self.closed = False
        self.gate = threading.Event()
        self.gate.set()

    def send(self, frame: np.ndarray) -> None:
        self.gate.wait(PATIENCE_S)
        if self.fault is not None:
            raise self.fault
        self.pictures.put(frame)

    def send_audio(self, samples: np.ndarray) -> None:
        """Not heard."""

    def close(self) -> None:
        self.closed = True

    def next(self) -> np.ndarray:
        return self.pictures.get(timeout=PATIENCE_S)


class Drivers:
    """Opens cameras; the faults come first, one an attempt."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.cameras: queue.Queue[Desk] = queue.Queue()
        self.told: queue.Queue[tuple[str, str]] = queue.Queue()

    def open(self) -> Desk:
        if self.faults:
            raise self.faults.pop(0)
        self.cameras.put(Desk())
        return self.cameras.queue[-1]

    def tell(self, name: str, advice: str) -> None:
        self.told.put((name, advice))

    def next_told(self) -> tuple[str, str]:
        return self.told.get(timeout=PATIENCE_S)


def picture(shade: int) -> np.ndarray:
    return np.full((4, 6, 3), shade, np.uint8)


@pytest.fixture
def make_camera():
    cameras = []

    def make(drivers, retry_s=0.001, **options):
        cameras.append(PatientCamera(drivers.open, drivers.tell, retry_s=retry_s, **options))
        return cameras[-1]

    yield make
    for camera in cameras:
        camera.close()


def test_pictures_reach_the_camera_and_it_is_given_back(make_camera):
    drivers = Drivers()
    camera = make_camera(drivers)
    assert drivers.next_told() == ("Desk", "")
    desk = drivers.cameras.get()
    for shade in (1, 2, 3):
        camera.send(picture(shade))
        assert desk.next()[0, 0, 0] == shade
    camera.close()
    assert (camera.name, desk.closed) == ("Desk", True)


def test_the_last_picture_is_sent_again_while_no_other_comes(make_camera):
    drivers = Drivers()
    camera = make_camera(drivers)
    drivers.next_told()
    desk = drivers.cameras.get()
    shown = picture(7)
    camera.send(shown)
    assert [desk.next() is shown for _ in range(4)] == [True] * 4
    assert camera.frames_sent >= 3


def test_a_picture_that_stands_still_is_sent_less_often_until_another_comes(
    make_camera, monkeypatch
):
    monkeypatch.setattr(patient_camera, "KEEP_ALIVE_S", 0.001)
    monkeypatch.setattr(patient_camera, "STILL_KEEP_ALIVE_S", 10 * PATIENCE_S)
    desk = Desk()
    camera = make_camera(Drivers(), opened=desk)
    still, other = picture(7), picture(8)
    camera.send(still)
    for _ in range(1 + patient_camera.REPEATS):
        assert desk.next() is still
    with pytest.raises(queue.Empty):
        desk.pictures.get(timeout=0.05)
    camera.send(still)
    assert desk.next() is still
    camera.send(other)
    assert desk.next() is other
    assert desk.next() is other


def test_it_is_opened_as_often_as_it_takes_and_told_once_why_it_is_not_there(make_camera):
    drivers = Drivers(GONE, GONE, GONE)
    camera = make_camera(drivers)
    assert drivers.next_told() == ("", str(GONE))
    assert drivers.next_told() == ("Desk", "")
    camera.send(picture(1))
    assert drivers.cameras.get().next() is not None


def test_a_camera_that_goes_away_in_the_run_comes_back_with_the_picture(make_camera):
    drivers = Drivers()
    camera = make_camera(drivers)
    drivers.next_told()
    first = drivers.cameras.get()
    camera.send(picture(1))
    first.next()
    first.fault = GONE
    assert drivers.next_told() == ("", str(GONE))
    assert drivers.next_told() == ("Desk", "")
    assert camera.name == "Desk"
    assert drivers.cameras.get(timeout=PATIENCE_S).next()[0, 0, 0] == 1
    assert first.closed


def test_a_camera_that_is_not_there_has_no_name(make_camera):
    desk, drivers = Desk(), Drivers(GONE)
    camera = make_camera(drivers, retry_s=60.0, opened=desk)
    assert camera.name == "Desk"
    desk.fault = GONE
    camera.send(picture(1))
    assert drivers.next_told() == ("", str(GONE))
    assert camera.name == ""


def test_a_change_of_devices_ends_the_wait(make_camera):
    drivers = Drivers(GONE)
    camera = make_camera(drivers, retry_s=60.0)
    assert drivers.next_told() == ("", str(GONE))
    camera.hurry()
    assert drivers.next_told() == ("Desk", "")


def test_a_fault_of_the_driver_is_survived_and_told(make_camera, caplog):
    with caplog.at_level("CRITICAL"):
        drivers = Drivers(ZeroDivisionError("odd"))
        make_camera(drivers)
        assert "answers with a fault (odd)" in drivers.next_told()[1]
        assert drivers.next_told() == ("Desk", "")


def test_a_camera_that_is_open_already_is_used(make_camera):
    drivers, desk = Drivers(), Desk()
    camera = make_camera(drivers, opened=desk)
    camera.send(picture(5))
    assert desk.next()[0, 0, 0] == 5
    assert drivers.cameras.empty()


def test_a_picture_has_reached_the_driver_when_send_returns(make_camera, monkeypatch):
    monkeypatch.setattr(patient_camera, "LONGEST_SEND_S", PATIENCE_S)
    desk = Desk()
    camera = make_camera(Drivers(), opened=desk)
    for shade in range(20):
        camera.send(picture(shade))
        assert desk.pictures.queue[-1][0, 0, 0] == shade


def test_a_driver_that_hangs_holds_nobody_up_and_gets_the_newest_picture(make_camera):
    desk = Desk()
    camera = make_camera(Drivers(), opened=desk)
    desk.gate.clear()
    for shade in range(200):
        camera.send(picture(shade))
    assert desk.pictures.empty()
    desk.gate.set()
    while desk.next()[0, 0, 0] != 199:
        pass
