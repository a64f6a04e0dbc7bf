"""Videos are read back as they were written, and as a player shows them."""

from fractions import Fraction

import av
import numpy as np
import pytest

from pipeline.errors import MediaError
from pipeline.video_file import read_frames, read_upright, video_info
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


def write_picture(path, pixels, rotation=0, aspect=None):
    """A film of one picture."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30, options={"crf": "10"})
        stream.height, stream.width = pixels.shape[:2]
        stream.pix_fmt = "yuv420p"
        if aspect is not None:
            stream.codec_context.sample_aspect_ratio = aspect
        if rotation:
            stream.set_display_rotation(rotation)
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode(None))
    return path


@pytest.fixture
def corner():
    """64 x 128, bright at the top left."""
    pixels = np.zeros((64, 128, 3), np.uint8)
    pixels[:16, :16] = 255
    return pixels


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_film_from_a_turned_phone_is_read_upright(tmp_path, corner, turns):
    path = write_picture(tmp_path / "a.mp4", corner, rotation=90 * turns)
    _, pixels = next(read_upright(path, 640))
    expected = np.rot90(corner, turns)
    assert pixels.shape == expected.shape
    assert np.abs(pixels.astype(int) - expected).mean() < 4.0


def test_large_films_are_read_smaller_and_pixels_are_square(tmp_path, corner):
    path = write_picture(tmp_path / "a.mp4", corner)
    assert next(read_upright(path, 64))[1].shape == (32, 64, 3)
    wide = write_picture(tmp_path / "b.mp4", corner, aspect=Fraction(2, 1))
    assert next(read_upright(wide, 640))[1].shape == (64, 256, 3)


def test_a_film_that_breaks_off_is_read_as_far_as_it_goes(tmp_path):
    random = np.random.default_rng(0)
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=30, options={"g": "5"})
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(60):
            noise = random.integers(0, 255, (64, 64, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(noise, format="rgb24")))
        container.mux(stream.encode(None))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    frames = list(read_upright(path, 640))
    assert 10 < len(frames) < 40
