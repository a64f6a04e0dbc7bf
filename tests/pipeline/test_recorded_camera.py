from threading import Event

import av
import numpy as np
import pytest

from pipeline.camera import NoCamera
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.recorded_camera import RecordedCamera
from pipeline.video_file import video_info

FRAMES = [np.full((720, 1280, 3), grey, np.uint8) for grey in (40, 90, 140)]
SOUND = np.zeros(SAMPLES_PER_FRAME, np.float32)


class Finished:
    """Takes the answer and lets the test wait for it."""

    def __init__(self):
        self.answers = []
        self.came = Event()

    def __call__(self, path, fault):
        self.answers.append((path, fault))
        self.came.set()


@pytest.fixture
def finished():
    return Finished()


@pytest.fixture
def camera():
    return RecordedCamera(NoCamera())


def run(camera, count):
    for index in range(count):
        camera.send_audio(SOUND)
        camera.send(FRAMES[index % 3])


def test_what_the_camera_gets_from_record_to_end_is_in_the_file(camera, finished, tmp_path):
    path = tmp_path / "new folder" / "a.mp4"
    run(camera, 4)
    camera.record(path, finished)
    run(camera, 9)
    camera.end_recording()
    run(camera, 3)
    assert finished.came.wait(10)
    assert finished.answers == [(path, "")]
    info = video_info(path)
    assert (info.frame_count, info.width_px, info.height_px) == (9, 1280, 720)
    assert info.audio_codec == "aac"
    assert camera.frames_sent == 16


def test_a_recording_says_what_it_shows(camera, finished, tmp_path):
    camera.record(tmp_path / "a.mp4", finished)
    run(camera, 2)
    camera.close()
    with av.open(tmp_path / "a.mp4") as file:
        assert "AI avatar" in file.metadata["comment"]


def test_the_end_of_the_run_finishes_the_file_and_leaves_the_camera_open(
    camera, finished, tmp_path
):
    camera.record(tmp_path / "a.mp4", finished)
    run(camera, 5)
    camera.close()
    assert finished.answers == [(tmp_path / "a.mp4", "")]
    run(camera, 1)
    assert camera.frames_sent == 6


def test_one_recording_follows_the_other(camera, finished, tmp_path):
    for name in ("a.mp4", "b.mp4"):
        camera.record(tmp_path / name, finished)
        run(camera, 3)
    camera.close()
    for _ in range(100):
        if len(finished.answers) == 2:
            break
        finished.came.clear()
        finished.came.wait(0.1)
    assert sorted(path.name for path, _ in finished.answers) == ["a.mp4", "b.mp4"]
    assert {fault for _, fault in finished.answers} == {""}


def test_nothing_is_told_of_a_run_without_a_recording(camera, finished):
    run(camera, 2)
    camera.end_recording()
    camera.close()
    assert finished.answers == []


def test_pictures_are_wanted_from_record_until_the_file_is_closed(camera, finished, tmp_path):
    assert not camera.is_recording
    camera.record(tmp_path / "a.mp4", finished)
    assert camera.is_recording, "before its first frame, too"
    run(camera, 2)
    camera.end_recording()
    assert camera.is_recording, "the last frames are still to be written"
    run(camera, 1)
    assert not camera.is_recording
    camera.close()
    assert finished.came.wait(10)
