import numpy as np
import pytest

from pipeline.errors import MediaError
from pipeline.file_camera import FileCamera
from pipeline.video_file import read_frames, video_info
from tests.pipeline.pictures import portrait


def send(camera, index):
    camera.send_audio(np.zeros(800, np.float32))
    camera.send(portrait(index)[:64, :64])


def test_every_frame_and_its_sound_are_kept(tmp_path):
    camera = FileCamera(tmp_path / "a.mp4", 64, 64)
    for index in range(12):
        send(camera, index)
    camera.close()
    info = video_info(tmp_path / "a.mp4")
    assert info.frame_count == camera.frames_sent == 12
    assert info.audio_duration_s == pytest.approx(0.4, abs=0.001)


def test_dropped_frames_are_filled_by_the_one_before(tmp_path):
    camera = FileCamera(tmp_path / "a.mp4", 64, 64)
    dark, light = np.zeros((64, 64, 3), np.uint8), np.full((64, 64, 3), 250, np.uint8)
    camera.send_audio(np.zeros(800, np.float32))
    camera.send(dark)
    for _ in range(5):
        camera.send_audio(np.zeros(800, np.float32))
    camera.send(light)
    camera.close()
    means = [pixels.mean() for _, pixels in read_frames(tmp_path / "a.mp4")]
    assert len(means) == 6
    assert max(means[:5]) < 20
    assert means[5] > 200


def test_a_frame_sent_again_without_sound_does_not_push_the_picture_behind(tmp_path):
    camera = FileCamera(tmp_path / "a.mp4", 64, 64)
    for index in range(6):
        send(camera, index)
        camera.send(portrait(index)[:64, :64])
    camera.close()
    assert camera.frames_sent == 12
    assert video_info(tmp_path / "a.mp4").frame_count == 6


def test_without_a_frame_there_is_no_file(tmp_path):
    FileCamera(tmp_path / "a.mp4", 64, 64).close()
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_place_is_reported_at_once(tmp_path):
    with pytest.raises(MediaError, match="no folder"):
        FileCamera(tmp_path / "none" / "a.mp4", 64, 64)
