import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.errors import MediaError
from pipeline.recorder import QUEUE_FRAMES, Recorder
from pipeline.sound_file import decode_audio
from pipeline.video_file import read_frames, video_info
from tests.pipeline.pictures import portrait

ROOT = Path(__file__).parents[2]


def record(path, frame_count, sound=None, size=(512, 768), with_audio=True):
    pictures = [portrait(seed)[: size[1], : size[0]] for seed in range(5)]
    with Recorder(path, *size, with_audio=with_audio) as recorder:
        for index in range(frame_count):
            if sound is not None:
                recorder.write_audio(sound[800 * index : 800 * (index + 1)])
            recorder.write_video(pictures[index % 5])
    return path


def test_frames_come_back_at_a_constant_rate_from_zero(tmp_path):
    path = record(tmp_path / "a.mp4", 45, with_audio=False)
    times_s, frames = zip(*read_frames(path), strict=True)
    np.testing.assert_allclose(times_s, np.arange(45) / 30, atol=1e-6)
    for index, frame in enumerate(frames):
        error = np.abs(frame.astype(int) - portrait(index % 5))
        assert error.mean() < 4
    info = video_info(path)
    assert (info.width_px, info.height_px) == (512, 768)
    assert info.fps == 30
    assert info.frame_count == 45
    assert info.start_s == 0
    assert info.duration_s == pytest.approx(1.5)
    assert (info.video_codec, info.audio_codec) == ("h264", "")


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_sound_comes_back_unshifted(tmp_path, ending):
    sound = np.zeros(60 * 800, np.float32)
    sound[24_000] = 0.9
    samples = decode_audio(record(tmp_path / f"a.{ending}", 60, sound, size=(64, 64)))
    assert abs(int(np.argmax(np.abs(samples))) - 24_000) <= 2
    assert np.abs(samples).max() > 0.5


@pytest.mark.parametrize("frame_count", [1, 2, 7, 61])
def test_sound_is_as_long_as_the_video_within_a_frame(tmp_path, frame_count):
    sound = np.random.default_rng(0).normal(0, 0.1, 800 * frame_count).astype(np.float32)
    path = record(tmp_path / "a.mp4", frame_count, sound, size=(64, 64))
    info = video_info(path)
    assert info.audio_codec == "aac"
    assert info.audio_duration_s == pytest.approx(frame_count / 30, abs=0.001)
    assert abs(len(decode_audio(path)) - 800 * frame_count) <= 24


def test_sound_of_any_block_size_is_the_same(tmp_path):
    sound = np.random.default_rng(0).normal(0, 0.1, 16_000).astype(np.float32)
    with Recorder(tmp_path / "b.mp4", 64, 64) as recorder:
        for first in range(0, len(sound), 333):
            recorder.write_audio(sound[first : first + 333])
        for _ in range(20):
            recorder.write_video(portrait()[:64, :64])
    whole = record(tmp_path / "a.mp4", 20, sound, size=(64, 64))
    np.testing.assert_array_equal(decode_audio(tmp_path / "b.mp4"), decode_audio(whole))


def test_colours_are_tagged_and_converted_as_bt709_limited(tmp_path):
    path = tmp_path / "a.mp4"
    with Recorder(path, 64, 64, with_audio=False) as recorder:
        for _ in range(5):
            recorder.write_video(np.full((64, 64, 3), (255, 0, 0), np.uint8))
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        planes = [np.frombuffer(plane, np.uint8)[0] for plane in frame.planes]
        context = container.streams.video[0].codec_context
        tags = (context.color_range, context.colorspace, context.color_primaries)
    # ITU-R BT.709: Y = 16 + 219 x 0.2126, Cb = 128 - 224 x 0.1146, Cr = 240.
    np.testing.assert_allclose(planes, [62.6, 102.3, 240], atol=1.6)
    assert tags == (1, 1, 1)


def test_sound_that_is_longer_holds_the_last_frame(tmp_path):
    with Recorder(tmp_path / "a.mp4", 64, 64) as recorder:
        recorder.write_video(portrait()[:64, :64])
        recorder.write_audio(np.zeros(800 * 10, np.float32))
    assert 9 <= video_info(tmp_path / "a.mp4").frame_count <= 10


def test_video_that_is_longer_gets_silence(tmp_path):
    with Recorder(tmp_path / "a.mp4", 64, 64) as recorder:
        recorder.write_audio(np.zeros(800, np.float32))
        for _ in range(10):
            recorder.write_video(portrait()[:64, :64])
    assert video_info(tmp_path / "a.mp4").audio_duration_s == pytest.approx(1 / 3, abs=0.001)


def test_the_file_has_its_name_only_when_it_is_finished(tmp_path):
    path = tmp_path / "a.mp4"
    path.write_text("the recording of yesterday")
    with Recorder(path, 64, 64) as recorder:
        recorder.write_video(portrait()[:64, :64])
        assert path.read_text() == "the recording of yesterday"
        assert len(list(tmp_path.iterdir())) == 2
    assert video_info(path).frame_count == 1
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_in_between_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), Recorder(tmp_path / "a.mp4", 64, 64) as recorder:  # noqa: PT012
        recorder.write_video(portrait()[:64, :64])
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_in_between_leaves_a_playable_file(tmp_path):
    with pytest.raises(KeyboardInterrupt), Recorder(tmp_path / "a.mp4", 64, 64) as recorder:  # noqa: PT012
        for _ in range(7):
            recorder.write_video(portrait()[:64, :64])
        raise KeyboardInterrupt
    assert len(list(read_frames(tmp_path / "a.mp4"))) == 7


INTERRUPTED = """
import sys, numpy as np
from pipeline.recorder import Recorder
with Recorder(sys.argv[1], 512, 768) as recorder:
    noise = np.random.default_rng(0).integers(0, 255, (768, 512, 3), np.uint8)
    for index in range(10_000):
        recorder.write_audio(np.zeros(800, np.float32))
        recorder.write_video(np.roll(noise, 7 * index, axis=1))
        if index == 20:
            print("recording", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_real_interrupt_while_the_encoder_is_behind_leaves_a_playable_file(tmp_path):
    path = tmp_path / "a.mp4"
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout.readline() == "recording\n"
    process.send_signal(signal.SIGINT)
    process.wait(timeout=30)
    process.stdout.close()
    count = len(list(read_frames(path)))
    assert 20 <= count < 10_000
    assert list(tmp_path.iterdir()) == [path]


def test_without_a_single_frame_there_is_no_file(tmp_path):
    with Recorder(tmp_path / "a.mp4", 64, 64):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("none/a.mp4", "There is no folder"),
        ("a.txt", "must end in"),
        ("a", "must end in"),
        ("file.txt/a.mp4", "cannot be written"),
        ("folder.mp4", "is a folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_reported_up_front(tmp_path, name, sentence):
    (tmp_path / "file.txt").touch()
    (tmp_path / "folder.mp4").mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(MediaError, match=sentence):
        Recorder(tmp_path / name, 64, 64)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is Linux's /dev/full")
def test_a_full_disk_is_reported_and_does_not_block(tmp_path, monkeypatch):
    part = tmp_path / "part"
    part.symlink_to("/dev/full")
    monkeypatch.setattr(
        "pipeline.recorder._reserve", lambda path: (part, part.open("w+b", buffering=0))
    )
    noise = np.random.default_rng(0).integers(0, 255, (768, 512, 3), np.uint8)

    def write_for_long():
        with Recorder(tmp_path / "a.mp4", 512, 768) as recorder:
            for _ in range(10 * QUEUE_FRAMES):
                recorder.write_video(noise)

    with pytest.raises(MediaError, match=r"a\.mp4 could not be written .*space"):
        write_for_long()
    assert list(tmp_path.iterdir()) == []


LIMITED = """
import resource, sys, numpy as np
from pipeline.errors import MediaError
from pipeline.recorder import Recorder
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
noise = np.random.default_rng(0)
try:
    with Recorder(sys.argv[1], 256, 256) as recorder:
        for _ in range(int(sys.argv[3])):
            recorder.write_audio(np.zeros(800, np.float32))
            recorder.write_video(noise.integers(0, 255, (256, 256, 3), np.uint8))
except MediaError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize(("limit_bytes", "frame_count"), [(200_000, 30), (100, 1)])
def test_a_file_that_grows_too_large_is_reported(tmp_path, limit_bytes, frame_count):
    arguments = [str(tmp_path / "a.mp4"), str(limit_bytes), str(frame_count)]
    finished = subprocess.run(
        [sys.executable, "-c", LIMITED, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0
    assert "could not be written (File too large)" in finished.stdout
    assert list(tmp_path.iterdir()) == []


def test_frames_wait_for_a_slow_encoder_instead_of_being_dropped(tmp_path, monkeypatch):
    with Recorder(tmp_path / "a.mp4", 64, 64) as recorder:
        add_frame = recorder._movie.add_frame
        monkeypatch.setattr(
            recorder._movie, "add_frame", lambda frame: (time.sleep(0.002), add_frame(frame))
        )
        for _ in range(5 * QUEUE_FRAMES):
            recorder.write_video(portrait()[:64, :64])
    assert video_info(tmp_path / "a.mp4").frame_count == 5 * QUEUE_FRAMES


def test_odd_sizes_and_wrong_frames_are_refused(tmp_path):
    with pytest.raises(ValueError, match="even"):
        Recorder(tmp_path / "a.mp4", 63, 64)
    recorder = Recorder(tmp_path / "a.mp4", 64, 64, with_audio=False)
    with pytest.raises(ValueError, match="frames must be"):
        recorder.write_video(portrait())
    with pytest.raises(ValueError, match="no sound"):
        recorder.write_audio(np.zeros(800, np.float32))
    recorder.close()
    with pytest.raises(ValueError, match="closed"):
        recorder.write_video(portrait()[:64, :64])
    assert os.listdir(tmp_path) == []
