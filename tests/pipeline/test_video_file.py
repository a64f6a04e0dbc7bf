import pytest

from pipeline.errors import MediaError
from pipeline.video_file import read_frames, video_info
from tests.pipeline.sounds import tone, write_encoded, write_silent_video


def test_it_describes_picture_and_sound(tmp_path):
    path = write_encoded(
        tmp_path / "a.mp4", tone(48_000, 1.0)[None], 48_000, "aac", with_video=True
    )
    info = video_info(path)
    assert (info.width_px, info.height_px, info.fps) == (64, 64, 30)
    assert info.audio_rate_hz == 48_000
    assert info.audio_duration_s == pytest.approx(1.0, abs=0.03)


def test_frames_come_in_order_with_their_times(tmp_path):
    frames = list(read_frames(write_silent_video(tmp_path / "a.mp4", 30)))
    assert len(frames) == 30
    means = [pixels.mean() for _, pixels in frames]
    assert means == sorted(means)
    assert frames[3][0] - frames[2][0] == pytest.approx(1 / 30, abs=1e-4)


def test_what_is_no_video_is_refused(tmp_path):
    (tmp_path / "a.mp4").write_text("nothing")
    with pytest.raises(MediaError, match="not a video"):
        video_info(tmp_path / "a.mp4")
    sound = write_encoded(tmp_path / "a.m4a", tone(48_000, 0.5)[None], 48_000, "aac")
    with pytest.raises(MediaError, match="no video"):
        list(read_frames(sound))
