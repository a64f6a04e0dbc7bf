"""What is sent through the application's camera, with a driver that keeps it."""

import json
import threading
from collections.abc import Iterator

import numpy as np
import pytest
import pyvirtualcam.camera

from bench.camera_client.frame_code import coded
from bench.camera_client.sender import Sender
from pipeline import v4l2
from tests.pipeline.fakes import FakeCameraBackend

PATIENCE_S = 5.0


class CountingBackend(FakeCameraBackend):
    """Says when it has some frames."""

    def __init__(self, **options) -> None:
        super().__init__(**options)
        self.has_some = threading.Event()

    def send(self, frame):
        super().send(frame)
        if len(self.frames) >= 3:
            self.has_some.set()


@pytest.fixture
def opened(monkeypatch):
    monkeypatch.setattr(pyvirtualcam.camera, "BACKENDS", {"fake": CountingBackend})
    monkeypatch.setattr(v4l2, "loopback_devices", list)
    FakeCameraBackend.opened.clear()
    return FakeCameraBackend.opened


def test_frames_carry_their_sample_and_the_camera_is_closed_and_opened(opened, tmp_path):
    frames = np.random.default_rng(0).integers(0, 256, (4, 720, 1280, 3), dtype=np.uint8)

    def words() -> Iterator[str]:
        for time in range(2):
            yield "start\n"
            while len(opened) <= time:
                threading.Event().wait(0.01)
            assert opened[time].has_some.wait(PATIENCE_S)
            yield "stop\n"

    Sender(frames, "Fake Camera", tmp_path / "log.jsonl").run(words())
    notes = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    samples = [note[2] for note in notes if note[0] == "sent"]
    assert samples == sorted(set(samples))
    assert [note[2:] for note in notes if note[0] == "told"] == [["Fake Camera", ""]] * 2
    assert [device.closed for device in opened] == [True, True]
    wanted = {coded(frames[sample // 800 % 4], sample).tobytes() for sample in samples}
    assert {frame.tobytes() for device in opened for frame in device.frames} <= wanted
